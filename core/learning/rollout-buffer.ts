import type { Settled } from '../search/event.ts';
import type { State } from '../search/state.ts';
import type { Rollout, SampledGroup } from './sampled.ts';

/** A rollout of a policy, with its reward. */
export type RewardedRollout = Rollout & Required<Pick<Rollout, 'reward'>>;

/** What a policy sampled in one trial. */
export interface Group {
  readonly trial: number;
  readonly sampled: Omit<SampledGroup, 'rollouts'> & { readonly rollouts: readonly RewardedRollout[] };
}

/** What the policy in process is to be trained on. */
export interface PolicyBatch {
  /** Number of the training, from 1. */
  readonly version: number;
  readonly groups: readonly Group[];
  /** Groups of earlier batches, on whose held-out rollouts the new weights are measured too. */
  readonly before: readonly Group[];
  /** Trials settled when the training is due: in strict order the search waits for it there. */
  readonly due: number;
}

/** What a policy sampled since it was last trained. */
export interface RolloutBuffer {
  readonly gathered: readonly Group[];
  readonly before: readonly Group[];
  /** The batch that is being trained on. */
  readonly batch: PolicyBatch | undefined;
  /** Trainings begun. */
  readonly batches: number;
  /** For each key, how many trials had settled once it was first sampled; only grows. */
  readonly met: Map<string, number>;
}

/** A buffer in which nothing was sampled. */
export const emptyBuffer = (): RolloutBuffer => ({
  gathered: [],
  before: [],
  batch: undefined,
  batches: 0,
  met: new Map(),
});

/** Rollouts of earlier batches that are kept to measure by, about. */
const kept = 160;

/** What the buffer needs of a search, once the event has been counted. */
type Progress = Pick<State, 'settings' | 'settled'>;

/** The buffer once a trial that sampled from a policy has settled. */
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

/** The buffer once a training is over. */
export function afterTraining(buffer: RolloutBuffer, progress: Progress): RolloutBuffer {
  const { batch, before } = buffer;
  const seen = latest([...before, ...(batch?.groups ?? [])]);
  return batched({ ...buffer, batch: undefined, before: seen }, progress);
}

/** The last groups that have about `kept` rollouts together. */
function latest(groups: readonly Group[]): readonly Group[] {
  let count = 0;
  const from = groups.findLastIndex(({ sampled }) => {
    count += sampled.rollouts.length;
    return count >= kept;
  });
  return groups.slice(Math.max(0, from));
}

/** A batch begins once enough is gathered, one at a time. */
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
