import { lazy } from './advantages/lazy.ts';
import type { Batch, Sample } from './batch.ts';
import { type RecipeName, recipes } from './recipes.ts';
import type { Recorded } from './recorded.ts';
import { informative } from './sampling/dynamic.ts';

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
  const rewards = lazy(
    answers.map(({ reward }) => reward),
    answers.map(({ rung }) => rung === 'unchanged'),
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
