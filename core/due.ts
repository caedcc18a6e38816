import { handedOut, targetOf } from './chosen.ts';
import type { Because, Begun, Closed, Migrated, Trained } from './event.ts';
import { chooseGuidance } from './guidance.ts';
import { type Candidate, fewest, judge } from './learning/judgement.ts';
import { lessonDue } from './lessons.ts';
import type { Elite } from './program.ts';
import { type Random, random } from './random.ts';
import type { Attempt, Operator } from './roles.ts';
import type { State } from './state.ts';
import type { World } from './world.ts';

/** The one decision that should be taken now, if any; folded before the next is asked for. `begins`: whether a trial may begin. */
export function due(
  state: State,
  world: World,
  begins = true,
): Migrated | Trained | Begun | Closed | undefined {
  const { settings } = state;
  const rounds = settings.migration === 'none' ? 0 : Math.floor(state.settled / settings.migrationEvery);
  if (rounds > state.rounds) return migrate(state, world);
  const judgement = judged(state, world);
  if (judgement) return judgement;
  const because = ending(state, world);
  if (because) {
    return state.pending.size === 0 && !state.closed ? { type: 'closed', because } : undefined;
  }
  if (!begins || state.pending.size >= settings.concurrency) return undefined;
  const next = measure(state, world) ?? begin(state, world);
  if (next || state.pending.size > 0 || state.closed) return next;
  // Nobody can act, and nothing under way will change that: an arm that crosses two parents, and one program.
  return { type: 'closed', because: 'exhausted' };
}

/** Why no more trials should begin; undefined while they should. */
export function ending(state: State, world: World): Because | undefined {
  const enough = over(state, world);
  if (enough) return enough;
  const short = shortage(state, world);
  if (short) return short;
  if (state.idle >= state.settings.patience) return 'exhausted';
  const cheapest = Math.min(...Array.from(world.operators.values(), ({ runs }) => runs.least + 1));
  return unspent(state) < cheapest ? 'evaluations' : undefined;
}

/** Why nothing more should be paid for, trials under way included. */
export function over(state: State, world: World): 'target' | 'minutes' | undefined {
  const { minutes } = state.settings;
  if (handedOut(state).outcome.score >= targetOf(state, world.problem)) return 'target';
  return minutes !== null && world.elapsed() >= minutes * 60_000 ? 'minutes' : undefined;
}

/** The budget that is too small for one more call, in a search that may ask models. */
function shortage({ purse, settings }: State, { models }: World): Because | undefined {
  if (models.size === 0) return undefined;
  if (settings.calls !== null && purse.calls >= settings.calls) return 'calls';
  return purse.short;
}

/** Evaluations that no trial has used or set aside. */
export function unspent(state: State): number {
  const { evaluations } = state.settings;
  return evaluations === null ? Number.POSITIVE_INFINITY : evaluations - state.evaluations - state.reserved;
}

/** What a trainer outside made that was not judged yet. */
function candidateOf({ outside }: State, { training }: World): Candidate | undefined {
  const candidate = training?.candidate;
  return candidate && candidate.version > outside.judged ? candidate : undefined;
}

/** The judgement on new weights, once they were measured. */
function judged(state: State, world: World): Trained | undefined {
  const candidate = candidateOf(state, world);
  const { audit } = state.outside;
  if (!candidate || audit?.model !== candidate.model) return undefined;
  return judge(candidate, audit, world.problem.language, state.outside);
}

/** The trial that measures new weights, where there is something to measure by. */
function measure(state: State, world: World): Begun | undefined {
  const candidate = candidateOf(state, world);
  if (!candidate || state.outside.heldOut.length < fewest) return undefined;
  if (Array.from(state.pending.values()).some(({ audit }) => audit)) return undefined;
  const operator = world.operators.get(`audit@${candidate.model}`)!;
  const left = unspent(state);
  if (left < fewest + 1) return undefined;
  const trial = state.begun + 1;
  const island = (trial - 1) % state.islands.length;
  const [best] = state.islands[island]!.elites;
  const allowance = Math.min(operator.runs.most + 1, left);
  const { name: arm, model: audits } = operator;
  return { type: 'begun', trial, island, arm, parents: [best!.elite.id], audits: audits!, allowance };
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
  const breeders = world.archive.breeders?.(home) ?? home.elites.length;
  const able = state.tallies.filter(({ arm }) => {
    const { parents, runs, mends, learns } = world.operators.get(arm)!;
    if (learns && studies(state, arm)) return false;
    if (mends && !mendable(state, mends)) return false;
    return parents <= breeders && runs.least + 1 <= left;
  });
  if (able.length === 0) return undefined;
  const arm = world.bandit(able, draw);
  const operator = world.operators.get(arm)!;
  const allowance = allowanceOf(operator, left);
  const attempt = operator.mends ? mendable(state, operator.mends) : undefined;
  if (attempt) {
    const { parent, trial: mends } = attempt;
    const shared = {
      parents: [parent.id],
      mends,
      ...aside(operator, [parent], state, world, attempt.island, draw),
    };
    return { type: 'begun', trial, island: attempt.island, arm, ...shared, allowance };
  }
  const parents = world.archive.sample(home, operator.parents, draw);
  const shown = aside(operator, parents, state, world, island, draw);
  return { type: 'begun', trial, island, arm, parents: parents.map(({ id }) => id), ...shown, allowance };
}

/** Whether what draws from a policy waits: for its trial under way, or for what is being learnt from its last ones. */
function studies({ learning, tallies }: State, arm: string): boolean {
  return learning.batch !== undefined || tallies.some((each) => each.arm === arm && each.pending > 0);
}

/** Evaluations that a trial may use: where a budget is set, no more than a tenth of what is left of it, if that will do. */
function allowanceOf({ runs }: Operator, left: number): number {
  return Math.min(runs.most + 1, left, Math.max(runs.least + 1, Math.ceil(left / 10)));
}

/** The newest attempt of that kind that waits for its second try. */
function mendable({ attempts }: State, kind: Operator['mends']): Attempt | undefined {
  return attempts.findLast(({ kept }) => kept === kind);
}

/** What a trial is given besides its parents, if it asks a model. */
function aside(
  operator: Operator,
  parents: readonly Elite[],
  state: State,
  world: World,
  island: number,
  draw: Random,
): Pick<Begun, 'inspirations' | 'guidance' | 'reflects'> {
  if (!operator.model) return {};
  const { inspirations } = state.settings;
  const count = Math.min(inspirations, operator.inspirations ?? 0);
  const shown = count > 0 ? world.inspire(state.islands, island, parents, count, draw) : [];
  const free = state.settings.guidance === 'evolving' && !operator.mends;
  const guidance = free ? chooseGuidance(state.guidance, draw) : 0;
  return {
    inspirations: shown.map(({ id }) => id),
    ...(guidance > 0 ? { guidance } : {}),
    ...(lessonDue(state, unspent(state), (arm) => world.operators.get(arm)?.model !== undefined)
      ? { reflects: true }
      : {}),
  };
}
