import type { Dialect } from '../core/code/parse.ts';
import type { Goals } from '../core/objectives.ts';
import type { Failed, Outcome } from '../core/outcome.ts';
import type { Limits, Use } from '../core/problem.ts';
import type { Source } from '../core/program.ts';

/** How far apart two evaluations are kept: a fresh context of an isolate that is reused, or a fresh isolate. */
export type Isolation = 'context' | 'isolate';

/** A case as it travels: its input is JSON text. */
export type CaseText = readonly [id: string, input: string];

/** What a child process is told once, before it is ready. */
export interface Setup {
  /** Text of an expression: `(entry, input) => output`. */
  readonly drive: string;
  readonly isolation: Isolation;
  readonly limits: Limits;
  readonly cases: Readonly<Record<Use, readonly CaseText[]>>;
}

/** One evaluation, as a child process is asked for it. */
export interface Request {
  readonly script: string;
  readonly use: Use;
  readonly wallMs: number;
}

/** What came back from the sandbox: outputs of the first cases, and what ended it before the last one. */
export interface Ran {
  readonly outputs: readonly unknown[];
  readonly failed?: { readonly status: Failed['status']; readonly text: string };
}

/** What a supervisor thread is told once. */
export interface Post extends Setup {
  readonly name: string;
  readonly language: Dialect;
  readonly entry: string;
  /** Where the judge is found, when judging happens in the thread. */
  readonly module: string | undefined;
  /** What is judged besides the score. */
  readonly goals: Goals;
}

/** One evaluation, as a supervisor thread is asked for it; none to ask whether it is ready. */
export type Job =
  | {
      readonly source: Source;
      readonly use: Use;
      /** Outputs are wanted as they came back, to be judged by whoever asks. */
      readonly unjudged?: true;
    }
  | undefined;

/** A thread's answer. Errors are data here: their class would not survive the trip. */
export type Answer =
  | { readonly outcome: Outcome }
  /** A Ran in JSON: what is nested deep has no structured clone, and a thread that fails to answer is never heard of again. */
  | { readonly ran: string }
  | { readonly error: 'ConfigError' | 'SandboxError'; readonly message: string }
  | { readonly ready: true };

/** How much longer than one scored evaluation this use may take: held-out cases may be more than the scored. */
export function stretch(cases: Setup['cases'], use: Use): number {
  return Math.max(1, cases[use].length / cases.scored.length);
}
