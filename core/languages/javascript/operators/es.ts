import type { Random } from '../../../search/random.ts';
import type { Sampler } from './cma.ts';

/** Offspring per generation: more would use up a small budget, fewer would run one at a time. */
const batch = 4;

/**
 * A (1+4) evolution strategy with a step size for each number that follows its own successes (Schwefel 1981): moves one
 * number or a few at a time, and tries the last good step again, longer. Starts at `origin`, whose score is known.
 * Beats CMA-ES when there are few evaluations for each number and when most numbers matter little.
 */
export function evolutionStrategy(
  origin: readonly number[],
  score: number,
  sigma: number,
  random: Random,
): Sampler {
  const n = origin.length;
  const sizes = new Array<number>(n).fill(sigma);
  let best = { point: [...origin], score };
  let last: readonly number[] | undefined;
  let steps: (readonly number[])[] = [];

  const draw = (): number[] => {
    const count = random.next() < 0.5 ? 1 : 1 + random.int(n);
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(random.int(n));
    const spread = 1 / Math.sqrt(count);
    return sizes.map((size, i) =>
      chosen.has(i) ? size * spread * random.normal() * Math.exp(0.7 * random.normal()) : 0,
    );
  };
  const adapt = (step: readonly number[], better: boolean): void => {
    const moved = Math.sqrt(step.filter((each) => each !== 0).length);
    step.forEach((each, i) => {
      if (each === 0) return;
      const length = (Math.abs(each) / sizes[i]!) * moved;
      sizes[i]! *= better ? 1.1 * Math.min(2, Math.max(1, length)) : 0.92 ** (1 / moved);
    });
  };
  return {
    ask() {
      steps = Array.from({ length: batch }, (_, k) =>
        last && k === 0 ? last.map((each) => each * 1.5) : draw(),
      );
      return steps.map((step) => best.point.map((x, i) => x + step[i]!));
    },
    tell(scores) {
      const from = best;
      last = undefined;
      scores.forEach((each, k) => {
        adapt(steps[k]!, each > from.score);
        if (each <= best.score) return;
        last = steps[k]!;
        best = { point: from.point.map((x, i) => x + last![i]!), score: each };
      });
    },
  };
}
