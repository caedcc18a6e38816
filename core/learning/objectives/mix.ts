import type { Loss } from './objective.ts';

/**
 * g SFT + (1 - g) RL (Qiao 2025): imitation of the archive's best, then learning from new rollouts. With g = 1 it is exactly
 * the first loss and with g = 0 exactly the second, even if the other is not finite. The losses may be of different batches,
 * so both gradients are returned.
 */
export function mix(sft: Loss, rl: Loss, g: number): Loss<{ sft: number[][]; rl: number[][] }> {
  const times = ({ gradient }: Loss, factor: number): number[][] =>
    gradient.map((row) => row.map((each) => (factor === 0 ? 0 : factor * each)));
  const loss = g === 1 ? sft.loss : g === 0 ? rl.loss : g * sft.loss + (1 - g) * rl.loss;
  return { loss, gradient: { sft: times(sft, g), rl: times(rl, 1 - g) } };
}

/**
 * g at a step from 0: `from` at first, `to` from step `over` on, half a cosine between. The paper's schedule was not
 * checked; this shape is ours. It depends on the step alone, so that a resumed run continues with the same g.
 */
export function schedule(step: number, from: number, to: number, over: number): number {
  if (step >= over) return to;
  return to + ((from - to) * (1 + Math.cos((Math.PI * step) / over))) / 2;
}
