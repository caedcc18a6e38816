import type { Random } from '../../../search/random.ts';
import { holds } from './analysis/syntax.ts';
import type { Analysis, Line } from './analysis/types.ts';
import { cut, putBefore } from './edits.ts';
import { inline, share } from './merge.ts';
import { varied } from './mutate-range.ts';
import { type Change, mutation } from './mutation.ts';
import { isMovable, matters, mayStand } from './order.ts';

/** Positions that are tried for one statement. */
const places = 8;

/**
 * Moves or copies a statement within its function; names an expression that is written twice, or replaces a name by its
 * expression.
 */
export const move = mutation('move', 1, (parent, random) => {
  switch (random.weighted([4, 2, 2, 2])) {
    case 0:
      return relocate(parent, random);
    case 1:
      return duplicate(parent, random);
    case 2:
      return share(parent, random);
    default:
      return inline(parent, random);
  }
});

/** Half of the time swaps two neighbours; else moves a statement anywhere in the function, into other blocks too. */
function relocate(parent: Analysis, random: Random): Change {
  const lines = parent.lines.filter((each) => isMovable(parent, each));
  if (lines.length === 0) return undefined;
  const line = random.pick(lines);
  const near = random.next() < 0.5 ? neighbour(parent, line) : undefined;
  const may = (to: Line) =>
    to !== next(parent, line) && mayStand(parent, line, to, false) && matters(parent, line, to);
  const to = near && may(near) ? near : drawPlace(parent, may, random);
  if (!to) return undefined;
  const text = parent.text.slice(line.node.start, line.node.end);
  return {
    edits: [cut(parent, line.node), putBefore(parent, to.node, text)],
    note: `move: ${short(text)} goes before ${short(parent.text.slice(to.node.start, to.node.end))}`,
  };
}

/** A copy, changed a little half of the time; one that returns always, or the second would never run. */
function duplicate(parent: Analysis, random: Random): Change {
  const lines = parent.lines.filter(
    (each) => isMovable(parent, each) && !/Declaration$/.test(each.node.type),
  );
  if (lines.length === 0) return undefined;
  const line = random.pick(lines);
  const to = drawPlace(parent, (each) => mayStand(parent, line, each, true), random);
  if (!to) return undefined;
  const home = { scope: to.scope, offset: to.node.start };
  const same = parent.text.slice(line.node.start, line.node.end);
  const varies = random.next() < 0.5 || holds(line.node, /^ReturnStatement$/);
  const text = varies ? varied(parent, line.node, random, home) : same;
  if (text === undefined) return undefined;
  return { edits: [putBefore(parent, to.node, text)], note: `move: a copy, ${short(text)}` };
}

function drawPlace(parent: Analysis, may: (to: Line) => boolean, random: Random): Line | undefined {
  for (let tries = 0; tries < places; tries++) {
    const to = random.pick(parent.lines);
    if (may(to)) return to;
  }
  return undefined;
}

function neighbour(parent: Analysis, line: Line): Line | undefined {
  return parent.lines.filter((each) => each.scope === line.scope && each.node.end <= line.node.start).at(-1);
}

function next(parent: Analysis, line: Line): Line | undefined {
  return parent.lines.find((each) => each.scope === line.scope && each.node.start >= line.node.end);
}

function short(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 45);
}
