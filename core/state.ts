import { countOffspring, type Island, settle } from './archive.ts';
import { remember, taken } from './attempts.ts';
import type { Settings } from './config.ts';
import { JournalError } from './errors.ts';
import type {
  Answered,
  Asked,
  Because,
  Begun,
  Evaluated,
  Event,
  Fact,
  Migrated,
  Opened,
  Passed,
  Settled,
  TrialVerdict,
} from './event.ts';
import { followed, type Guidance, guidanceIn, ownWords, suggested } from './guidance.ts';
import type { Cost } from './model.ts';
import { better, type Elite, type ProgramId, sizeOf } from './program.ts';
import { emptyPurse, type Purse, reopened, settleCall, shortOf } from './purse.ts';
import type { Attempt, Proposal, Reply, Sketched, Tally, Unheard } from './roles.ts';
import { begin as beginTally, blank, tally } from './selection/tally.ts';
import { decodeVector } from './vector.ts';
import type { Placed } from './world.ts';

/** Where a search stands: the fold of its journal, and nothing besides. Only `evolve` writes to it. */
export interface State {
  settings: Settings;
  readonly problem: Opened['problem'];
  /** The best seed. */
  readonly baseline: Elite;
  best: Elite;
  /** Trials begun so far; the next one is this plus one. */
  begun: number;
  settled: number;
  /** Trials under way by number, oldest first. */
  readonly pending: Map<number, Pending>;
  readonly islands: Island[];
  tallies: readonly Tally[];
  /** Canonical forms met, with the number of the trial that settled first with it; 0 for a seed. */
  readonly seen: Map<string, number>;
  /** What near twins are told by, of every program that was evaluated since; only grows, at its end. */
  readonly sketches: Sketched[];
  /** Embeddings of programs that were evaluated; only grows, at its end. */
  readonly vectors: Placed[];
  /** Evaluations used by seeds and settled trials. */
  evaluations: number;
  /** Evaluations set aside for trials under way. */
  reserved: number;
  /** Calls made to models, and what they cost. */
  purse: Purse;
  /** What models lately tried, newest last. */
  attempts: readonly Attempt[];
  /** What a model last learnt from the trials before; empty at first. */
  lesson: string;
  /** Instructions to models that are on trial; only grows, at its end. */
  guidance: readonly Guidance[];
  /** Trials that asked a model and settled since the last lesson began. */
  sinceLesson: number;
  /** Models by spec: answers so far, and trials in a row that got none. */
  readonly models: Map<string, { readonly answers: number; readonly silence: number }>;
  /** Migrations so far. */
  rounds: number;
  /** Settled trials in a row that had nothing to evaluate. */
  idle: number;
  /** How the trials of each arm ended. */
  readonly funnel: Map<string, Record<TrialVerdict, number>>;
  closed: Because | undefined;
}

/** A trial under way. Holds its parents itself: they may leave their archive meanwhile. */
export interface Pending {
  readonly trial: number;
  readonly island: number;
  readonly arm: string;
  readonly parents: readonly Elite[];
  readonly allowance: number;
  /** Trials that had settled when it began. */
  readonly horizon: number;
  readonly inspirations: readonly Elite[];
  /** The attempt that gets its second try. */
  readonly attempt?: Attempt;
  /** What had been tried and learnt when it began. */
  readonly attempts: readonly Attempt[];
  readonly lesson: string;
  readonly reflects: boolean;
  /** Which instruction it follows. */
  readonly guidance: number;
  readonly replies: readonly Reply[];
  /** The call under way, if any: made, and not yet answered. */
  readonly asking?: Asked | undefined;
  /** Calls that were made for it. */
  readonly calls: number;
  /** What they cost. */
  readonly dollars: number;
  /** Wall clock that calls and evaluations took. */
  readonly milliseconds: number;
  /** The embedding of its latest child. */
  readonly vector?: string;
  /** The lesson that it drew, if it did. */
  readonly learnt?: string;
  /** Evaluations used so far. */
  readonly evaluations: number;
  readonly proposal?: Proposal;
  readonly canonical?: Passed['canonical'];
  readonly sketch?: string | undefined;
  readonly outcome?: Evaluated['outcome'];
}

