import type { Random } from '../../search/random.ts';

/** Probabilities of the next token after a prefix, by token; their sum is 1. */
export type Next = (prefix: readonly number[]) => readonly number[];

/** Where to branch, and which branches are kept. */
export interface Lookahead {
  /** Number of trajectories. */
  readonly width: number;
  /** Maximum number of tokens of a trajectory, and the token that ends one earlier. */
  readonly length: number;
  readonly end?: number;
  /** A token starts a branch if its probability is above `absolute` and less than `relative` below the highest. */
  readonly absolute?: number;
  readonly relative?: number;
  /** Maximum number of continuations of one prefix, including the likeliest token. */
  readonly most?: number;
  /** Numbers of tokens after which a branch is compared with its parent trajectory. */
  readonly looks?: readonly number[];
  /** Edit distance divided by length below which it is removed. */
  readonly distance?: number;
}

/** The sampled trajectories. */
export interface Trajectories {
  readonly trajectories: readonly (readonly number[])[];
  /** Number of tokens requested from the policy; a shared prefix counts once. */
  readonly tokens: number;
}

interface Path {
  readonly tokens: number[];
  /** Its parent, and the number of tokens at the branch. */
  readonly from?: Path;
  readonly since: number;
  live: boolean;
}

/** The tokens besides the likeliest that start a branch, most likely first. */
export function branchesAt(
  odds: readonly number[],
  { absolute = 0.15, relative = 0.25, most = 2 }: Partial<Lookahead> = {},
): number[] {
  const likeliest = likeliestOf(odds);
  return odds
    .map((_, token) => token)
    .filter(
      (token) => token !== likeliest && odds[token]! > absolute && odds[likeliest]! - odds[token]! < relative,
    )
    .sort((a, b) => odds[b]! - odds[a]!)
    .slice(0, most - 1);
}

/**
 * Diverse trajectories (LATR, Xing 2025): each takes the likeliest token, and where the policy is uncertain, branches follow
 * the alternatives. A branch is removed with its own branches where after 20, 30 or 50 tokens its edit distance to its parent
 * is below 0.4 of its length, unless one of the two has ended. Once there are `width` trajectories, or all have ended, plain
 * sampling completes them and adds the missing ones. The numbers and this order are those of the authors' code.
 */
export function lookahead(next: Next, options: Lookahead, random: Random): Trajectories {
  const { width, length, end, looks = [20, 30, 50], distance = 0.4 } = options;
  let tokens = 0;
  const ended = ({ tokens: own }: Path): boolean =>
    own.length >= length || (end !== undefined && own.at(-1) === end);
  const ask = (path: Path): readonly number[] => {
    tokens++;
    return next(path.tokens);
  };
  const sample = (path: Path): Path => {
    while (!ended(path)) path.tokens.push(random.weighted(ask(path)));
    return path;
  };
  let paths: Path[] = [{ tokens: [], since: 0, live: true }];
  while (paths.length < width && paths.some((path) => !ended(path))) {
    for (const path of paths.filter((each) => !ended(each))) {
      const odds = ask(path);
      const before = [...path.tokens];
      path.tokens.push(likeliestOf(odds));
      for (const token of branchesAt(odds, options))
        if (paths.length < width)
          paths.push({ tokens: [...before, token], from: path, since: before.length, live: true });
    }
    for (const path of paths)
      if (looks.includes(path.tokens.length - path.since) && tooAlike(path, distance, end)) path.live = false;
    // Parents precede their branches in the list.
    for (const path of paths) if (path.from && !path.from.live) path.live = false;
    paths = paths.filter(({ live }) => live);
  }
  paths.forEach(sample);
  while (paths.length < width) paths.push(sample({ tokens: [], since: 0, live: true }));
  return { trajectories: paths.map((path) => path.tokens), tokens };
}

function likeliestOf(odds: readonly number[]): number {
  return odds.indexOf(Math.max(...odds));
}

/** The share of a group sampled with lookahead: 1, then 3/4, 1/2 and 1/4, each for 100 training steps. */
export function lookaheadShare(step: number): number {
  return 1 - 0.25 * Math.min(3, Math.floor(step / 100));
}

function tooAlike({ tokens, from, since }: Path, distance: number, end: number | undefined): boolean {
  if (!from) return false;
  const own = tokens.slice(since);
  const other = from.tokens.slice(since, tokens.length);
  if (end !== undefined && (own.includes(end) || other.includes(end))) return false;
  return editDistance(own, other) / own.length < distance;
}

/** The Levenshtein distance of two lists. */
export function editDistance(a: readonly number[], b: readonly number[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const above = row;
    row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
  }
  return row[b.length]!;
}
