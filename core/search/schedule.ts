import { bestOf } from './archive.ts';
import { allowance as allowanceFor, endReason, evaluationsLeft } from './budget.ts';
import { type Components, operatorOf } from './components.ts';
import type { Begun, Closed, Migrated } from './event.ts';
import { reachesTarget } from './final.ts';
import { lessonDue } from './lessons.ts';
import type { Elite } from './program.ts';
import { chooseVariant } from './prompt-variants.ts';
import { type Random, random } from './random.ts';
import type { Attempt, Operator } from './roles.ts';
import type { State } from './state.ts';

/** The one decision that should be taken now, if any; folded before the next is asked for. `begins`: whether a trial may begin. */
export function nextEvent(
  state: State,
  world: Components,
  begins = true,
): Migrated | Begun | Closed | undefined {
  const { settings } = state;
  const rounds = settings.migration === 'none' ? 0 : Math.floor(state.settled / settings.migrationEvery);
  if (rounds > state.rounds) return migrate(state, world);
  const because = endReason(state, world, reachesTarget(state, world.problem));
  if (because) {
    return state.pending.size === 0 && !state.closed ? { type: 'closed', because } : undefined;
  }
  if (!begins || state.pending.size >= settings.concurrency) return undefined;
  const next = measure(state, world) ?? begin(state, world);
  if (next || state.pending.size > 0 || state.closed) return next;
  // No arm can act, and no running trial will change that: for example crossover with one program.
  return { type: 'closed', because: 'exhausted' };
}

/** The trial that measures new weights, where the learner has some. */
function measure(state: State, world: Components): Begun | undefined {
  const audit = world.learner?.plan().audit;
  if (!audit) return undefined;
  if (Array.from(state.pending.values()).some(({ audits }) => audits !== undefined)) return undefined;
  const operator = operatorOf(world, audit.arm);
  const left = evaluationsLeft(state);
  if (left < audit.evaluations) return undefined;
  const trial = state.begun + 1;
  const island = (trial - 1) % state.islands.length;
  const best = bestOf(state.islands[island]!)!;
  const allowance = Math.min(operator.runs.most + 1, left);
  const { arm } = audit;
  return { type: 'begun', trial, island, arm, parents: [best.id], audits: arm.model!, allowance };
}

function migrate(state: State, world: Components): Migrated {
  const round = state.rounds + 1;
  const draw = random(state.settings.seed, 'migration', round);
  return { type: 'migrated', round, ...world.migrate(state.islands, world.archive.admit, draw) };
}

/** Trials take the islands in turn; the bandit names the arm, the archive the parents. Undefined: no budget is free. */
function begin(state: State, world: Components): Begun | undefined {
  const trial = state.begun + 1;
  const island = (trial - 1) % state.islands.length;
  const home = state.islands[island]!;
  const left = evaluationsLeft(state);
  const draw = random(state.settings.seed, trial, 'begin');
  const breeders = world.archive.breeders?.(home) ?? home.elites.length;
  const training = world.learner?.plan().training ?? false;
  const able = state.tallies.filter(({ arm, pending }) => {
    const { parents, runs, retries, learns } = operatorOf(world, arm);
    // One trial at a time: each samples with what was learnt from the one before.
    if (learns && (training || pending > 0)) return false;
    if (retries && !retryableAttempt(state, retries)) return false;
    return parents <= breeders && runs.least + 1 <= left;
  });
  if (able.length === 0) return undefined;
  const arm = world.bandit(able, draw);
  const operator = operatorOf(world, arm);
  const allowance = allowanceFor(operator.runs, left);
  const attempt = operator.retries ? retryableAttempt(state, operator.retries) : undefined;
  if (attempt) {
    const { parent, trial: retries } = attempt;
    const shared = {
      parents: [parent.id],
      retries,
      ...promptContext(operator, [parent], state, world, attempt.island, draw),
    };
    return { type: 'begun', trial, island: attempt.island, arm, ...shared, allowance };
  }
  const parents = world.archive.sample(home, operator.parents, draw);
  const shown = promptContext(operator, parents, state, world, island, draw);
  return { type: 'begun', trial, island, arm, parents: parents.map(({ id }) => id), ...shown, allowance };
}

/** The newest attempt of that kind that waits for its second try. */
function retryableAttempt({ attempts }: State, kind: Operator['retries']): Attempt | undefined {
  return attempts.findLast(({ retry }) => retry === kind);
}

/** What a trial is given besides its parents, if it asks a model. */
function promptContext(
  operator: Operator,
  parents: readonly Elite[],
  state: State,
  world: Components,
  island: number,
  draw: Random,
): Pick<Begun, 'inspirations' | 'guidance' | 'reflects'> {
  if (!operator.model) return {};
  const { inspirations } = state.settings;
  const count = Math.min(inspirations, operator.inspirations ?? 0);
  const shown = count > 0 ? world.inspire(state.islands, island, parents, count, draw) : [];
  const free = state.settings.promptVariants === 'evolving' && !operator.retries;
  const guidance = free ? chooseVariant(state.guidance, draw) : 0;
  return {
    inspirations: shown.map(({ id }) => id),
    ...(guidance > 0 ? { guidance } : {}),
    ...(lessonDue(state) ? { reflects: true } : {}),
  };
}
