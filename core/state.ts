import { countOffspring, type Island, settle } from './archive.ts';
import type { Settings } from './config.ts';
import type {
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
import { better, type Elite, sizeOf } from './program.ts';
import type { Proposal, Reply, Tally } from './roles.ts';
import { begin as beginTally, tally } from './selection/tally.ts';

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
  /** Evaluations used by seeds and settled trials. */
  evaluations: number;
  /** Evaluations set aside for trials under way. */
  reserved: number;
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
  readonly replies: readonly Reply[];
  /** Evaluations used so far. */
  readonly evaluations: number;
  readonly proposal?: Proposal;
  readonly canonical?: Passed['canonical'];
  readonly outcome?: Evaluated['outcome'];
}

/** The state a search opens with. At least one seed is scored. */
export function opening(event: Opened): State {
  const { settings, seeds } = event;
  const elites: Elite[] = [];
  let island: Island = { elites: [] };
  for (const { id, source, outcome, admission } of seeds) {
    if (outcome.status !== 'scored') continue;
    const elite: Elite = { id, source, outcome, parents: [], arm: 'seed', size: sizeOf(source) };
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
    tallies: event.arms.map((arm) => ({ arm, pulls: 0, gain: 0, evaluations: 0, pending: 0 })),
    seen: new Map(seeds.map(({ canonical }) => [canonical, 0])),
    evaluations: seeds.length,
    reserved: 0,
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
  };
}

/** The trial after it found something out. */
function advance(state: State, fact: Fact): void {
  const pending = state.pending.get(fact.trial)!;
  state.pending.set(fact.trial, { ...pending, ...newsOf(fact, pending) });
}

function newsOf(fact: Fact, { replies, evaluations }: Pending): Partial<Pending> {
  switch (fact.type) {
    case 'replied':
      return { replies: [...replies, fact.reply], evaluations: evaluations + fact.evaluations };
    case 'proposed':
      return { proposal: fact };
    case 'passed':
      return { canonical: fact.canonical };
    case 'evaluated':
      return { outcome: fact.outcome, evaluations: evaluations + 1 };
  }
}

function begun(state: State, event: Begun): void {
  const { trial, island, arm, allowance } = event;
  const home = state.islands[island]!;
  const parents = event.parents.map((id) => home.elites.find((each) => each.elite.id === id)!.elite);
  state.pending.set(trial, {
    trial,
    island,
    arm,
    parents,
    allowance,
    horizon: state.settled,
    replies: [],
    evaluations: 0,
  });
  for (const { id } of parents) state.islands[island] = countOffspring(state.islands[island]!, id);
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
  const { canonical } = pending;
  if (canonical !== undefined && !state.seen.has(canonical)) state.seen.set(canonical, trial);
  state.tallies = tally(state.tallies, { arm: pending.arm, gain, evaluations }, state.settings.memory);
  state.pending.delete(trial);
  state.settled += 1;
  state.reserved -= pending.allowance;
  state.evaluations += evaluations;
  state.idle = evaluations === 0 ? state.idle + 1 : 0;
  state.funnel.get(pending.arm)![verdict] += 1;
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
