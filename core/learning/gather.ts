import type { Settled } from '../event.ts';
import type { State } from '../state.ts';
import type { Drawn, Sampled } from './sampled.ts';

/** A proposal of a policy, with what it earned. */
export type Rewarded = Drawn & Required<Pick<Drawn, 'reward'>>;

/** What a policy drew in one trial. */
export interface Group {
  readonly trial: number;
  readonly sampled: Omit<Sampled, 'rollouts'> & { readonly rollouts: readonly Rewarded[] };
}

/** What a policy is to be trained on. */
export interface Batch {
  /** Number of the training, from 1. */
  readonly version: number;
  readonly groups: readonly Group[];
  /** Groups of the batches before, on whose held back rollouts the new weights are measured too. */
  readonly before: readonly Group[];
  /** Trials settled when it is to be done: in strict order the search waits for it there. */
  readonly due: number;
}

/** What policies have drawn since they were last trained. */
export interface Learning {
  readonly gathered: readonly Group[];
  readonly before: readonly Group[];
  /** Under way. */
  readonly batch: Batch | undefined;
  /** Lessons that were begun. */
  readonly batches: number;
  /** Trials by the key of what they drew first; only grows, as trials settle. */
  readonly met: Map<string, number>;
}

export const unlearnt = (): Learning => ({
  gathered: [],
  before: [],
  batch: undefined,
  batches: 0,
  met: new Map(),
});

/** Rollouts of earlier batches that are kept to measure by, about. */
const kept = 160;

/** The fold of a trial that drew from a policy and is over. */
export function gather(
  learning: Learning,
  sampled: Sampled,
  event: Settled,
  state: Pick<State, 'settings' | 'settled'>,
): Learning {
  for (const { key } of sampled.rollouts) {
    if (!learning.met.has(key)) learning.met.set(key, state.settled);
  }
  const group: Group = {
    trial: event.trial,
    sampled: { ...sampled, rollouts: sampled.rollouts.map(rewarded(event)) },
  };
  return assigned({ ...learning, gathered: [...learning.gathered, group] }, state);
}

/** What a child earned is what its trial earned for the arm, in [0, 1]; less than nothing where it did not even run. */
function rewarded({ verdict, gain }: Settled): (drawn: Drawn) => Rewarded {
  const ran = verdict === 'scored' || verdict === 'improved' || verdict === 'best';
  return (drawn) => {
    if (drawn.reward !== undefined) return drawn as Rewarded;
    const duplicate = drawn.duplicate || verdict === 'twin';
    return { ...drawn, reward: ran && !duplicate ? gain : -0.1, ...(duplicate ? { duplicate } : {}) };
  };
}

/** The fold of a training that is over. */
export function taught(learning: Learning, state: Pick<State, 'settings' | 'settled'>): Learning {
  const { batch, before } = learning;
  const seen = latest([...before, ...(batch?.groups ?? [])]);
  return assigned({ ...learning, batch: undefined, before: seen }, state);
}

/** The last groups that have as many rollouts together. */
function latest(groups: readonly Group[]): readonly Group[] {
  let count = 0;
  const from = groups.findLastIndex(({ sampled }) => {
    count += sampled.rollouts.length;
    return count >= kept;
  });
  return groups.slice(Math.max(0, from));
}

/** A batch begins once enough is gathered, one at a time. */
function assigned(learning: Learning, { settings, settled }: Pick<State, 'settings' | 'settled'>): Learning {
  const { gathered, before, batch, batches } = learning;
  const count = gathered.reduce((sum, { sampled }) => sum + sampled.rollouts.length, 0);
  if (batch || count < settings['learning.batch'] || settings['learning.from'] === 'nothing') return learning;
  const version = batches + 1;
  return {
    ...learning,
    gathered: [],
    batches: version,
    batch: { version, groups: gathered, before, due: settled + 1 },
  };
}
