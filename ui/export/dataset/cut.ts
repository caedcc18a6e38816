/** The programs in an example, by name. */
export interface Holds {
  /** Children and their parents. */
  readonly own: readonly string[];
  /** Other programs in its prompts. */
  readonly shown: readonly string[];
}

/** Whether a name is a seed's; seeds are part of the problem and occur in both splits. */
export function isSeed(name: string): boolean {
  return /\/seed-\d+$/.test(name);
}

/**
 * The programs whose examples are held out: whole branches of the tree of first parents, the largest that fit first, until
 * the examples within them are about the requested share. Empty where no branch fits.
 * @param parents - the first parent of every program, also of those in no example
 */
export function cut(
  examples: readonly Holds[],
  parents: ReadonlyMap<string, string>,
  share: number,
): ReadonlySet<string> {
  const inside = new Map<string, number>();
  for (const { own } of examples) {
    for (const root of common(
      own.filter((name) => !isSeed(name)),
      parents,
    )) {
      inside.set(root, (inside.get(root) ?? 0) + 1);
    }
  }
  let left = Math.round(share * examples.length);
  const roots = new Set<string>();
  // Ancestors of a root: their branches would contain the root's.
  const above = new Set<string>();
  for (const [root, count] of [...inside].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))) {
    const line = upwards(root, parents);
    if (count > left || above.has(root) || line.some((each) => roots.has(each))) continue;
    roots.add(root);
    for (const each of line) above.add(each);
    left -= count;
  }
  if (roots.size === 0) return roots;
  return new Set(
    [...parents.keys()].filter((name) => upwards(name, parents).some((each) => roots.has(each))),
  );
}

/** A program and its ancestors by first parents, without seeds. */
function upwards(name: string, parents: ReadonlyMap<string, string>): string[] {
  const line: string[] = [];
  for (let at: string | undefined = name; at !== undefined && !isSeed(at); at = parents.get(at))
    line.push(at);
  return line;
}

/** The common ancestors of these programs, themselves included. */
function common(names: readonly string[], parents: ReadonlyMap<string, string>): string[] {
  const [some, ...others] = names.map((name) => upwards(name, parents));
  return (some ?? []).filter((each) => others.every((line) => line.includes(each)));
}

/**
 * The split of an example. Undefined where it would leak: if some but not all of its own programs are held out, or if its
 * prompts show a held-out program while its own are not. A held-out prompt may show programs of the training split.
 */
export function sideOf({ own, shown }: Holds, held: ReadonlySet<string>): 'train' | 'test' | undefined {
  const names = own.filter((name) => !isSeed(name));
  if (names.length > 0 && names.every((name) => held.has(name))) return 'test';
  return [...names, ...shown].some((name) => held.has(name)) ? undefined : 'train';
}
