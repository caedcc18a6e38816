import type { Pane } from '../scene.ts';
import { left, span } from '../text.ts';

const keys: readonly (readonly [keys: string, what: string])[] = [
  ['Tab  1-9', 'go to a pane; 0: back to the first page'],
  ['arrows  h j k l', 'between panes, and up and down in one'],
  ['g G  PgUp PgDn', 'first, last, ten up, ten down'],
  ['Enter', 'open the chosen program; elsewhere like z'],
  ['z', 'the whole screen for a pane, and back'],
  ['x  y', 'curve: what it is drawn against; logarithmic or linear'],
  ['', ''],
  ['In a program', ''],
  ['1-5  Tab', 'source, diff to its parent, cases, feedback, transcript'],
  ['left  right', 'to its parent; back to its child'],
  ['Esc', 'back'],
  ['', ''],
  ['While it runs', ''],
  ['p', 'pause: what is under way finishes, nothing new begins; p again: go on'],
  ['s', 'stop: finish and keep what is paid for, then end; resume goes on'],
  ['b', 'change a budget: evaluations 5000, minutes 10, dollars none'],
  ['n', 'a note to the models, in prompts from now on'],
  ['q  Ctrl-C', 'quit; q asks first, Ctrl-C stops at once: resume goes on'],
];

/** What keys do. */
export const helpPane: Pane = (_, { rows }) =>
  keys
    .map(([key, what]) => (what === '' ? [span(key, 'strong')] : [left(`  ${key}`, 19, 'focus'), span(what)]))
    .slice(0, rows);
