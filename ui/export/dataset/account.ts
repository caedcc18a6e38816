import type { Arm } from '../../../core/search/arm.ts';
import type { Message } from '../../../core/search/model.ts';
import type { Outcome, TrialVerdict } from '../../../core/search/outcome.ts';
import type { Problem } from '../../../core/search/problem.ts';
import type { Elite, Source } from '../../../core/search/program.ts';
import type { Attempt } from '../../../core/search/roles.ts';
import type { Settings } from '../../../core/search/settings.ts';

/** Where examples come from: a run, as far as a data set tells of it. */
export interface Origin {
  /** Name of its directory, without the way there; another for each run of one export. */
  readonly run: string;
  readonly problem: Pick<Problem, 'name' | 'brief' | 'language' | 'entry'>;
  /** SHA-256 of all that decides a score. */
  readonly hash: string;
  readonly settings: Pick<Settings, 'maxProgramSize' | 'maxPromptTokens'>;
  /** Trials up to this one were scored by another problem: nothing is told of them. */
  readonly rescored?: number;
}

/** A trial that is over, with all that its journal tells of it. */
export interface TrialRecord {
  readonly origin: Origin;
  readonly trial: number;
  readonly island: number;
  readonly arm: Arm;
  readonly parents: readonly Elite[];
  readonly inspirations: readonly Elite[];
  /** The child that got its second try. */
  readonly attempt?: Attempt;
  readonly verdict: TrialVerdict;
  /** Why it came to nothing, where it did. */
  readonly why?: string;
  readonly note: string;
  /** Left out where nothing came that could be read. */
  readonly source?: Source;
  /** Left out where it was not evaluated. */
  readonly outcome?: Outcome;
  /** What counts for a large difference of scores: the best of its island less the median, when it settled. */
  readonly spread: number;
  /** Processor time of the program on the scored cases, in milliseconds; left out where it was not measured. */
  readonly cpuMs?: number;
  /** Hash of the canonical form, where it passed the screen. */
  readonly canonical?: string;
  readonly sketch?: string;
  /** What a model was asked and said last, where one was; earlier turns stand in the messages. */
  readonly exchange?: Exchange;
}

/** A question to a model and its answer. */
export interface Exchange {
  readonly model: string;
  readonly messages: readonly Message[];
  /** SHA-256 of the messages: the same for the same prompt. */
  readonly hash: string;
  readonly text: string;
  /** The tokens of the text and the natural logarithms of their probabilities when they were drawn, where the model told. */
  readonly drawn?: { readonly tokens: readonly number[]; readonly logprobs: readonly number[] };
}

/** A program's name in an export of several runs: `tsp-20261126/trial-17`. */
export function exchangeName({ run }: Origin, id: string): string {
  return `${run}/${id}`;
}

/** The name of what a trial made. */
export function answerName({ origin, trial }: TrialRecord): string {
  return exchangeName(origin, `trial-${trial}`);
}
