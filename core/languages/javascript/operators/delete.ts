import type { Random } from '../../../search/random.ts';
import { holds } from './analysis/syntax.ts';
import type { Analysis, Line } from './analysis/types.ts';
import { cut } from './edits.ts';
import { wrap } from './expression.ts';
import { type Change, mutation } from './mutation.ts';
import { slice } from './swap.ts';

/** Deletes a statement, or replaces an expression by one of its parts. */
export const remove = mutation('delete', 1, (parent, random) =>
  random.next() < 0.35 ? dropLine(parent, random) : hoist(parent, random),
);

function hoist(parent: Analysis, random: Random): Change {
  const typed = parent.sites.filter((each) => each.type === 'number' || each.type === 'boolean');
  if (typed.length === 0) return undefined;
  const site = random.pick(typed);
  const parts = typed.filter(
    (each) =>
      each.node.start >= site.node.start &&
      each.node.end <= site.node.end &&
      each.node !== site.node &&
      each.scope === site.scope &&
      each.type === site.type &&
      each.role === 'plain',
  );
  if (parts.length === 0) return undefined;
  const part = slice(parent, random.pick(parts).node);
  const edits = [{ start: site.start, end: site.end, text: wrap(part, site.slot) }];
  return { edits, note: `delete: all of an expression but ${part.text.replace(/\s+/g, ' ').slice(0, 60)}` };
}

function dropLine(parent: Analysis, random: Random): Change {
  const lines = parent.lines.filter((each) => isSpare(parent, each));
  if (lines.length === 0) return undefined;
  const { node } = random.pick(lines);
  const { text } = parent;
  // An `if` with braces may be replaced by the statements that it guards.
  const kept = node.type === 'IfStatement' && random.next() < 0.4 ? unguarded(parent, node) : undefined;
  const edit = kept !== undefined ? { start: node.start, end: node.end, text: kept } : cut(parent, node);
  return {
    edits: [edit],
    note: `delete: ${text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(0, 60)}`,
  };
}

function unguarded(parent: Analysis, node: Line['node']): string | undefined {
  const body = node.consequent;
  if (body.type !== 'BlockStatement') return parent.text.slice(body.start, body.end);
  return holds(body, /Declaration$/) ? undefined : parent.text.slice(body.start + 1, body.end - 1).trim();
}

/** Whether a statement can be deleted without leaving a name undefined, a loop endless or a function without its result. */
function isSpare(parent: Analysis, line: Line): boolean {
  const { node } = line;
  if (line.drives || /^(Export|Import)|^EmptyStatement$/.test(node.type)) return false;
  if (node.type === 'ReturnStatement' && line.last) return false;
  if (!/Declaration$/.test(node.type)) return true;
  const declared = new Set<string>();
  for (const [binding, at] of parent.declaredAt)
    if (at >= node.start && at < node.end) declared.add(binding.name);
  return parent.references.every(
    (each) => !declared.has(each.node.name) || (each.node.start >= node.start && each.node.end <= node.end),
  );
}
