import type { Random } from '../../../search/random.ts';
import { applyEdits, type Edit } from '../../../text/edit.ts';
import { resolve } from '../bindings.ts';
import type { Node } from '../parse.ts';
import { visible } from './analysis/scope.ts';
import type { Analysis, Reference, Scope } from './analysis/types.ts';
import { vocabulary } from './vocabulary.ts';

const everywhere = /^(Math|Infinity|NaN|undefined)$/;

/** Text from one program that is valid in another. */
export interface Transplant {
  readonly text: string;
  /** What replaces a name of the donor, where it is not the same name. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * The donor's text of a node with its free names bound at its new site: to the same name if that is visible there, else
 * to one of the same type; undefined when there is none.
 */
export function transplant(
  donor: Analysis,
  node: Node,
  parent: Analysis,
  scope: Scope,
  offset: number,
  random: Random,
): Transplant | undefined {
  const inside = (at: number): boolean => at >= node.start && at < node.end;
  if (donor.bound.some(inside)) return undefined;
  const here = new Map(visible(scope, offset).map((each) => [each.name, each]));
  const words = vocabulary(parent, scope, offset, random);
  const chosen = new Map<string, string>();
  const edits: Edit[] = [];
  for (const reference of donor.references) {
    if (!inside(reference.node.start)) continue;
    const name: string = reference.node.name;
    const meant = resolve(name, reference.scope);
    if (meant === undefined) {
      if (here.has(name) || !(everywhere.test(name) || parent.names.has(name))) return undefined;
      continue;
    }
    // A name declared inside is kept, unless it would hide or clash with a name in use here.
    if (declaredInside(donor, node, reference, meant.from)) continue;
    const same = here.get(name);
    if (same && (same.type === meant.type || same.type === 'unknown' || meant.type === 'unknown')) {
      if (same.kind === 'function' && !isDone(parent, name, offset)) return undefined;
      if (reference.write && !same.assigned && same.kind !== 'parameter') return undefined;
      continue;
    }
    if (reference.write) return undefined;
    const pool =
      meant.type === 'array'
        ? words.arrays
        : meant.type === 'matrix'
          ? words.matrices
          : meant.type === 'boolean'
            ? words.booleans
            : meant.type === 'number'
              ? words.numbers
              : [];
    if (pool.length === 0) return undefined;
    if (!chosen.has(name)) chosen.set(name, random.pick(pool));
    const to = chosen.get(name)!;
    edits.push({
      start: reference.node.start - node.start,
      end: reference.node.end - node.start,
      text: reference.shorthand ? `${name}: ${to}` : to,
    });
  }
  return { text: applyEdits(donor.text.slice(node.start, node.end), edits), names: chosen };
}

/** Whether a function ends before an offset, so that a call there is no recursion. */
function isDone(program: Analysis, name: string, offset: number): boolean {
  return program.routines.some((each) => each.name === name && each.node.end <= offset);
}

function declaredInside(donor: Analysis, node: Node, reference: Reference, from: number): boolean {
  const meant = resolve(reference.node.name, reference.scope)!;
  const at = donor.declaredAt.get(meant) ?? from;
  return at >= node.start && at < node.end;
}