/** The state a search opens with. At least one seed is scored. */
export function opening(event: Opened): State {
  const { settings, seeds } = event;
  const elites: Elite[] = [];
  let island: Island = { elites: [] };
  for (const { id, source, outcome, admission, sketch } of seeds) {
    if (outcome.status !== 'scored') continue;
    const known = sketch === undefined ? {} : { sketch };
    const elite: Elite = { id, source, outcome, parents: [], arm: 'seed', size: sizeOf(source), ...known };
    elites.push(elite);
    island = settle(island, elite, admission);
  }
  const best = elites.sort(better)[0]!;
  return {
    settings,
    problem: event.problem,
    baseline: best,
    best,
    begun: 0,
    settled: 0,
    pending: new Map(),
    islands: Array.from({ length: settings.islands }, () => island),
    tallies: event.arms.map((arm) => ({ arm, ...blank })),
    seen: new Map(seeds.map(({ canonical }) => [canonical, 0])),
    sketches: seeds.flatMap(({ sketch }) => (sketch === undefined ? [] : [{ trial: 0, sketch }])),
    vectors: [],
    evaluations: seeds.length,
    reserved: 0,
    purse: emptyPurse,
    attempts: [],
    lesson: '',
    guidance: ownWords,
    sinceLesson: 0,
    models: new Map(event.models.map((model) => [model, { answers: 0, silence: 0 }])),
    rounds: 0,
    idle: 0,
    funnel: new Map(event.arms.map((arm) => [arm, emptyFunnel()])),
    closed: undefined,
  };
}

