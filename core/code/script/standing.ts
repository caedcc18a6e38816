import { declared, type Unit } from './unit.ts';

/** When a local has its value: before any file has run, after its own has, or never for good. */
export type Standing = (local: string) => 'always' | 'late' | 'changes';

/** What was found out of each file: a library is read once, and asked of for many programs. */
const known = new WeakMap<Unit, Standing>();

/** What a file's text tells of its locals. A name that another hides counts too. */
export function standingIn(unit: Unit): Standing {
  const standing = known.get(unit) ?? read(unit);
  known.set(unit, standing);
  return standing;
}

function read(unit: Unit): Standing {
  const { anywhere, inside } = assignedIn(unit);
  const hoisted = hoistedIn(unit);
  return (local) => {
    if (inside.has(local)) return 'changes';
    return hoisted.has(local) && !anywhere.has(local) ? 'always' : 'late';
  };
}

/** Names of a file's functions that are there before its first line has run. */
function hoistedIn({ tree }: Unit): Set<string> {
  const names = tree.body.map((node: any) => {
    const at = node.declaration ?? node;
    return at.type === 'FunctionDeclaration' ? at.id?.name : undefined;
  });
  return new Set(names.filter(Boolean));
}

/** Names that a file assigns to after it declared them: anywhere, and inside functions. Hidden names count too. */
function assignedIn({ tree }: Unit): { readonly anywhere: Set<string>; readonly inside: Set<string> } {
  const anywhere = new Set<string>();
  const inside = new Set<string>();
  const open: { node: any; deep: boolean }[] = [{ node: tree, deep: false }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, deep } = next;
    if (typeof node !== 'object' || node === null) continue;
    const within = deep || /Function/.test(node.type ?? '');
    const target =
      node.type === 'UpdateExpression'
        ? node.argument
        : /^(AssignmentExpression|For(In|Of)Statement)$/.test(node.type)
          ? node.left
          : undefined;
    for (const name of target?.type === 'VariableDeclaration' ? [] : declared(target)) {
      anywhere.add(name);
      if (within) inside.add(name);
    }
    for (const child of Object.values(node)) open.push({ node: child, deep: within });
  }
  return { anywhere, inside };
}
