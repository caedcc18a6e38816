import type { Random } from '../../../search/random.ts';
import type { Edit } from '../../../text/edit.ts';
import type { Node } from '../parse.ts';
import { precedence } from '../precedence.ts';
import { holds } from './analysis/syntax.ts';
import type { Analysis } from './analysis/types.ts';
import { wrap } from './expression.ts';
import { type Change, mutation } from './mutation.ts';
import { pickSite } from './replace.ts';
import { transplant } from './transplant.ts';

/** Transplants an expression, a statement or a function's body from the second parent (Koza 1992). */
export const crossover = mutation('crossover', 2, (parent, random, donor) => {
  const kind = random.weighted([6, 2, 1.5]);
  return kind === 0
    ? expression(parent, donor, random)
    : kind === 1
      ? statement(parent, donor, random)
      : body(parent, donor, random);
});

function expression(parent: Analysis, donor: Analysis, random: Random): Change {
  const plain = (program: Analysis) => program.sites.filter((each) => each.role === 'plain');
  const site = pickSite(plain(parent), random);
  const from =
    site &&
    pickSite(
      plain(donor).filter((each) => each.type === site.type),
      random,
    );
  if (!site || !from) return undefined;
  const text = transplant(donor, from.node, parent, site.scope, site.start, random)?.text;
  if (text === undefined) return undefined;
  const edits = [
    { start: site.start, end: site.end, text: wrap({ text, level: precedence(from.node) }, site.slot) },
  ];
  return { edits, note: `crossover: takes over ${text.replace(/\s+/g, ' ').slice(0, 80)}` };
}

function statement(parent: Analysis, donor: Analysis, random: Random): Change {
  const loose = donor.lines.filter(
    ({ node, inFunction }) =>
      inFunction && !/Declaration$/.test(node.type) && !holds(node, /^(Break|Continue)/),
  );
  const lines = parent.lines.filter((each) => each.inFunction);
  if (loose.length === 0 || lines.length === 0) return undefined;
  const from = random.pick(loose);
  const line = random.pick(lines);
  // A return in the middle would make the rest unreachable, and one elsewhere may return another type.
  if (from.node.type === 'ReturnStatement' && !sameResult(parent, line.node, donor, from.node))
    return undefined;
  const over = !line.drives && line.node.type === from.node.type;
  const text = transplant(donor, from.node, parent, line.scope, line.node.start, random)?.text;
  if (text === undefined) return undefined;
  const indent = /[^\S\r\n]*$/.exec(parent.text.slice(0, line.node.start))![0];
  const newline = parent.text.includes('\r\n') ? '\r\n' : '\n';
  const put: Edit = over
    ? { start: line.node.start, end: line.node.end, text }
    : { start: line.node.start, end: line.node.start, text: `${text}${newline}${indent}` };
  return { edits: [put], note: `crossover: takes over ${text.replace(/\s+/g, ' ').slice(0, 80)}` };
}

function sameResult(parent: Analysis, mine: Node, donor: Analysis, theirs: Node): boolean {
  const type = (program: Analysis, node: Node) => program.sites.find((each) => each.under === node)?.type;
  const here = type(parent, mine);
  return (
    mine.type === 'ReturnStatement' &&
    here !== undefined &&
    here !== 'unknown' &&
    here === type(donor, theirs)
  );
}

/** The donor's body for the function of the same name and parameters. */
function body(parent: Analysis, donor: Analysis, random: Random): Change {
  const parameters = (program: Analysis, node: Node) =>
    node.params.map((each: Node) => program.text.slice(each.start, each.end)).join();
  const pairs = parent.routines.flatMap((mine) =>
    donor.routines
      .filter(
        (each) => each.name === mine.name && parameters(donor, each.node) === parameters(parent, mine.node),
      )
      .map((theirs) => ({ mine, theirs })),
  );
  if (pairs.length === 0) return undefined;
  const { mine, theirs } = random.pick(pairs);
  const to: Node = mine.node.body;
  const text = transplant(donor, theirs.node.body, parent, mine.scope, to.start, random)?.text;
  if (text === undefined) return undefined;
  return {
    edits: [{ start: to.start, end: to.end, text }],
    note: `crossover: takes over the body of ${mine.name ?? 'a function'}`,
  };
}