/** The fold: carries out what an event says. No policy, no clock, no draw. */
export function evolve(state: State, event: Exclude<Event, Opened>): void {
  switch (event.type) {
    case 'begun':
      begun(state, event);
      break;
    case 'settled':
      settled(state, event);
      break;
    case 'migrated':
      migrated(state, event);
      break;
    case 'amended':
      state.settings = { ...state.settings, ...event.settings };
      state.purse = reopened(state.purse);
      break;
    case 'closed':
      state.closed = event.because;
      break;
    default:
      advance(state, event);
  }
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

/** The worst prices of the calls under way. */
export function promised({ pending }: State): readonly Cost[] {
  return Array.from(pending.values()).flatMap(({ asking }) => asking?.quote ?? []);
}

/** The trial after it found something out. */
function advance(state: State, fact: Fact): void {
  const pending = state.pending.get(fact.trial)!;
  state.pending.set(fact.trial, { ...pending, ...newsOf(fact, pending) });
  if (fact.type === 'asked') state.purse = { ...state.purse, calls: state.purse.calls + 1 };
  if (fact.type === 'answered') {
    const { model } = pending.asking!;
    state.purse = settleCall(state.purse, fact.answer.cost);
    if ('text' in fact.answer) {
      state.models.set(model, { answers: state.models.get(model)!.answers + 1, silence: 0 });
    }
  }
  if (fact.type === 'replied' && 'unheard' in fact.reply) unheard(state, fact.reply);
}

function unheard(state: State, { model, because }: Unheard): void {
  if (because === 'silent') {
    const { answers, silence } = state.models.get(model)!;
    state.models.set(model, { answers, silence: silence + 1 });
  } else if (because !== 'over') state.purse = shortOf(state.purse, because);
}

function newsOf(fact: Fact, pending: Pending): Partial<Pending> {
  const { replies, evaluations, milliseconds } = pending;
  switch (fact.type) {
    case 'asked':
      return { asking: fact, calls: pending.calls + 1 };
    case 'answered':
      return answered(fact, pending);
    case 'replied':
      return { replies: [...replies, fact.reply], evaluations: evaluations + fact.evaluations };
    case 'proposed':
      return { proposal: fact };
    case 'passed':
      return { canonical: fact.canonical, sketch: fact.sketch };
    case 'evaluated':
      return {
        outcome: fact.outcome,
        evaluations: evaluations + 1,
        milliseconds: milliseconds + fact.milliseconds,
      };
  }
}

/** A text is the reply to the step; after a fault the step stays open. */
function answered({ answer, milliseconds }: Answered, pending: Pending): Partial<Pending> {
  const news = {
    asking: undefined,
    dollars: pending.dollars + answer.cost.dollars,
    milliseconds: pending.milliseconds + milliseconds,
  };
  if (!('text' in answer)) return news;
  const { text, ended } = answer;
  const { purpose } = pending.asking!;
  const kept = purpose === 'lesson' ? { learnt: text } : purpose === 'embed' ? { vector: text } : {};
  return { ...news, ...kept, replies: [...pending.replies, { text, ended }] };
}

function begun(state: State, event: Begun): void {
  const { trial, island, arm, allowance } = event;
  const home = state.islands[island]!;
  const attempt = state.attempts.find((each) => each.trial === event.mends);
  const find = (id: ProgramId): Elite =>
    home.elites.find(({ elite }) => elite.id === id)?.elite ?? elsewhere(state, attempt, id);
  const parents = event.parents.map(find);
  state.pending.set(trial, {
    trial,
    island,
    arm,
    parents,
    inspirations: (event.inspirations ?? []).map(find),
    ...(attempt ? { attempt } : {}),
    attempts: state.attempts,
    lesson: state.lesson,
    reflects: event.reflects ?? false,
    guidance: event.guidance ?? 0,
    allowance,
    horizon: state.settled,
    replies: [],
    calls: 0,
    dollars: 0,
    milliseconds: 0,
    evaluations: 0,
  });
  if (attempt) state.attempts = taken(state.attempts, attempt);
  else for (const { id } of parents) state.islands[island] = countOffspring(state.islands[island]!, id);
  if (event.reflects) state.sinceLesson = 0;
  state.tallies = beginTally(state.tallies, arm);
  state.reserved += allowance;
  state.begun = trial;
  state.closed = undefined;
}

function settled(state: State, event: Settled): void {
  const { trial, verdict, admission, gain, evaluations } = event;
  const pending = state.pending.get(trial)!;
  const child = childOf(pending);
  if (child && admission.admitted) {
    state.islands[pending.island] = settle(state.islands[pending.island]!, child, admission);
  }
  if (child && verdict === 'best') state.best = child;
  const { canonical, sketch, vector, dollars } = pending;
  if (canonical !== undefined && !state.seen.has(canonical)) state.seen.set(canonical, trial);
  if (sketch !== undefined) state.sketches.push({ trial, sketch });
  if (vector !== undefined && canonical !== undefined) {
    state.vectors.push({ trial, vector: decodeVector(vector) });
  }
  const news = { arm: pending.arm, gain, evaluations, dollars, seconds: pending.milliseconds / 1000 };
  state.tallies = tally(state.tallies, news, state.settings.memory);
  state.pending.delete(trial);
  state.settled += 1;
  state.reserved -= pending.allowance;
  state.evaluations += evaluations;
  state.idle = evaluations === 0 ? state.idle + 1 : 0;
  state.funnel.get(pending.arm)![verdict] += 1;
  if (pending.calls > 0) learn(state, event, pending);
}

/** A program that does not live on the island in question. */
function elsewhere(state: State, attempt: Attempt | undefined, id: ProgramId): Elite {
  if (attempt?.parent.id === id) return attempt.parent;
  if (state.best.id === id) return state.best;
  for (const { elites } of state.islands) {
    const found = elites.find(({ elite }) => elite.id === id);
    if (found) return found.elite;
  }
  throw new JournalError(`Expected ${id} to live on an island, got a journal in which it does not`);
}

/** What a trial that asked a model leaves to those after it. */
function learn(state: State, event: Settled, pending: Pending): void {
  state.attempts = remember(state.attempts, event, pending);
  state.sinceLesson += 1;
  if (!pending.attempt) state.guidance = followed(state.guidance, pending.guidance, event.gain);
  if (pending.learnt === undefined) return;
  state.lesson = pending.learnt;
  if (state.settings.guidance === 'evolving') {
    state.guidance = suggested(state.guidance, guidanceIn(pending.learnt));
  }
}

function migrated(state: State, event: Migrated): void {
  const before = [...state.islands];
  for (const island of event.cleared) state.islands[island] = { elites: [] };
  for (const { program, from, to, admission } of event.moves) {
    const elite = before[from]!.elites.find((each) => each.elite.id === program)!.elite;
    state.islands[to] = settle(state.islands[to]!, elite, admission);
  }
  state.rounds = event.round;
}

function emptyFunnel(): Record<TrialVerdict, number> {
  return { malformed: 0, twin: 0, failed: 0, scored: 0, improved: 0, best: 0 };
}
