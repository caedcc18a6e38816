import type { Settled } from '../search/event.ts';
import type { State } from '../search/state.ts';
import type { Rollout, SampledGroup } from './sampled.ts';

/** A rollout of a policy, with its reward. */
export type RewardedRollout = Rollout & Required<Pick<Rollout, 'reward'>>;

/** The rollouts of one trial with their rewards. */
export interface Group {
  readonly trial: number;
  readonly sampled: Omit<SampledGroup, 'rollouts'> & { readonly rollouts: readonly RewardedRollout[] };
}

/** The data of one training of the in-process policy. */
export interface PolicyBatch {
  /** Number of the training, from 1. */
  readonly version: number;
  readonly groups: readonly Group[];
  /** Groups of earlier batches, whose held-out rollouts also measure the new weights. */
  readonly before: readonly Group[];
  /** Number of settled trials at which the training is due; in strict order the search waits for it there. */
  readonly due: number;
}

/** The rollouts since the last training. */
export interface RolloutBuffer {
  readonly gathered: readonly Group[];
  readonly before: readonly Group[];
  /** The batch in training. */
  readonly batch: PolicyBatch | undefined;
  /** Number of trainings that have begun. */
  readonly batches: number;
  /** For each key, the number of settled trials when it was first sampled; only grows. */
  readonly met: Map<string, number>;
}

/** An empty buffer. */
export const emptyBuffer = (): RolloutBuffer => ({
  gathered: [],
  before: [],
  batch: undefined,
  batches: 0,
  met: new Map(),
});

/** Approximate number of earlier rollouts that are kept for measurements. */
const kept = 160;

/** The part of a search's state that the buffer needs, after the event. */
type Progress = Pick<State, 'settings' | 'settled'>;

/** The buffer after a trial that sampled from a policy has settled. */
export function addRollouts(
  buffer: RolloutBuffer,
  sampled: SampledGroup,
  event: Settled,
  progress: Progress,
): RolloutBuffer {
  for (const { key } of sampled.rollouts) {
    if (!buffer.met.has(key)) buffer.met.set(key, progress.settled);
  }
  const group: Group = {
    trial: event.trial,
    sampled: { ...sampled, rollouts: sampled.rollouts.map(rewarded(event)) },
  };
  return batched({ ...buffer, gathered: [...buffer.gathered, group] }, progress);
}

/** The child's reward is its trial's gain, in [0, 1], and a negative one where the child did not run. */
function rewarded({ verdict, gain }: Settled): (drawn: Rollout) => RewardedRollout {
  const ran = verdict === 'scored' || verdict === 'improved' || verdict === 'best';
  return (drawn) => {
    if (drawn.reward !== undefined) return drawn as RewardedRollout;
    const duplicate = drawn.duplicate || verdict === 'duplicate';
    return { ...drawn, reward: ran && !duplicate ? gain : -0.1, ...(duplicate ? { duplicate } : {}) };
  };
}

/** The buffer after a training. */
export function afterTraining(buffer: RolloutBuffer, progress: Progress): RolloutBuffer {
  const { batch, before } = buffer;
  const seen = latest([...before, ...(batch?.groups ?? [])]);
  return batched({ ...buffer, batch: undefined, before: seen }, progress);
}

/** The last groups with about `kept` rollouts in total. */
function latest(groups: readonly Group[]): readonly Group[] {
  let count = 0;
  const from = groups.findLastIndex(({ sampled }) => {
    count += sampled.rollouts.length;
    return count >= kept;
  });
  return groups.slice(Math.max(0, from));
}

/** Begins a batch when enough rollouts are gathered and no other batch is in training. */
function batched(buffer: RolloutBuffer, { settings, settled }: Progress): RolloutBuffer {
  const { gathered, before, batch, batches } = buffer;
  const count = gathered.reduce((sum, { sampled }) => sum + sampled.rollouts.length, 0);
  if (batch || count < settings['learning.batch'] || settings['research.learningSignal'] === 'nothing')
    return buffer;
  const version = batches + 1;
  return {
    ...buffer,
    gathered: [],
    batches: version,
    batch: { version, groups: gathered, before, due: settled + 1 },
  };
}
