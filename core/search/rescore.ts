import { type Island, settle } from './archive.ts';
import type { Components } from './components.ts';
import { ConfigError } from './errors.ts';
import type { Opened, Rescored } from './event.ts';
import { betterFinal } from './final.ts';
import { age, type Elite, type ProgramId } from './program.ts';
import { better } from './ranking.ts';
import { livingIn, scoredBy } from './rescored.ts';
import type { State } from './state.ts';
import { evaluate } from './steps.ts';
import { validationOf } from './validation.ts';

/**
 * Scores every program again that a search still goes by, after its problem was changed: those on islands, the best
 * seed, the best, the one selected by validation, and parents of running trials. Uses no evaluation of the budget.
 * @throws ConfigError when the best seed is no longer scored; SandboxError; `signal.reason` when aborted
 */
export async function rescore(
  state: State,
  world: Components,
  problem: Opened['problem'],
  signal: AbortSignal,
): Promise<Rescored> {
  const elites = [...livingIn(state).values()].sort((a, b) => age(a.id) - age(b.id));
  const outcomes = await Promise.all(
    elites.map(async ({ id, source }) => {
      const job = `rescore-${problem.hash.slice(0, 8)}/${id}`;
      return { program: id, outcome: (await evaluate(source, 'scored', job, world, signal)).outcome };
    }),
  );
  const scored = scoredBy(elites, outcomes);
  const { id: seed } = state.baseline;
  if (!scored.has(seed)) {
    const { status, feedback } = outcomes.find(({ program }) => program === seed)!.outcome;
    throw new ConfigError(
      `Expected ${seed} to be scored by the changed problem, got \`${status}\`: ${feedback}`,
    );
  }
  const best = [...scored.values()].sort(better)[0]!;
  const islands = state.islands.map(({ elites: residents }) => {
    const stay = residents.flatMap(({ elite: { id } }) => scored.get(id) ?? []);
    return admitted(stay.length > 0 ? stay : [best], world);
  });
  const chosen = state.final ? await choose(state.final.elite.id, best, scored, world, signal) : undefined;
  return { type: 'rescored', problem, outcomes, islands, best: best.id, ...(chosen ? { chosen } : {}) };
}

/** The archive's word on each, in the order of their birth. */
function admitted(elites: readonly Elite[], { archive }: Components): Rescored['islands'][number] {
  let island: Island = { elites: [] };
  return elites
    .toSorted((a, b) => age(a.id) - age(b.id))
    .map((elite) => {
      const admission = archive.admit(island, elite);
      island = settle(island, elite, admission);
      return { program: elite.id, admission };
    });
}

/** What is selected by the validation cases: the program selected so far, or the new best. */
async function choose(
  before: ProgramId,
  best: Elite,
  scored: ReadonlyMap<ProgramId, Elite>,
  world: Components,
  signal: AbortSignal,
): Promise<NonNullable<Rescored['chosen']>> {
  const candidates = [...new Set([before, best.id])].flatMap((id) => scored.get(id) ?? []);
  const tried = await Promise.all(
    candidates.map(async ({ id, source }) => ({
      program: id,
      validation: (await validationOf(id, source, world, signal)) ?? null,
    })),
  );
  return tried.reduce(betterFinal);
}
