import { Visitor } from 'oxc-parser';
import { boundBy, declaredBy } from '../bindings.ts';
import type { Node } from '../parse.ts';
import { functionsAround } from '../walk.ts';
import type { Unit } from './module-unit.ts';

/** When a local has its final value: before any file runs, after its own file has run, or never. */
export type Liveness = (local: string) => 'always' | 'late' | 'changes';

/** Cached results by file: a library is read once and used by many programs. */
const known = new WeakMap<Unit, Liveness>();

/** What a file's text says of its locals. Names that are hidden by another count too. */
export function livenessIn(unit: Unit): Liveness {
  const liveness = known.get(unit) ?? read(unit);
  known.set(unit, liveness);
  return liveness;
}

function read(unit: Unit): Liveness {
  const { anywhere, inside } = assignedIn(unit);
  const hoisted = hoistedIn(unit);
  return (local) => {
    if (inside.has(local)) return 'changes';
    return hoisted.has(local) && !anywhere.has(local) ? 'always' : 'late';
  };
}

/** Names of a file's functions that are hoisted above its first line. */
function hoistedIn({ tree }: Unit): ReadonlySet<string> {
  const declared = (tree.body as readonly Node[]).flatMap(declaredBy);
  return new Set(
    declared.filter(({ by }) => by.type === 'FunctionDeclaration').map(({ pattern }) => pattern.name),
  );
}

/** Names that a file assigns to after it declared them: anywhere, and inside functions. Hidden names count too. */
function assignedIn({ tree }: Unit): { readonly anywhere: Set<string>; readonly inside: Set<string> } {
  const anywhere = new Set<string>();
  const inside = new Set<string>();
  const around = functionsAround();
  const assigned = (target: Node): void => {
    for (const { id } of boundBy(target)) {
      anywhere.add(id.name);
      if (around.count() > 0) inside.add(id.name);
    }
  };
  new Visitor({
    ...around.handlers,
    AssignmentExpression: ({ left }) => assigned(left),
    UpdateExpression: ({ argument }) => assigned(argument),
    // A declaration in a `for` is new in each iteration.
    ForInStatement: ({ left }) => assigned(left),
    ForOfStatement: ({ left }) => assigned(left),
  }).visit(tree);
  return { anywhere, inside };
}
