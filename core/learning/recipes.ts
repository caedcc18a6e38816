import type { Settings } from '../search/settings.ts';
import { entropic, leaveOneOut } from './advantages/entropic.ts';
import { centred, duplicatePenalty, leaveOneOutMean, standardised } from './advantages/group.ts';
import type { Batch, Sample } from './batch.ts';
import { clips } from './objectives/clipped.ts';
import type { Recorded } from './recorded.ts';
import { informative } from './sampling/dynamic.ts';

/** How the rewards of a batch become a loss. */
export interface Recipe extends Pick<Batch, 'loss' | 'clip' | 'per'> {
  advantages(rewards: readonly number[]): number[];
}

const ratios = ({ low, high }: { low: number; high: number }): Batch['clip'] => ({
  low: 1 - low,
  high: 1 + high,
});

/** Divergence in nats for a batch of `count` answers and the maximum weight of one answer (see `entropic`). */
const sharpness = (count: number) => ({ divergence: 0.6 * Math.log(count), cap: 0.25 });

/** The training recipes of an external model, by name; advantages compare all answers of the batch. */
export const recipes = {
  /** Best-seeking (Yuksekgonul 2026), in the form that did best in our trials. */
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
  /** Group relative policy optimisation (Shao 2024), without a reference policy. */
  grpo: { advantages: standardised, loss: 'ppo', clip: ratios(clips.even), per: 'answer' },
  /** GRPO without its two biases (Liu 2025). */
  'dr-grpo': { advantages: centred, loss: 'ppo', clip: ratios(clips.even), per: 'limit' },
  /** Clipped higher upwards (Yu 2025). */
  dapo: { advantages: standardised, loss: 'ppo', clip: ratios(clips.higher), per: 'token' },
  /** Each reward minus the mean of the others (Ahmadian 2024). */
  rloo: { advantages: leaveOneOutMean, loss: 'importance_sampling', per: 'answer' },
  /** Ratios clipped as weights (MiniMax 2025). */
  cispo: { advantages: standardised, loss: 'cispo', clip: { low: 0, high: 5 }, per: 'token' },
} as const satisfies Record<RecipeName, Recipe>;

/** A recipe by name. */
export type RecipeName = Settings['training.objective'];

/**
 * The batch of some answers by a recipe: rewards become advantages, and a duplicate has the worst reward of the batch.
 * It has no samples where all rewards are equal, since all advantages are 0 then.
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
