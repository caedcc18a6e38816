import { type Island, spreadOf } from './archive.ts';
import type { Elite } from './program.ts';
import { beats, stepOver } from './ranking.ts';

/**
 * What a trial earned for its arm, in [0, 1], `island` and `best` being those before it settles: 0 for a child that
 * scores no higher than its best parent, else the geometric mean of two answers in (0, 1], neither of which knows
 * the unit of the score.
 *
 * How good is the child? 1 for a new best of all, else 1 / log2(2 + its rank on its island), the discount of DCG
 * (Järvelin and Kekäläinen 2002): an arm that lifts poor parents to the middle earns less than one that leads, but
 * not nothing, for new bests alone are too rare to learn from.
 *
 * How far did it come? Its step beyond the parent, d, as d / (d + the island's best minus its median): an arm that
 * polishes the tenth digit for ever earns little while the island still holds larger differences.
 */
export function gainOf(child: Elite, parents: readonly Elite[], island: Island, best: Elite): number {
  const step = stepOver(parents, child);
  if (step <= 0) return 0;
  const ahead = island.elites.filter(({ elite }) => !beats(child, elite)).length;
  const rank = beats(child, best) ? 0 : 1 + ahead;
  const good = 1 / Math.log2(2 + rank);
  const far = Math.max(1 / (1 + spreadOf(island) / step), 1e-6);
  return Math.sqrt(good * far);
}
