import { type Island, settle } from './archive.ts';
import { type Arm, seedArm } from './arm.ts';
import { nothingSpent, type Spending } from './budget.ts';
import type { Asked, Because, Evaluated, Opened, Passed } from './event.ts';
import { betterFinal, type FinalProgram } from './final.ts';
import type { Cost, Message } from './model.ts';
import { type Elite, sizeOf } from './program.ts';
import { defaultVariants, type PromptVariant } from './prompt-variants.ts';
import { better } from './ranking.ts';
import type { Attempt, Proposal, Reply, SketchedProgram, Tally } from './roles.ts';
import type { Settings } from './settings.ts';
import { emptyTally } from './tally.ts';
import type { EmbeddedProgram } from './vector.ts';

/** Where a search stands: the fold of its journal, and nothing besides. Only `evolve` writes to it. */
export interface State {
  settings: Settings;
  problem: Opened['problem'];
  /** The best seed. */
  baseline: Elite;
  /** The best on the cases that the search goes by. */
  best: Elite;
  /** The program that would be returned; undefined for a problem without validation cases, where it is the best. */
  final: FinalProgram | undefined;
  /** The program to be tried on the validation cases next. */
  finalist: Elite | undefined;
  /** Trials begun so far; the next one is this plus one. */
  begun: number;
  settled: number;
  /** Running trials by number, oldest first. */
  readonly pending: Map<number, Pending>;
  readonly islands: Island[];
  tallies: readonly Tally[];
  /** Canonical forms met, with the number of the trial that settled first with it; 0 for a seed. */
  readonly seen: Map<string, number>;
  /** Sketches of all evaluated programs, which find near-duplicates; only grows, at its end. */
  readonly sketches: SketchedProgram[];
  /** Embeddings of programs that were evaluated; only grows, at its end. */
  readonly vectors: EmbeddedProgram[];
  /** Evaluations used by seeds and settled trials. */
  evaluations: number;
  /** Evaluations set aside for running trials. */
  reserved: number;
  /** Calls made to models, and what they cost. */
  spending: Spending;
  /** Worst prices of calls outside of trials that have not ended, by the key of their prompt; `spending` holds them already. */
  readonly prompts: Map<string, Cost>;
  /** Recent trials of models, newest last. */
  attempts: readonly Attempt[];
  /** What a model last learnt from the trials before; empty at first. */
  lesson: string;
  /** Notes of the user for models, newest last. */
  notes: readonly string[];
  /** Instructions to models that are on trial; only grows, at its end. */
  guidance: readonly PromptVariant[];
  /** Trials that asked a model and settled since the last lesson began. */
  sinceLesson: number;
  /** Models by spec: answers so far, and trials in a row that got none. */
  readonly models: Map<string, { readonly answers: number; readonly silence: number }>;
  /** Migrations so far. */
  rounds: number;
  /** Settled trials in a row that had nothing to evaluate. */
  barrenTrials: number;
  closed: Because | undefined;
}

/** A running trial. Holds its parents itself: they may leave their archive meanwhile. */
export interface Pending {
  readonly trial: number;
  readonly island: number;
  readonly arm: Arm;
  readonly parents: readonly Elite[];
  readonly allowance: number;
  /** Trials that had settled when it began. */
  readonly settledAtStart: number;
  readonly inspirations: readonly Elite[];
  /** The attempt that gets its second try. */
  readonly attempt?: Attempt;
  /** What had been tried, learnt and noted when it began. */
  readonly attempts: readonly Attempt[];
  readonly lesson: string;
  readonly notes: readonly string[];
  readonly reflects: boolean;
  /** Which instruction it follows. */
  readonly guidance: number;
  /** SPEC of the newly trained model that it measures. */
  readonly audits?: string;
  /** The first question that was put to its model for a child. */
  readonly question?: readonly Message[];
  readonly replies: readonly Reply[];
  /** The call in flight, if any: made, and not yet answered. */
  readonly callInFlight?: Asked | undefined;
  /** Calls that were made for it. */
  readonly calls: number;
  /** What they cost. */
  readonly dollars: number;
  /** Wall clock that calls and evaluations took. */
  readonly milliseconds: number;
  /** The embedding of its latest child. */
  readonly vector?: string;
  /** The lesson that it drew, if it did. */
  readonly newLesson?: string;
  /** Evaluations used so far. */
  readonly evaluations: number;
  readonly proposal?: Proposal;
  readonly canonical?: Passed['canonical'];
  readonly sketch?: string | undefined;
  readonly outcome?: Evaluated['outcome'];
}

/** The state a search opens with. At least one seed is scored. */
export function initialState(event: Opened): State {
  const { settings, seeds } = event;
  const elites: Elite[] = [];
  let island: Island = { elites: [] };
  let chosen: FinalProgram | undefined;
  for (const { id, source, outcome, admission, sketch, validation } of seeds) {
    if (outcome.status !== 'scored') continue;
    const known = sketch === undefined ? {} : { sketch };
    const elite: Elite = { id, source, outcome, parents: [], arm: seedArm, size: sizeOf(source), ...known };
    elites.push(elite);
    if (validation !== undefined) {
      const seed = { elite, validation };
      chosen = chosen ? betterFinal(chosen, seed) : seed;
    }
    island = settle(island, elite, admission);
  }
  const best = elites.sort(better)[0]!;
  return {
    settings,
    problem: event.problem,
    baseline: best,
    best,
    final: chosen,
    finalist: undefined,
    begun: 0,
    settled: 0,
    pending: new Map(),
    islands: Array.from({ length: settings.islands }, () => island),
    tallies: event.arms.map((arm) => ({ arm, ...emptyTally })),
    seen: new Map(seeds.map(({ canonical }) => [canonical, 0])),
    sketches: seeds.flatMap(({ sketch }) => (sketch === undefined ? [] : [{ trial: 0, sketch }])),
    vectors: [],
    evaluations: seeds.length,
    reserved: 0,
    spending: nothingSpent,
    prompts: new Map(),
    attempts: [],
    lesson: '',
    notes: [],
    guidance: defaultVariants,
    sinceLesson: 0,
    models: new Map(event.models.map((model) => [model, { answers: 0, silence: 0 }])),
    rounds: 0,
    barrenTrials: 0,
    closed: undefined,
  };
}

/** The child of a trial as an elite; undefined unless it was scored. */
export function childOf(pending: Pending): Elite | undefined {
  const { proposal, outcome } = pending;
  if (!proposal || 'malformed' in proposal || outcome?.status !== 'scored') return undefined;
  return {
    id: `trial-${pending.trial}`,
    source: proposal.source,
    outcome,
    parents: pending.parents.map((parent) => parent.id),
    arm: pending.arm,
    size: sizeOf(proposal.source),
    ...(pending.sketch === undefined ? {} : { sketch: pending.sketch }),
  };
}
