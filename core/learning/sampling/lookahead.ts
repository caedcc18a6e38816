import type { Random } from '../../random.ts';

/** Probabilities of the next token after a prefix, by token; they add up to 1. */
export type Next = (prefix: readonly number[]) => readonly number[];

/** Where to branch, and which branches go on. */
export interface Lookahead {
  /** Trajectories wanted. */
  readonly width: number;
  /** Most tokens of a trajectory, and the token that ends one before. */
  readonly length: number;
  readonly end?: number;
  /** A token is worth a branch if its probability is above `absolute` and less than `relative` below the highest. */
  readonly absolute?: number;
  readonly relative?: number;
  /** Most branches at one token. */
  readonly most?: number;
  /** Tokens after which a branch is held against the trajectory that it left. */
  readonly look?: number;
  /** Likeness, 1 - edit distance / `look`, above which it is given up. */
  readonly alike?: number;
}

/** What was sampled. */
export interface Trajectories {
  readonly trajectories: readonly (readonly number[])[];
  /** How many tokens the policy was asked for: what trajectories have in common was asked for once. */
  readonly tokens: number;
}

interface Path {
  readonly tokens: number[];
  /** What it left, and how many tokens both had by then. */
  readonly from?: Path;
  readonly since: number;
  live: boolean;
}

/** The tokens beside `drawn` that are worth a branch, most likely first. */
export function branchesAt(
  odds: readonly number[],
  drawn: number,
  { absolute = 0.15, relative = 0.25, most = 2 }: Partial<Lookahead> = {},
): number[] {
  const highest = Math.max(...odds);
  return odds
    .map((_, token) => token)
    .filter((token) => token !== drawn && odds[token]! > absolute && highest - odds[token]! < relative)
    .sort((a, b) => odds[b]! - odds[a]!)
    .slice(0, most);
}

/**
 * Trajectories that differ (LATR, Xing 2025): at tokens where the policy is in doubt, the alternatives are followed too,
 * and given up where after `look` tokens they say much the same. Up to `width` of them; plain samples make up the number.
 * The thresholds 0.15, 0.25 and 2 are those of the authors' program; that likeness goes by edit distance is recalled from
 * the paper, and its threshold is ours.
 */
export function lookahead(next: Next, options: Lookahead, random: Random): Trajectories {
  const { width, length, end, look = 20, alike = 0.5 } = options;
  let tokens = 0;
  const ended = (path: Path): boolean =>
    path.tokens.length >= length || (end !== undefined && path.tokens.at(-1) === end);
  const grow = (path: Path): readonly number[] => {
    tokens++;
    const odds = next(path.tokens);
    path.tokens.push(random.weighted(odds));
    return odds;
  };
  let paths: Path[] = [{ tokens: [], since: 0, live: true }];
  while (paths.some((path) => !ended(path))) {
    for (const path of paths.filter((each) => !ended(each))) {
      const odds = grow(path);
      const before = path.tokens.slice(0, -1);
      for (const token of branchesAt(odds, path.tokens.at(-1)!, options))
        if (paths.length < width)
          paths.push({ tokens: [...before, token], from: path, since: before.length, live: true });
    }
    for (const path of paths)
      if (path.tokens.length === path.since + look) path.live = !tooAlike(path, alike);
    paths = paths.filter(({ live }) => live);
  }
  while (paths.length < width) {
    const path: Path = { tokens: [], since: 0, live: true };
    while (!ended(path)) grow(path);
    paths.push(path);
  }
  return { trajectories: paths.map((path) => path.tokens), tokens };
}

/** The share of a group to be sampled so, the rest plainly: 1, then 3/4, 1/2 and 1/4, each for 100 steps of training. */
export function lookaheadShare(step: number): number {
  return 1 - 0.25 * Math.min(3, Math.floor(step / 100));
}

function tooAlike({ tokens, from, since }: Path, alike: number): boolean {
  if (!from) return false;
  const own = tokens.slice(since);
  return 1 - editDistance(own, from.tokens.slice(since, since + own.length)) / own.length > alike;
}

/** Insertions, deletions and exchanges that make one list of the other. */
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
