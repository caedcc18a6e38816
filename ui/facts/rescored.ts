import type { Rescored } from '../../core/search/event.ts';
import type { ProgramId } from '../../core/search/program.ts';
import { admit, updateLeaders } from './entries.ts';
import type { Entry, Facts } from './facts.ts';

/** The facts after the programs that the search goes by were scored again: what rests on old scores is gone. */
export function rescored(
  facts: Facts,
  { problem, outcomes, islands, best, chosen }: Rescored,
  most: number,
): void {
  const scores = new Map(
    outcomes.flatMap(({ program, outcome }) =>
      outcome.status === 'scored' ? [[program, outcome.score] as const] : [],
    ),
  );
  const known = [
    ...facts.islands.flatMap(({ residents }) => residents),
    ...facts.leaders,
    facts.baseline,
    facts.best,
    ...(facts.chosen ? [facts.chosen.entry] : []),
  ];
  const entries = new Map<ProgramId, Entry>();
  for (const entry of known) {
    const score = scores.get(entry.id);
    if (score !== undefined) entries.set(entry.id, { ...entry, score });
  }
  facts.problem = problem;
  facts.baseline = entries.get(facts.baseline.id)!;
  facts.best = entries.get(best)!;
  facts.finalist = null;
  if (chosen) facts.chosen = { entry: entries.get(chosen.program)!, validation: chosen.validation };
  for (const [i, residents] of islands.entries()) {
    facts.islands[i]!.residents = residents.reduce<readonly Entry[]>(
      (all, { program, admission }) => admit(all, entries.get(program)!, admission),
      [],
    );
  }
  facts.leaders.splice(0);
  for (const entry of entries.values()) updateLeaders(facts.leaders, entry, most);
  const { evaluations, dollars, milliseconds } = facts.counts;
  const { score, trial } = facts.best;
  facts.curve.splice(0, facts.curve.length, { evaluations, dollars, milliseconds, score, trial });
  facts.closed = null;
}
