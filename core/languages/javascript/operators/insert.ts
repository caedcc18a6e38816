import type { Random } from '../../../search/random.ts';
import { level } from '../precedence.ts';
import { holds } from './analysis/syntax.ts';
import type { Analysis, Line } from './analysis/types.ts';
import { choose, type Expression, join, literal, wrap } from './expression.ts';
import { growBoolean, growNumber } from './grow.ts';
import { type Change, mutation } from './mutation.ts';
import { fresh, summand } from './reduce.ts';
import { pickSite } from './replace.ts';
import { slice } from './swap.ts';
import { constant } from './terminal.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

/** Wraps an expression in a bigger one, or inserts a statement before another. */
export const insert = mutation('insert', 1, (parent, random) =>
  random.next() < 0.65 ? wrapUp(parent, random) : addLines(parent, random),
);

function wrapUp(parent: Analysis, random: Random): Change {
  const site = pickSite(
    parent.sites.filter((each) => each.role === 'plain'),
    random,
  );
  if (!site) return undefined;
  const words = vocabulary(parent, site.scope, site.start, random);
  const old = slice(parent, site.node);
  const depth = random.weighted([3, 4, 2]);
  const number = () => growNumber(words, depth, random);
  const test = () => growBoolean(words, Math.max(1, depth), random);
  const flip = random.next() < 0.5;
  const two = <T>(other: T, mine: T): [T, T] => (flip ? [other, mine] : [mine, other]);
  let grown: { text: string; level: number };
  if (site.type === 'boolean') {
    grown = join(old, random.pick(['&&', '||']), test());
  } else {
    const kind = random.weighted([4, 2, 1, 3, 1.5, 1, 2]);
    if (kind === 6) grown = cut(old, words, random);
    else if (kind === 3) grown = choose(test(), ...two(number(), old));
    else if (kind === 4) {
      const [a, b] = two(number(), old);
      grown = {
        text: `Math.${random.pick(['min', 'max'])}(${wrap(a, 1)}, ${wrap(b, 1)})`,
        level: level.call,
      };
    } else if (kind === 5) {
      grown = {
        text: `Math.${random.pick(['abs', 'sqrt', 'log', 'exp', 'floor', 'tanh'])}(${wrap(old, 1)})`,
        level: level.call,
      };
    } else {
      const operator = kind === 0 ? random.pick(['+', '-']) : kind === 1 ? '*' : '/';
      grown =
        kind === 0 && operator === '+'
          ? join(...spread(two(number(), old), '+'))
          : join(old, operator, number());
    }
  }
  const edits = [{ start: site.start, end: site.end, text: wrap(grown, site.slot) }];
  return {
    edits,
    note: `insert: ${old.text.replace(/\s+/g, ' ').slice(0, 30)} becomes ${grown.text.replace(/\s+/g, ' ').slice(0, 80)}`,
  };
}

/** The old expression on one side of a threshold, a simple one on the other. */
function cut(old: Expression, words: Vocabulary, random: Random): Expression {
  const test = join(old, random.pick(['<', '>']), literal(constant(words, random)));
  const other = literal(constant(words, random));
  return random.next() < 0.5 ? choose(test, old, other) : choose(test, other, old);
}

type Side = { text: string; level: number };
function spread([a, b]: [Side, Side], operator: string): [Side, string, Side] {
  return [a, operator, b];
}

/** A guard that returns early, a local with a use, or a loop that adds something up. */
function addLines(parent: Analysis, random: Random): Change {
  const lines = parent.lines.filter((each) => each.inFunction && !/^(Export|Import)/.test(each.node.type));
  if (lines.length === 0) return undefined;
  const line = random.pick(lines);
  const words = vocabulary(parent, line.scope, line.node.start, random);
  const kind = random.weighted([returnsNumber(parent, line) ? 4 : 0, 2, words.arrays.length > 0 ? 4 : 0]);
  if (kind === 0) {
    const guard = `if (${growBoolean(words, 1 + random.int(2), random).text}) return ${growNumber(words, random.int(3), random).text};`;
    return before(parent, line, [guard], [], guard);
  }
  const uses = parent.sites.filter(
    (each) =>
      each.type === 'number' &&
      each.role === 'plain' &&
      each.start >= line.node.start &&
      (each.end <= line.node.end || (each.scope === line.scope && each.start > line.node.end)),
  );
  if (uses.length === 0) return undefined;
  const site = random.pick(uses);
  const [name, i] = fresh(parent.names, ['t', 'i']) as [string, string];
  const operator = random.pick(['+', '-', '*', '+', '-', '/']);
  const used = wrap(
    join(slice(parent, site.node), operator, { text: name, level: level.primary }),
    site.slot,
  );
  const use = { start: site.start, end: site.end, text: used };
  const made =
    kind === 1
      ? [`const ${name} = ${growNumber(words, 1 + random.int(2), random).text};`]
      : loop(words, name, i, random);
  return before(parent, line, made, [use], made.join(' '));
}

function loop(words: Vocabulary, name: string, i: string, random: Random): string[] {
  const array = random.pick(words.arrays);
  const x = `${array}[${i}]`;
  const inside = {
    ...words,
    numbers: [x, x, i, ...words.numbers],
    arrays: [array],
    certain: [],
    indexes: [i],
  };
  const body = summand(inside, array, x, i, 1 + random.int(2), random, growNumber);
  return [`let ${name} = 0;`, `for (let ${i} = 0; ${i} < ${array}.length; ${i}++) ${name} += ${body.text};`];
}

/** Inserts lines before a statement, at its indentation and with the file's line ends. */
function before(
  parent: Analysis,
  line: Line,
  lines: readonly string[],
  more: readonly { start: number; end: number; text: string }[],
  note: string,
): Change {
  const { text } = parent;
  const start = line.node.start;
  const indent = /[^\S\r\n]*$/.exec(text.slice(0, start))![0];
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const put = lines.map((each) => `${each}${newline}${indent}`).join('');
  return { edits: [{ start, end: start, text: put }, ...more], note: `insert: ${note.slice(0, 100)}` };
}

function returnsNumber(parent: Analysis, line: Line): boolean {
  const around = parent.routines.filter(
    (each) => each.node.start < line.node.start && each.node.end > line.node.end,
  );
  const nearest = around.at(-1);
  return nearest?.returns === 'number' && !holds(line.node, /^Break|^Continue/);
}
