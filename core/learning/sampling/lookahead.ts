import type { Random } from '../../search/random.ts';

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
  /** Most ways on from one prefix, the likeliest token among them. */
  readonly most?: number;
  /** Numbers of tokens after which a branch is compared with the trajectory that it left. */
  readonly looks?: readonly number[];
  /** Edit distance over length below which it is removed. */
  readonly distance?: number;
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

/** The tokens beside the likeliest that are worth a branch, most likely first. */
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
 * Trajectories that differ (LATR, Xing 2025): each takes the likeliest token, and where the policy is in doubt the
 * alternatives are followed too. A branch is removed, with those that left it, where after 20, 30 or 50 tokens its edit
 * distance to the trajectory that it left is below 0.4 of its length, unless one of both has ended. Once there are `width`
 * trajectories, or all have ended, plain sampling completes them and makes up the number. The numbers and this order are
 * those of the authors' program.
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
    // Parents stand before their branches.
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

/** The share of a group to be sampled so, the rest plainly: 1, then 3/4, 1/2 and 1/4, each for 100 steps of training. */
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
