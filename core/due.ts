import type { Because, Begun, Closed, Migrated } from './event.ts';
import { random } from './random.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** The one decision that should be taken now, if any; folded before the next is asked for. */
export function due(state: State, world: World): Migrated | Begun | Closed | undefined {
  const { settings } = state;
  const rounds = settings.migration === 'none' ? 0 : Math.floor(state.settled / settings.migrationEvery);
  if (rounds > state.rounds) return migrate(state, world);
  const because = ending(state, world);
  if (because) {
    return state.pending.size === 0 && !state.closed ? { type: 'closed', because } : undefined;
  }
  return state.pending.size < settings.concurrency ? begin(state, world) : undefined;
}

/** Why no more trials should begin; undefined while they should. */
export function ending(state: State, world: World): Because | undefined {
  const { target, patience, minutes } = state.settings;
  if (state.best.outcome.score >= (target ?? world.problem.target ?? Number.POSITIVE_INFINITY))
    return 'target';
  if (minutes !== null && world.elapsed() >= minutes * 60_000) return 'minutes';
  if (state.idle >= patience) return 'exhausted';
  const cheapest = Math.min(...Array.from(world.operators.values(), ({ runs }) => runs.least + 1));
  return unspent(state) < cheapest ? 'evaluations' : undefined;
}

/** Evaluations that no trial has used or set aside. */
export function unspent(state: State): number {
  const { evaluations } = state.settings;
  return evaluations === null ? Number.POSITIVE_INFINITY : evaluations - state.evaluations - state.reserved;
}

function migrate(state: State, world: World): Migrated {
  const round = state.rounds + 1;
  const draw = random(state.settings.seed, 'migration', round);
  return { type: 'migrated', round, ...world.migrate(state.islands, world.archive.admit, draw) };
}

/** Trials take the islands in turn; the bandit names the arm, the archive the parents. Undefined: no budget is free. */
function begin(state: State, world: World): Begun | undefined {
  const trial = state.begun + 1;
  const island = (trial - 1) % state.islands.length;
  const home = state.islands[island]!;
  const left = unspent(state);
  const draw = random(state.settings.seed, trial, 'begin');
  const able = state.tallies.filter(({ arm }) => {
    const operator = world.operators.get(arm)!;
    return operator.parents <= home.elites.length && operator.runs.least + 1 <= left;
  });
  if (able.length === 0) return undefined;
  const arm = world.bandit(able, draw);
  const operator = world.operators.get(arm)!;
  const parents = world.archive.sample(home, operator.parents, draw).map((elite) => elite.id);
  return { type: 'begun', trial, island, arm, parents, allowance: Math.min(operator.runs.most + 1, left) };
}
