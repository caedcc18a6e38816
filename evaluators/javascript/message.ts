import type { Dialect } from '../../core/languages/javascript/parse.ts';
import type { Goals } from '../../core/search/objectives.ts';
import type { Limits, Use } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import type { Input, Ran, Usage } from '../../core/search/roles.ts';
import type { Findings, Want } from '../evaluate.ts';
import type { Inputs } from '../inputs.ts';

/** How far apart two runs are kept: a fresh context of an isolate that is reused, or a fresh isolate. */
export type Isolation = 'context' | 'isolate';

/** What a child process needs before it is ready; sent once. */
export interface Setup {
  /** Text of an expression: `(entry, input, freshLoad) => output`. */
  readonly harness: string;
  readonly isolation: Isolation;
  /** What a run may use that has `batch` inputs or fewer. */
  readonly limits: Limits;
  /** A run of more inputs than this may take proportionally longer. */
  readonly batch: number;
  /** Lists of inputs that runs refer to by position, so that they travel once. */
  readonly known: readonly (readonly Input[])[];
}

/** The inputs of a run: the position of a list in `Setup.known`, or the list itself. */
export type InputsSent = number | readonly Input[];

/** One run, as a child process is asked for it. */
export interface Request {
  readonly script: string;
  readonly inputs: InputsSent;
  readonly wallMs: number;
}

/** A child's answer. */
export interface Reply {
  /** A SandboxResult in JSON: outputs may be nested too deep for a structured clone. */
  readonly result: string;
  readonly usage: Usage;
  /** The isolate's own clock ended the run. */
  readonly timedOut?: true;
}

/** What a run in the sandbox returned: outputs of the first inputs, and why it ended before the last one. */
export interface SandboxResult {
  readonly outputs: readonly unknown[];
  readonly failed?: Failed;
}

/** Why a run ended early; `at`: position of the input, where one can be named. */
export type Failed = Exclude<Ran['end'], { readonly status: 'done' }>;

/** What a supervisor thread needs; sent once. */
export interface WorkerSetup extends Setup {
  readonly language: Dialect;
  readonly entry: string;
  /** The problem whose programs are judged in the thread; left out where the thread only runs programs. */
  readonly judges?: {
    readonly module: string;
    readonly name: string;
    /** What is judged besides the score. */
    readonly goals: Goals;
    readonly inputs: Readonly<Record<Use, number>>;
  };
}

/** One job of a supervisor thread; undefined asks whether it is ready. */
export type Job =
  | { readonly run: { readonly program: Source; readonly inputs: InputsSent } }
  | {
      readonly evaluate: {
        readonly source: Source;
        readonly use: Use;
        readonly want: Want;
        readonly job: string;
      };
    }
  | undefined;

/** A thread's answer. Errors are data here: their class would not survive the trip. */
export type Answer =
  /** With its outputs in JSON: a deeply nested value has no structured clone, and a thread that cannot clone its answer never answers. */
  | { readonly ran: Reply }
  | { readonly findings: Findings }
  | { readonly error: 'ConfigError' | 'SandboxError'; readonly message: string }
  | { readonly ready: true };

/** The factor by which a run of `count` inputs may exceed the limits on time. */
export function timeScale({ batch }: Pick<Setup, 'batch'>, count: number): number {
  return Math.max(1, count / batch);
}

/** The lists of inputs of a problem and their positions: `Setup.known` and `WorkerSetup.judges.inputs`. */
export function positionsOf(inputs: Inputs): {
  readonly known: readonly (readonly Input[])[];
  readonly positions: Readonly<Record<Use, number>>;
} {
  const names = Object.keys(inputs) as Use[];
  const positions = Object.fromEntries(names.map((use, i) => [use, i])) as Record<Use, number>;
  return { known: names.map((use) => inputs[use]), positions };
}
