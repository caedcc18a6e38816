import type { Elite } from '../core/search/program.ts';
import { better } from '../core/search/ranking.ts';
import type { Inspire } from '../core/search/roles.ts';

/**
 * Programs to show beside the parents: first the best of all, then alternately one of the same island drawn at random
 * and the one of any island that beats the parent on most cases.
 */
export const inspire: Inspire = (islands, home, parents, count, random) => {
  const shown: Elite[] = [];
  const rest = (elites: readonly Elite[]): Elite[] =>
    elites.filter(({ id }) => ![...parents, ...shown].some((each) => each.id === id));
  const everyone = islands.flatMap(({ elites }) => elites.map(({ elite }) => elite));
  const neighbours = islands[home]!.elites.map(({ elite }) => elite);
  const ways = [
    () => rest(everyone).toSorted(better)[0],
    () => {
      const left = rest(neighbours);
      return left.length > 0 ? random.pick(left) : undefined;
    },
    () => complement(parents[0]!, rest(everyone)),
  ];
  for (let turn = 0; shown.length < count; turn++) {
    const found = ways[turn === 0 ? 0 : 1 + ((turn - 1) % 2)]!() ?? rest(everyone)[0];
    if (!found) break;
    shown.push(found);
  }
  return shown;
};

/** The program that beats the parent on the most cases, the better one of equals. */
function complement(parent: Elite, others: readonly Elite[]): Elite | undefined {
  const wins = new Map(others.map((each) => [each, casesWon(each, parent)]));
  return others.toSorted((a, b) => wins.get(b)! - wins.get(a)! || better(a, b))[0];
}

function casesWon({ outcome }: Elite, { outcome: rival }: Elite): number {
  return outcome.verdicts.filter((verdict, i) => {
    const other = rival.verdicts[i];
    return 'score' in verdict && other && 'score' in other && verdict.score > other.score;
  }).length;
}
