import { write } from '../../../../core/languages/javascript/policy/write.ts';
import { grammarOf } from '../../../../core/learning/policy/grammar.ts';
import type { Place } from '../../../../core/learning/policy/place.ts';
import type { Policy } from '../../../../core/learning/policy/policy.ts';
import { tabular } from '../../../../core/learning/policy/tabular.ts';
import { grow, type Tree } from '../../../../core/learning/policy/walk.ts';
import type { Group } from '../../../../core/learning/rollout-buffer.ts';
import type { Random } from '../../../../core/search/random.ts';

/** A grammar with names of each kind. */
export const grammar = grammarOf({ numbers: ['x', 'y'], booleans: ['odd'], arrays: ['list'] });

/** The untrained policy. */
export const prior = tabular.policy(grammar, undefined, 0, 1);

/** Where nothing is closed. */
export const open: Place = {
  kind: 'number',
  above: -1,
  slot: 0,
  left: -1,
  closed: [],
  old: true,
  numeral: true,
};

const words = {
  numeral: 2.5,
  local: () => ({ text: 'gap', level: 18 }),
  fresh: ['sum', 'each', 'i'] as const,
};

/** What stood at a place before. */
const old = { number: { text: 'x + y', level: 12 }, boolean: { text: 'x < y', level: 10 } };

/** An expression that a policy drew. */
export function drawn(
  policy: Policy,
  place: Place,
  random: Random,
): { tree: Tree; text: string; actions: readonly number[]; logProbability: number } {
  const draw = policy.sampler(random);
  const tree = grow(policy.grammar, place, draw);
  const { actions, logProbability } = draw;
  return {
    tree,
    text: write(policy.grammar, tree, { ...words, old: () => old[place.kind] }).text,
    actions,
    logProbability,
  };
}

/** A group of draws with the reward of their text; a text that was met before in it is a duplicate. */
export function groupOf(
  policy: Policy,
  place: Place,
  random: Random,
  count: number,
  trial: number,
  rewardOf: (text: string) => number,
): Group {
  const met = new Set<string>();
  const rollouts = Array.from({ length: count }, () => {
    const { text, actions, logProbability } = drawn(policy, place, random);
    const duplicate = met.has(text);
    met.add(text);
    return {
      actions,
      logProbability,
      key: text,
      reward: rewardOf(text),
      ...(duplicate ? ({ duplicate } as const) : {}),
    };
  });
  return { trial, sampled: { policy: 'table', version: 0, place, rollouts } };
}
