import { type Island, settle } from './archive.ts';
import type { Rescored } from './event.ts';
import type { Outcome } from './outcome.ts';
import type { Elite, ProgramId } from './program.ts';
import type { State } from './state.ts';

/** The fold of `rescored`: the outcomes in place of the old ones, wherever a program is remembered. */
export function rescored(state: State, event: Rescored): void {
  const elites = scoredBy([...livingIn(state).values()], event.outcomes);
  const rescoredOf = (elite: Elite): Elite => elites.get(elite.id) ?? elite;
  state.problem = event.problem;
  state.baseline = rescoredOf(state.baseline);
  state.best = elites.get(event.best)!;
  state.finalist = undefined;
  if (event.chosen) {
    const { program, validation } = event.chosen;
    state.final = { elite: elites.get(program)!, validation };
  }
  for (const [i, residents] of event.islands.entries()) {
    state.islands[i] = residents.reduce<Island>(
      (island, { program, admission }) => settle(island, elites.get(program)!, admission),
      { elites: [] },
    );
  }
  for (const [trial, pending] of state.pending) {
    // What a child came to is found out again.
    const { outcome: _, ...rest } = pending;
    const [parents, inspirations] = [pending.parents.map(rescoredOf), pending.inspirations.map(rescoredOf)];
    state.pending.set(trial, { ...rest, parents, inspirations });
  }
  state.attempts = state.attempts.map((attempt) => ({ ...attempt, parent: rescoredOf(attempt.parent) }));
  state.closed = undefined;
}

/** Programs that the search may still go by, by id. */
export function livingIn({
  islands,
  baseline,
  best,
  final,
  finalist,
  pending,
}: State): Map<ProgramId, Elite> {
  const residents = islands.flatMap(({ elites }) => elites.map(({ elite }) => elite));
  const parents = Array.from(pending.values()).flatMap((each) => [...each.parents, ...each.inspirations]);
  const picked = [baseline, best, ...(final ? [final.elite] : []), ...(finalist ? [finalist] : [])];
  return new Map([...residents, ...parents, ...picked].map((elite) => [elite.id, elite]));
}

/** Those that were scored, with their new outcomes. */
export function scoredBy(
  elites: readonly Elite[],
  outcomes: readonly { readonly program: ProgramId; readonly outcome: Outcome }[],
): Map<ProgramId, Elite> {
  const found = new Map(outcomes.map(({ program, outcome }) => [program, outcome]));
  const scored = elites.flatMap((elite): [ProgramId, Elite][] => {
    const outcome = found.get(elite.id);
    return outcome?.status === 'scored' ? [[elite.id, { ...elite, outcome }]] : [];
  });
  return new Map(scored);
}
