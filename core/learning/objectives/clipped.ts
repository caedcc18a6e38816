import type { Sequence, Term } from './objective.ts';

/** How far the ratio of new to old probability may move from 1 before a token's gradient vanishes: down, up. */
export interface Clip {
  readonly low: number;
  readonly high: number;
}

/** The papers' clips: symmetric (Schulman 2017), and higher upwards (Yu 2025), so that rare tokens can grow. */
export const clips = { even: { low: 0.2, high: 0.2 }, higher: { low: 0.2, high: 0.28 } } as const;

/**
 * The clipped surrogate of a token as a loss, -min(r A, clip(r, 1 - low, 1 + high) A) with r = new / old probability
 * (Schulman 2017); its slope with respect to log r is -r A where the first is the smaller, else 0.
 */
export function clippedTerm(logRatio: number, advantage: number, { low, high }: Clip): Term {
  const ratio = Math.exp(logRatio);
  const free = ratio * advantage;
  const held = Math.min(Math.max(ratio, 1 - low), 1 + high) * advantage;
  return free <= held ? { value: -free, slope: -free } : { value: -held, slope: 0 };
}

/** The clipped term of token t of a sequence. */
export function clipped(clip: Clip): (sequence: Sequence, t: number) => Term {
  return ({ logprobs, old, advantages }, t) => clippedTerm(logprobs[t]! - old[t]!, advantages[t]!, clip);
}
