import type { Admission, Migration } from './archive.ts';
import type { Arm } from './arm.ts';
import type { Answer, Cost, Message } from './model.ts';
import type { Objectives } from './objectives.ts';
import type { Outcome, TrialVerdict } from './outcome.ts';
import type { ProgramId, Source } from './program.ts';
import type { Sampled } from './provided.ts';
import type { Purpose, Reply, Usage } from './roles.ts';
import type { Settings } from './settings.ts';

// One idea: every event of the journal, in one union.

/** Facts and decisions, in the order they became true. A released event never changes. */
export type Event =
  | Opened
  | Begun
  | Asked
  | Answered
  | Replied
  | Proposed
  | Passed
  | Evaluated
  | Settled
  | Validated
  | Migrated
  | Trained
  | Prompted
  | Completed
  | Amended
  | Rescored
  | Noted
  | Closed;

/** What a trial finds out by itself, before anything is decided about it. */
export type Fact = Asked | Answered | Replied | Proposed | Passed | Evaluated;

/** The seeds were scored; the search can start. */
export interface Opened {
  readonly type: 'opened';
  readonly version: 3;
  readonly problem: {
    readonly name: string;
    /** SHA-256 of all that decides a score. */
    readonly hash: string;
    /** Left out of a problem with its score alone, as in journals of version 1 and 2. */
    readonly objectives?: Objectives;
  };
  readonly settings: Settings;
  readonly arms: readonly Arm[];
  /** Specs of the models that may be asked. */
  readonly models: readonly string[];
  readonly seeds: readonly {
    readonly id: ProgramId;
    readonly source: Source;
    readonly canonical: string;
    readonly sketch?: string;
    readonly outcome: Outcome;
    /** Score on the validation cases, null where it failed on one; left out where there are none. */
    readonly validation?: number | null;
    /** The archive's word on it, the same on every island. */
    readonly admission: Admission;
  }[];
}

/** Trial `trial` (from 1) starts: which arm makes a child of which parents. */
export interface Begun {
  readonly type: 'begun';
  readonly trial: number;
  readonly island: number;
  readonly arm: Arm;
  readonly parents: readonly ProgramId[];
  /** Programs shown beside the parents. */
  readonly inspirations?: readonly ProgramId[];
  /** The trial whose child gets its second try. */
  readonly retries?: number;
  /** The instruction it follows, by its place among those on trial; left out for the operator's own words. */
  readonly guidance?: number;
  /** Whether it begins by drawing a lesson from the trials before it. */
  readonly reflects?: true;
  /** SPEC of the newly trained model that it measures. */
  readonly audits?: string;
  /** Evaluations set aside for it, the child's own among them. */
  readonly allowance: number;
}

/** A model is about to be asked: recorded before the call is made, so that no call can be forgotten. */
export interface Asked {
  readonly type: 'asked';
  readonly trial: number;
  readonly step: number;
  /** 1, 2, 3 ...: how often this step has asked. */
  readonly attempt: number;
  readonly model: string;
  readonly purpose: Purpose;
  /** Why the previous answer was rejected; left out where none was, and in older journals. */
  readonly rejected?: string;
  readonly messages: readonly Message[];
  /** Set aside for it. */
  readonly quote: Cost;
}

/** What came of the call that was asked last; a text is the reply to the step, a fault may be followed by another call. */
export interface Answered {
  readonly type: 'answered';
  readonly trial: number;
  readonly step: number;
  readonly attempt: number;
  readonly answer: Answer;
  /** Wall clock it took. */
  readonly milliseconds: number;
}

/** The world answered the operator's step `step` (from 0). */
interface Replied {
  readonly type: 'replied';
  readonly trial: number;
  readonly step: number;
  readonly reply: Reply;
  /** How many of the programs were evaluated; the rest were refused for lack of budget. */
  readonly evaluations: number;
}

/** The operator came to an end. */
type Proposed = {
  readonly type: 'proposed';
  readonly trial: number;
  /** What a policy sampled on the way, where one did. */
  readonly sampled?: Sampled;
} & (
  | {
      readonly source: Source;
      readonly note: string;
      /** Why the operator takes it for a duplicate. */
      readonly duplicate?: string;
    }
  | { readonly malformed: string }
);

/** The screen let the child through: it may be evaluated. */
export interface Passed {
  readonly type: 'passed';
  readonly trial: number;
  /** Hash of the child's canonical form. */
  readonly canonical: string;
  /** Finds near-duplicates; left out where they are not rejected. */
  readonly sketch?: string;
}

/** The child was run on every scored case. */
export interface Evaluated {
  readonly type: 'evaluated';
  readonly trial: number;
  readonly outcome: Outcome;
  /** Wall clock until the outcome was there, waiting included. Differs from run to run. */
  readonly milliseconds: number;
  /** What the program used; left out where it was not run, and by earlier versions. Differs from run to run. */
  readonly usage?: Usage;
}

