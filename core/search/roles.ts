import type { Admission, Island, Migration } from './archive.ts';
import type { Arm } from './arm.ts';
import type { CallBudget, EvaluationRange } from './budget.ts';
import type { Language } from './language.ts';
import type { Message, ModelReply } from './model.ts';
import type { Failure, Outcome, TrialVerdict } from './outcome.ts';
import type { Briefing, Use } from './problem.ts';
import type { Elite, Source } from './program.ts';
import type { Provided, Sampled } from './provided.ts';
import type { Random } from './random.ts';

// One idea: the roles that a search is made of, and what passes between them.

/** One input of a program: JSON text, and a name that seeds chance while the program works on it. */
export interface Input {
  readonly id: string;
  readonly json: string;
}

/** What a run used of the machine. Differs from run to run. */
export interface Usage {
  /** Processor time of the program, in milliseconds. */
  readonly cpuMs: number;
  /** Wall clock from its load to its end, in milliseconds; time spent waiting for a place is no part of it. */
  readonly wallMs: number;
  /** Memory that it held at its end beyond what its sandbox held before, in MiB. */
  readonly memoryMb: number;
}

/** What ended a run: every input was answered, or something before that. */
type RunEnd =
  | { readonly status: 'done' }
  | {
      readonly status: Exclude<Failure, 'invalid'>;
      readonly message: string;
      /** Position of the input that the program was working on; left out where none can be named. */
      readonly at?: number;
    };

/** What came of running a program. */
export interface Ran {
  /** Outputs of the first inputs, in order, as parsed JSON; one for each input where the run is `done`. */
  readonly outputs: readonly unknown[];
  readonly end: RunEnd;
  readonly usage: Usage;
}

/** Runs programs on inputs somewhere a hostile one does no harm. Knows neither problem nor judge. */
export interface Runner extends AsyncDisposable {
  /**
   * Runs a program on each input in order. `job` names the run: while a run of that name is running, another call
   * joins it, and after a kill the engine asks for the same run by the same name. What was thrown is not remembered.
   * @throws SandboxError when the program is not to blame; `signal.reason` when aborted.
   */
  run(program: Source, inputs: readonly Input[], job: string, signal?: AbortSignal): Promise<Ran>;
}

/** Judges programs of one problem: prepares them, runs them and scores their outputs. */
export interface Evaluator extends AsyncDisposable {
  /**
   * What becomes of a program on the cases of that use. `job` names the run (`Runner.run`).
   * @throws SandboxError when the program is not to blame; `signal.reason` when aborted.
   */
  evaluate(source: Source, use: Use, job: string, signal?: AbortSignal): Promise<Evaluation>;
  /** The same, and of a program that was scored its residuals on all those cases, if the problem has any. */
  measure(source: Source, use: Use, job: string, signal?: AbortSignal): Promise<Measured>;
}

/** What became of a program. */
export interface Evaluation {
  readonly outcome: Outcome;
  /** Left out where nothing was run. */
  readonly usage?: Usage;
}

/** What became of a program, and how far its outputs are from what is wanted (`Problem.residuals`). */
export interface Measured extends Evaluation {
  readonly residuals?: readonly number[];
}

/** What an operator is given: all that it may know, as it was when the trial began. */
export interface Task {
  readonly problem: Briefing;
  /** What its programs are written in. */
  readonly language: Language;
  /** Whether programs can be compared by their residuals. */
  readonly comparable: boolean;
  /** Arguments with which a seed was called on the shown cases, call by call; none where there are no such cases. */
  readonly samples: readonly (readonly unknown[])[];
  /** As many as the operator asked for, distinct, in the order in which the archive gives them. */
  readonly parents: readonly Elite[];
  /** Other programs to learn from; up to as many as the operator asked for. */
  readonly inspirations: readonly Elite[];
  /** The child that gets a second try, for an operator that retries. */
  readonly attempt?: Attempt;
  /** Recent trials of models and their outcomes, newest last. */
  readonly attempts: readonly Attempt[];
  /** How many of them, of the parent and of others each, may be told. */
  readonly historySize: number;
  /** What a model learnt from the trials so far; empty at first. */
  readonly lesson: string;
  /** Notes of the user for models, newest last; empty at first. */
  readonly notes: readonly string[];
  /** What to tell the model to do, in place of the operator's own words. */
  readonly guidance?: string;
  /** Whether a lesson is to suggest such words. */
  readonly suggests: boolean;
  /** Whether the story begins by drawing a new lesson. */
  readonly drawsLesson: boolean;
  /** Whether a child is to be embedded before it is screened. */
  readonly embeds: boolean;
  /** Whether a model may be asked in case of doubt that a child is new. */
  readonly asksNoveltyModel: boolean;
  /** Evaluations set aside, the child’s own among them: its runs may use one less, at least `runs.least`. */
  readonly allowance: number;
  /** Most characters a program may have. */
  readonly maxProgramSize: number;
  /** Most tokens a prompt should have. */
  readonly maxPromptTokens: number;
  /** Most times a model is asked for one child. */
  readonly maxTurns: number;
  readonly random: Random;
  /** What the learner provides, for an operator that learns and for one that measures new weights. */
  readonly provided?: Provided;
}

/** A trial of a model's that is over, as those after it may learn of it. */
export interface Attempt {
  readonly trial: number;
  readonly island: number;
  readonly arm: Arm;
  readonly parent: Elite;
  /** Left out where nothing came that could be read. */
  readonly source?: Source;
  /** One line: what was changed. */
  readonly note: string;
  readonly verdict: TrialVerdict;
  /** What was wrong with it, or its feedback. */
  readonly feedback: string;
  /** Left out where it was not run. */
  readonly outcome?: Outcome;
  readonly score?: number;
  /** Kept for a second try, until one begins. */
  readonly retry?: 'failed' | 'missed';
}

