import type { State } from '../state.ts';
import type { Sampled } from './sampled.ts';

/** What a policy drew in one trial. */
export interface Group {
  readonly trial: number;
  readonly sampled: Sampled;
}

/** What a policy is to be trained on. */
export interface Lesson {
  /** Number of the training, from 1. */
  readonly version: number;
  readonly groups: readonly Group[];
  /** Groups of the lessons before, on whose held back rollouts the new weights are measured too. */
  readonly before: readonly Group[];
  /** Trials settled when it is to be done: in strict order the search waits for it there. */
  readonly due: number;
}

/** What policies have drawn since they were last trained. */
export interface Learning {
  readonly gathered: readonly Group[];
  readonly before: readonly Group[];
  /** Under way. */
  readonly lesson: Lesson | undefined;
  /** Lessons that were begun. */
  readonly lessons: number;
  /** Trials by the key of what they drew first; only grows, as trials settle. */
  readonly met: Map<string, number>;
}

export const unlearnt = (): Learning => ({
  gathered: [],
  before: [],
  lesson: undefined,
  lessons: 0,
  met: new Map(),
});

/** Groups of earlier lessons that are kept to measure by. */
const kept = 4;

/** The fold of a trial that drew from a policy and is over. */
export function gather(
  learning: Learning,
  group: Group,
  state: Pick<State, 'settings' | 'settled'>,
): Learning {
  for (const { key } of group.sampled.rollouts) {
    if (!learning.met.has(key)) learning.met.set(key, state.settled);
  }
  return assigned({ ...learning, gathered: [...learning.gathered, group] }, state);
}

/** The fold of a training that is over. */
export function taught(learning: Learning, state: Pick<State, 'settings' | 'settled'>): Learning {
  const { lesson, before } = learning;
  const seen = [...before, ...(lesson?.groups ?? [])].slice(-kept);
  return assigned({ ...learning, lesson: undefined, before: seen }, state);
}

/** A lesson begins once enough is gathered, one at a time. */
function assigned(learning: Learning, { settings, settled }: Pick<State, 'settings' | 'settled'>): Learning {
  const { gathered, before, lesson, lessons } = learning;
  const count = gathered.reduce((sum, { sampled }) => sum + sampled.rollouts.length, 0);
  if (lesson || count < settings['learning.batch'] || settings['learning.from'] === 'nothing')
    return learning;
  const version = lessons + 1;
  return {
    ...learning,
    gathered: [],
    lessons: version,
    lesson: { version, groups: gathered, before, due: settled + 1 },
  };
}