/** The trial is over. */
export interface Settled {
  readonly type: 'settled';
  readonly trial: number;
  readonly verdict: TrialVerdict;
  /** Why it was rejected, where it was. */
  readonly why?: string;
  readonly admission: Admission;
  /** What the arm earned, in [0, 1]: 0 for all that does not improve on its parents. */
  readonly gain: number;
  /** Evaluations used, the child's own among them. */
  readonly evaluations: number;
  /** The child gets a second try: it failed, or it was a near miss. */
  readonly retry?: 'failed' | 'missed';
  /** The child is to be scored on the validation cases before anything else is decided. */
  readonly finalist?: true;
  /** Milliseconds that the search had run, over all sessions, pauses left out. Differs from run to run. */
  readonly elapsed?: number;
}

/** A finalist was scored on the validation cases; this uses no evaluation of the budget. */
export interface Validated {
  readonly type: 'validated';
  readonly program: ProgramId;
  /** Null where it failed on a case. */
  readonly score: number | null;
}

/** Programs were copied between islands. */
export type Migrated = { readonly type: 'migrated' /** 1, 2, 3 ... */; readonly round: number } & Migration;

/** A policy learnt from what became of its proposals. What it learnt is used from here on, if it is promoted. */
export interface Trained {
  readonly type: 'trained';
  /** Whose weights: `table`, `network`, or how a trainer outside names what it trains. */
  readonly policy: string;
  /** 1, 2, 3 ...: counts every training of this policy, promoted or not. */
  readonly version: number;
  /** The version it started from; 0: the prior, or the base model. */
  readonly from: number;
  /** How many rollouts it learnt from. */
  readonly rollouts: number;
  /** What the trainer measured by name, such as `loss`; finite. */
  readonly metrics: Readonly<Record<string, number>>;
  /** What the old and the new weights are worth on what neither learnt from, higher is better; left out where nothing was held out. */
  readonly heldOut?: { readonly before: number; readonly after: number };
  /** Whether the new weights take the place of the old. */
  readonly promoted: boolean;
  /** Wall clock it took. */
  readonly milliseconds: number;
  readonly checkpoint: Checkpoint;
  /** Of a language model that is trained outside: the SPEC of the model that these weights are. */
  readonly model?: string;
  /** Its arms: the bandit has them from here on. */
  readonly arms?: readonly Arm[];
  /** Arms of older versions, which it has no longer. */
  readonly closes?: readonly Arm[];
}

/** A model is about to be called outside any trial, for a training: recorded before the call is made. */
export interface Prompted {
  readonly type: 'prompted';
  /** Names the prompt within the run. */
  readonly key: string;
  /** 1, 2, 3 ...: how often it was sent. */
  readonly attempt: number;
  readonly model: string;
  /** Version of the trained weights that the model has; 0: the base model. */
  readonly version: number;
  readonly messages: readonly Message[];
  /** Counts as spent until the call is over. */
  readonly quote: Cost;
}

/** The call that was recorded last for this prompt is over. */
export interface Completed {
  readonly type: 'completed';
  readonly key: string;
  readonly attempt: number;
  readonly answer: Answer;
  /** Wall clock it took. */
  readonly milliseconds: number;
}

/** Weights that were kept: a file of the run directory, or whatever a trainer outside calls them by. */
type Checkpoint =
  | { readonly path: string /** In hexadecimal. */; readonly sha256: string }
  | { readonly remote: string };

/** The user changed what the search may spend. */
export interface Amended {
  readonly type: 'amended';
  readonly settings: Partial<Pick<Settings, Budget | 'patience'>>;
}

/** The problem was changed, and every program that the search still goes by was scored again. */
export interface Rescored {
  readonly type: 'rescored';
  readonly problem: Opened['problem'];
  /** What became of each program by the changed problem. */
  readonly outcomes: readonly { readonly program: ProgramId; readonly outcome: Outcome }[];
  /** Who lives on each island from here on: the archive's word on each of those that lived there and are scored. */
  readonly islands: readonly (readonly { readonly program: ProgramId; readonly admission: Admission }[])[];
  readonly best: ProgramId;
  /** Selected by the validation cases; left out where there are none. */
  readonly chosen?: { readonly program: ProgramId; readonly validation: number | null };
}

/** The user added a note for the models. */
export interface Noted {
  readonly type: 'noted';
  readonly text: string;
}

/** Settings that may change while a search runs or between sessions: when to stop. */
type Budget = 'evaluations' | 'calls' | 'tokens' | 'dollars' | 'minutes' | 'target';

/** No more trials begin, and none is running. */
export interface Closed {
  readonly type: 'closed';
  readonly because: Because;
}

/** Why a search ended. */
export type Because = Budget | 'exhausted';
