import type { Arm } from '../../../core/search/arm.ts';
import type { Message } from '../../../core/search/model.ts';
import type { Outcome, TrialVerdict } from '../../../core/search/outcome.ts';
import type { Problem } from '../../../core/search/problem.ts';
import type { Elite, Source } from '../../../core/search/program.ts';
import type { Attempt } from '../../../core/search/roles.ts';
import type { Settings } from '../../../core/search/settings.ts';

/** The origin of examples: a run, as far as a data set shows it. */
export interface Origin {
  /** Name of its directory without the path, unique within an export. */
  readonly run: string;
  readonly problem: Pick<Problem, 'name' | 'brief' | 'language' | 'entry'>;
  /** SHA-256 of everything that decides a score. */
  readonly hash: string;
  readonly settings: Pick<Settings, 'maxProgramSize' | 'maxPromptTokens'>;
  /** Trials up to this one were scored by an earlier version of the problem and are excluded. */
  readonly rescored?: number;
}

/** A settled trial with its full record from the journal. */
export interface TrialRecord {
  readonly origin: Origin;
  readonly trial: number;
  readonly island: number;
  readonly arm: Arm;
  readonly parents: readonly Elite[];
  readonly inspirations: readonly Elite[];
  /** The earlier child that this trial retries. */
  readonly attempt?: Attempt;
  readonly verdict: TrialVerdict;
  /** The reason of a failure. */
  readonly why?: string;
  readonly note: string;
  /** Absent where no program could be read. */
  readonly source?: Source;
  /** Absent where it was not evaluated. */
  readonly outcome?: Outcome;
  /** The size of a large score difference: best minus median of its island when it settled. */
  readonly spread: number;
  /** Processor time of the program on the scored cases, in milliseconds; absent where it was not measured. */
  readonly cpuMs?: number;
  /** Hash of the canonical form, for a program that passed the screen. */
  readonly canonical?: string;
  readonly sketch?: string;
  /** The last question to a model and its answer; earlier turns are in the messages. */
  readonly exchange?: Exchange;
}

/** A question to a model and its answer. */
export interface Exchange {
  readonly model: string;
  readonly messages: readonly Message[];
  /** SHA-256 of the messages: the same for the same prompt. */
  readonly hash: string;
  readonly text: string;
  /** The tokens of the text with their log-probabilities when they were sampled, where the model returned them. */
  readonly drawn?: { readonly tokens: readonly number[]; readonly logprobs: readonly number[] };
}

/** A program's name in an export of several runs: `tsp-20261126/trial-17`. */
export function exchangeName({ run }: Origin, id: string): string {
  return `${run}/${id}`;
}

/** The name of a trial's program. */
export function answerName({ origin, trial }: TrialRecord): string {
  return exchangeName(origin, `trial-${trial}`);
}
