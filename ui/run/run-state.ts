import { learn } from '../../core/learning/fold.ts';
import { type LearningState, openLearning } from '../../core/learning/state.ts';
import { JournalError } from '../../core/search/errors.ts';
import type { Event, Opened } from '../../core/search/event.ts';
import { applyEvent } from '../../core/search/fold.ts';
import type { Journal } from '../../core/search/journal.ts';
import { initialState, type State } from '../../core/search/state.ts';
import type { Facts } from '../facts/facts.ts';
import { applyToFacts } from '../facts/fold.ts';
import { openFacts } from '../facts/open.ts';

/** Where a search stands: the folds of its journal for the engine, for what learns, and for screen and report. */
export interface RunState {
  readonly state: State;
  readonly learning: LearningState;
  readonly facts: Facts;
}

/** Where a search stands as it opens; `learning`: the state that its learner keeps. */
export function openRunState(opened: Opened, learning = openLearning()): RunState {
  return { state: initialState(opened), learning, facts: openFacts(opened) };
}

/** Takes an event to each. */
export function advanceRunState({ state, learning, facts }: RunState, event: Exclude<Event, Opened>): void {
  learn(learning, event, state);
  applyEvent(state, event);
  applyToFacts(facts, event);
}

/**
 * Where a search stands that a journal tells of; undefined for one that was cut off before its first event.
 * @throws JournalError for a journal that cannot be believed.
 */
export async function replay(journal: Pick<Journal, 'read'>, dir: string): Promise<RunState | undefined> {
  let course: RunState | undefined;
  for await (const event of journal.read()) {
    if (event.type === 'opened') course = openRunState(event);
    else if (course) advanceRunState(course, event);
    else {
      throw new JournalError(
        `Expected the journal of ${dir} to begin with \`opened\`, got \`${event.type}\``,
      );
    }
  }
  return course;
}
