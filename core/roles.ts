import type { Admission, Island, Migration } from './archive.ts';
import type { Event } from './event.ts';
import type { Outcome } from './outcome.ts';
import type { Problem, Use } from './problem.ts';
import type { Elite, Source } from './program.ts';
import type { Random } from './random.ts';

/** Runs programs of one problem, somewhere a hostile one does no harm. */
export interface Evaluator extends AsyncDisposable {
  /**
   * What becomes of a program on the cases of that use.
   * @throws SandboxError when the program is not to blame; `signal.reason` when aborted.
   */
  evaluate(source: Source, use: Use, signal?: AbortSignal): Promise<Outcome>;
}

/** What an operator is given: all that it may know. */
export interface Task {
  readonly problem: Pick<Problem, 'name' | 'brief' | 'language' | 'entry'>;
  /** As many as the operator asked for, distinct, the first the better or equal one. */
  readonly parents: readonly Elite[];
  /** Evaluations set aside, the child’s own among them: its runs may use one less, at least `runs.least`. */
  readonly allowance: number;
  /** Most characters a program may have. */
  readonly sizeLimit: number;
  readonly random: Random;
}

/** What an operator wants from the world: programs run on the shown and scored cases, one evaluation each. */
export type Step = { readonly run: readonly Source[] };

/** The world's answer: one outcome for each program, in order; `refused` once no budget is left. */
export type Reply = readonly RunOutcome[];

/** As much of an outcome as an operator is told, and the journal keeps. */
export type RunOutcome =
  | { readonly status: 'scored'; readonly score: number; readonly cases: readonly number[] }
  | { readonly status: Exclude<Outcome['status'], 'scored'>; readonly feedback: string };

/** What an operator comes to. */
export type Proposal =
  | { readonly source: Source /** One line: what was changed. */; readonly note: string }
  | { /** Why nothing came of it. */ readonly malformed: string };

/** How a child is made: a story of runs, told as a generator. Pure: the same task and replies, the same child. */
export interface Operator {
  readonly name: string;
  /** Parents it takes, 1 or 2. */
  readonly parents: 1 | 2;
  /** Evaluations it uses before its child is evaluated: fewest that make sense, most it can use. */
  readonly runs: { readonly least: number; readonly most: number };
  propose(task: Task): Generator<Step, Proposal, Reply>;
}

/** How an arm has done: discounted sums, so that old news fades. */
export interface Tally {
  readonly arm: string;
  /** Discounted number of settled trials. */
  readonly pulls: number;
  /** Discounted sum of gains, each in [0, 1]. */
  readonly gain: number;
  /** Discounted sum of evaluations used, the child's own among them. */
  readonly evaluations: number;
  /** Trials under way. */
  readonly pending: number;
}

/** Chooses the arm of the next trial: a reading of the record. `tallies` is not empty. */
export type Bandit = (tallies: readonly Tally[], random: Random) => string;

/** Who lives on an island. */
export interface Archive {
  /** Up to `count` distinct elites of an island that is not empty, to be parents. */
  sample(island: Island, count: number, random: Random): Elite[];
  admit(island: Island, newcomer: Elite): Admission;
}

/** Who moves between islands, now that it is time. */
export type Migrate = (islands: readonly Island[], admit: Archive['admit'], random: Random) => Migration;

/** Where events are kept. */
export interface Journal extends AsyncDisposable {
  /** Every event so far, in order. @throws JournalError for a broken one. */
  read(): AsyncIterable<Event>;
  /** Takes an event at once; resolves when it will survive a power cut. */
  append(event: Event): Promise<void>;
}
