import type { Settings } from '../search/settings.ts';
import { entropic, leaveOneOut } from './advantages/entropic.ts';
import { centred, duplicatePenalty, leaveOneOutMean, standardised } from './advantages/group.ts';
import type { Batch, Sample } from './batch.ts';
import { clips } from './objectives/clipped.ts';
import type { Recorded } from './recorded.ts';
import { informative } from './sampling/dynamic.ts';

/** How rewards of a batch become something to descend. */
export interface Recipe extends Pick<Batch, 'loss' | 'clip' | 'per'> {
  advantages(rewards: readonly number[]): number[];
}

const ratios = ({ low, high }: { low: number; high: number }): Batch['clip'] => ({
  low: 1 - low,
  high: 1 + high,
});

/** Sharpness in nats for a batch of that many (see `entropic`), and the most that one answer may weigh. */
const sharpness = (count: number) => ({ divergence: 0.6 * Math.log(count), cap: 0.25 });

/** What a model outside can be trained by, by name; the group that advantages compare is the whole batch. */
export const recipes = {
  /** Seeks the best (Yuksekgonul 2026), in the form that did best in our trials. */
  entropic: {
    advantages: (rewards) => entropic(rewards, sharpness(rewards.length)),
    loss: 'importance_sampling',
    per: 'token',
  },
  /** TTT-Discover's own estimator (Yuksekgonul 2026). */
  ttt: {
    advantages: (rewards) => leaveOneOut(rewards, { divergence: Math.LN2, cap: 10 }),
    loss: 'importance_sampling',
    per: 'token',
  },
  /** Group relative policy optimisation (Shao 2024), without a reference. */
  grpo: { advantages: standardised, loss: 'ppo', clip: ratios(clips.even), per: 'answer' },
  /** GRPO without its two biases (Liu 2025). */
  'dr-grpo': { advantages: centred, loss: 'ppo', clip: ratios(clips.even), per: 'limit' },
  /** Clipped higher upwards (Yu 2025). */
  dapo: { advantages: standardised, loss: 'ppo', clip: ratios(clips.higher), per: 'token' },
  /** Each against the mean of the others (Ahmadian 2024). */
  rloo: { advantages: leaveOneOutMean, loss: 'importance_sampling', per: 'answer' },
  /** Ratios clipped as weights (MiniMax 2025). */
  cispo: { advantages: standardised, loss: 'cispo', clip: { low: 0, high: 5 }, per: 'token' },
} as const satisfies Record<RecipeName, Recipe>;

/** A recipe by name. */
export type RecipeName = Settings['training.objective'];

/**
 * The batch that answers make by a recipe: rewards, a duplicate having the worst of them, become advantages.
 * Without samples where all rewards are equal, for then there is nothing to learn.
 * `versions`: versions of the trained model by SPEC.
 */
export function batchOf(
  answers: readonly Recorded[],
  version: number,
  objective: RecipeName,
  versions: ReadonlyMap<string, number>,
): Batch {
  const { advantages, ...recipe } = recipes[objective];
  const rewards = duplicatePenalty(
    answers.map(({ reward }) => reward),
    answers.map(({ tier }) => tier === 'unchanged'),
  );
  const weights = informative(rewards) ? advantages(rewards) : rewards.map(() => 0);
  const samples = answers.flatMap(({ key, messages, text, drawn, model }, i): Sample[] => {
    const its = versions.get(model);
    if (weights[i] === 0) return [];
    return [
      {
        key,
        messages,
        text,
        ...(drawn ? { drawn } : {}),
        ...(its === undefined ? {} : { version: its }),
        reward: rewards[i]!,
        advantage: weights[i]!,
      },
    ];
  });
  return { version, objective, ...recipe, samples };
}
