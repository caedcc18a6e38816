import type { Random } from '../../../search/random.ts';
import { cma, type Sampler } from './cma.ts';
import { evolutionStrategy } from './es.ts';

/**
 * How the tuner searches `n` numbers in units of each one's own size, outwards from the origin, whose score is known:
 * by an evolution strategy, then, where the budget suffices to learn correlations, by CMA-ES from the best point.
 */
export function derivativeFree(n: number, score: number, runs: number, random: Random): Sampler {
  const origin = new Array<number>(n).fill(0);
  const first = Math.max(30 * n, 100);
  let search = evolutionStrategy(origin, score, 0.5, random);
  let asked: number[][] = [];
  let best = { point: origin, score };
  let used = 0;
  let turned = n < 2 || runs < 2 * first;
  return {
    ask() {
      if (!turned && used >= first) {
        turned = true;
        search = cma(best.point, 0.1, random);
      }
      asked = search.ask();
      return asked;
    },
    tell(scores) {
      used += scores.length;
      scores.forEach((each, i) => {
        if (each > best.score) best = { point: asked[i]!, score: each };
      });
      search.tell(scores);
    },
  };
}
