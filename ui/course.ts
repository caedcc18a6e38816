import { JournalError } from '../core/errors.ts';
import type { Event, Opened } from '../core/event.ts';
import { evolve } from '../core/evolve.ts';
import type { Journal } from '../core/roles.ts';
import { opening, type State } from '../core/state.ts';
import type { Facts } from './facts/facts.ts';
import { note } from './facts/note.ts';
import { openFacts } from './facts/open.ts';

/** Where a search stands: for the engine, and for those who look at it. */
export interface Course {
  readonly state: State;
  readonly facts: Facts;
}

/** Where a search stands as it opens. */
export function openCourse(opened: Opened): Course {
  return { state: opening(opened), facts: openFacts(opened) };
}

/** Takes an event to both. */
export function advance({ state, facts }: Course, event: Exclude<Event, Opened>): void {
  evolve(state, event);
  note(facts, event);
}

/**
 * Where a search stands that a journal tells of; undefined for one that was cut off before its first event.
 * @throws JournalError for a journal that cannot be believed.
 */
export async function replay(journal: Pick<Journal, 'read'>, dir: string): Promise<Course | undefined> {
  let course: Course | undefined;
  for await (const event of journal.read()) {
    if (event.type === 'opened') course = openCourse(event);
    else if (course) advance(course, event);
    else {
      throw new JournalError(
        `Expected the journal of ${dir} to begin with \`opened\`, got \`${event.type}\``,
      );
    }
  }
  return course;
}
