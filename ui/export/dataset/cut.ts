/** Programs that an example holds, by name. */
export interface Holds {
  /** What it is about: children and the programs they were made from. */
  readonly own: readonly string[];
  /** What its prompts show beside them. */
  readonly shown: readonly string[];
}

/** Whether a name is a seed's: seeds are part of the problem, and on both sides of every cut. */
export function isSeed(name: string): boolean {
  return /\/seed-\d+$/.test(name);
}

/**
 * The programs whose examples are held out: whole branches of the tree of first parents, the largest first that fit,
 * until the examples that lie within them are about that share of all. Empty where no branch fits.
 * @param parents - the first parent of every program, whether an example holds it or not
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
  // Programs above a root: a branch from there would hold that of the root.
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

/** A program and those it descends from by first parents, seeds aside. */
function upwards(name: string, parents: ReadonlyMap<string, string>): string[] {
  const line: string[] = [];
  for (let at: string | undefined = name; at !== undefined && !isSeed(at); at = parents.get(at))
    line.push(at);
  return line;
}

/** The programs that all of these are or descend from. */
function common(names: readonly string[], parents: ReadonlyMap<string, string>): string[] {
  const [some, ...others] = names.map((name) => upwards(name, parents));
  return (some ?? []).filter((each) => others.every((line) => line.includes(each)));
}

/**
 * On which side of a cut an example lies. None where it would carry something across: held out, but about a program
 * that is not, or else about or with a program that is. A prompt that is held out may show what is not.
 */
export function sideOf({ own, shown }: Holds, held: ReadonlySet<string>): 'train' | 'test' | undefined {
  const names = own.filter((name) => !isSeed(name));
  if (names.length > 0 && names.every((name) => held.has(name))) return 'test';
  return [...names, ...shown].some((name) => held.has(name)) ? undefined : 'train';
}