/**
 * What an operator wants from the world. `run`: programs run on the shown and scored cases, one evaluation each.
 * `compare`: the same, and how their residuals hang together. `ask`: a model's answer. `screen`: whether a program
 * would be rejected unrun.
 */
export type Step =
  | { readonly run: readonly Source[] }
  | { readonly compare: readonly Source[] }
  | {
      readonly ask: readonly Message[];
      readonly purpose: Purpose;
      /** Why the previous answer was rejected, where it was. */
      readonly rejected?: string | undefined;
    }
  | { readonly screen: Source /** Its embedding, where there is one. */; readonly vector?: string };

/**
 * What an answer of a model is for: `propose` a child, `plan` one that another answer then makes, draw a `lesson`,
 * `embed` a child, or `judge` whether it is new. For the last two the model is not the arm's own.
 */
export type Purpose = 'propose' | 'plan' | 'lesson' | 'embed' | 'judge';

/**
 * The world's answer: to `run` one outcome for each program, in order, `refused` once no budget is left; to `compare`
 * those and the products of their residuals; to `ask` the model's reply, or why there is none; to `screen` why the program would be rejected, or that it passes.
 */
export type Reply = readonly RunOutcome[] | Comparison | ModelReply | NoReply | Rejection | Passes;

/** Programs that were run side by side, the first to be compared with. */
export interface Comparison {
  readonly outcomes: readonly RunOutcome[];
  /**
   * Inner products, all that least squares needs: of the first program's residuals, and of how each other's residuals
   * differ from them. Square and symmetric, one row for each program; 0 where a program was not scored.
   */
  readonly products: readonly (readonly number[])[];
}

/** A program passes; `doubt`: it is similar to another. */
export interface Passes {
  readonly passes: true;
  readonly doubt?: { readonly why: string; readonly rival: Source };
}

/** A model did not answer, however often it was asked, or no more may be spent on it. */
export interface NoReply {
  readonly unheard: string;
  readonly model: string;
  /** A budget too small for one more call, the search being over, or a model that keeps failing. */
  readonly because: CallBudget | 'over' | 'silent';
}

/** A program that was evaluated, by the sketch that finds near-duplicates. */
export interface SketchedProgram {
  readonly trial: number;
  readonly sketch: string;
}

/** Why a child is rejected before it is evaluated. */
export interface Rejection {
  readonly verdict: 'malformed' | 'duplicate';
  readonly why: string;
}

/** As much of an outcome as an operator receives and the journal keeps. */
export type RunOutcome =
  | { readonly status: 'scored'; readonly score: number; readonly cases: readonly number[] }
  | { readonly status: Exclude<Outcome['status'], 'scored'>; readonly feedback: string };

/** What an operator comes to; `sampled`: what a policy sampled on the way. */
export type Proposal = { readonly sampled?: Sampled } & (
  | {
      readonly source: Source;
      /** One line: what was changed. */
      readonly note: string;
      /** Why it is a duplicate, by a judgement that the screen does not repeat: it is not evaluated. */
      readonly duplicate?: string;
    }
  | { /** Why nothing came of it. */ readonly malformed: string }
);

/** How a child is made: a story of asks and runs, told as a generator. Pure: the same task and replies, the same child. */
export interface Operator {
  /** Without an `@`; an operator that asks a model has the same name for each model. */
  readonly name: string;
  /** The model it asks; left out for one that needs none. */
  readonly model?: string;
  /** Programs it wants to see beside its parents. */
  readonly inspirations?: number;
  /** Gives a child of that kind a second try, instead of making one from a sampled parent. */
  readonly retries?: 'failed' | 'missed';
  /** Samples from a policy that learns: one trial at a time, so that each uses what was learnt from the one before. */
  readonly learns?: true;
  /** Parents it takes, 1 or 2. */
  readonly parents: 1 | 2;
  /** Evaluations it uses before its child is evaluated: fewest that make sense, most it can use. */
  readonly runs: EvaluationRange;
  propose(task: Task): Generator<Step, Proposal, Reply>;
}

/** How an arm has done: discounted sums, so that old news fades. */
export interface Tally {
  readonly arm: Arm;
  /** Discounted number of settled trials. */
  readonly pulls: number;
  /** Discounted sum of gains, each in [0, 1]. */
  readonly gain: number;
  /** Discounted sum of evaluations used, the child's own among them. */
  readonly evaluations: number;
  /** Discounted sum of dollars spent on models. */
  readonly dollars: number;
  /** Discounted sum of seconds that models and evaluations took. */
  readonly seconds: number;
  /** Running trials. */
  readonly pending: number;
}

/** Chooses the arm of the next trial: a reading of the record. `tallies` is not empty. */
export type Bandit = (tallies: readonly Tally[], random: Random) => Arm;

/** Who lives on an island. */
export interface Archive {
  /** Up to `count` distinct elites of an island that is not empty, to be parents; a child is made from the first before all. */
  sample(island: Island, count: number, random: Random): Elite[];
  admit(island: Island, newcomer: Elite): Admission;
  /** How many elites of an island may be parents now, where that is not all of them. */
  breeders?(island: Island): number;
}

/** Up to `count` programs to show beside those of `home` that are `parents`: a reading of all islands. */
export type Inspire = (
  islands: readonly Island[],
  home: number,
  parents: readonly Elite[],
  count: number,
  random: Random,
) => Elite[];

/** Who moves between islands, now that it is time. */
export type Migrate = (islands: readonly Island[], admit: Archive['admit'], random: Random) => Migration;
