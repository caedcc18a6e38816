import type { Random } from './random.ts';

/** A draw from the gamma distribution with that shape (above 0) and scale 1 (Marsaglia and Tsang 2000). */
export function gamma(shape: number, random: Random): number {
  if (shape < 1) return gamma(shape + 1, random) * (1 - random.next()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    if (Math.log(1 - random.next()) < x * x * 0.5 + d - d * v + d * Math.log(v)) return d * v;
  }
}
