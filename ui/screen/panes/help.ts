import type { Pane } from '../scene.ts';
import { left, span } from '../text.ts';

const keys: readonly (readonly [keys: string, what: string])[] = [
  ['Tab  1-9', 'go to a pane; 0: back to the first page'],
  ['arrows  h j k l', 'move between panes, and up and down in one'],
  ['g G  PgUp PgDn', 'first, last, ten up, ten down'],
  ['Enter', 'open the chosen program; elsewhere like z'],
  ['z', 'zoom a pane to the whole screen, and back'],
  ['x  y', 'curve: next axis; logarithmic or linear'],
  ['', ''],
  ['In a program', ''],
  ['1-5  Tab', 'source, diff to parent, cases, feedback, transcript'],
  ['left  right', 'open its parent; back to its child'],
  ['Esc', 'back'],
  ['', ''],
  ['While it runs', ''],
  ['p', 'pause: running trials finish, none begin; again: resume'],
  ['s', 'graceful stop: cancel calls, finish evaluations, then end'],
  ['b', 'set a budget: evaluations 5000, minutes 10, dollars none'],
  ['n', 'note to the models, added to all later prompts'],
  ['q  Ctrl-C', 'quit (resumable): q asks first, Ctrl-C does not'],
];

/** What keys do. */
export const helpPane: Pane = (_, { rows }) =>
  keys
    .map(([key, what]) => (what === '' ? [span(key, 'strong')] : [left(`  ${key}`, 19, 'focus'), span(what)]))
    .slice(0, rows);
