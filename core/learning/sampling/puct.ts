/** A program that may be taken up again. */
export interface Reusable {
  readonly id: string;
  readonly score: number;
  /** All programs that it descends from. */
  readonly ancestors: readonly string[];
}

/** What came of taking programs up. */
export interface Visits {
  /** How often it, or a descendant of it, was taken up. */
  readonly counts: ReadonlyMap<string, number>;
  /** The best score of a child. */
  readonly best: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Nothing was taken up yet. */
export const noVisits: Visits = { counts: new Map(), best: new Map(), total: 0 };

/**
 * How promising each program is (TTT-Discover, Yuksekgonul 2026; PUCT, Rosin 2011): Q + c scale P sqrt(1 + T) / (1 + n).
 * Q is the best child's score, its own before there is one; P falls with its rank from the best, in proportion to
 * N - rank, rank from 0; the scale is the range of scores, T all visits and n its own.
 */
export function puct(programs: readonly Reusable[], { counts, best, total }: Visits, c = 1): number[] {
  const scores = programs.map(({ score }) => score);
  const scale = Math.max(Math.max(...scores) - Math.min(...scores), 1e-6);
  const sum = (programs.length * (programs.length + 1)) / 2;
  const order = programs.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const prior = programs.map(() => 0);
  order.forEach((i, rank) => {
    prior[i] = (programs.length - rank) / sum;
  });
  return programs.map(({ id, score }, i) => {
    const q = best.get(id) ?? score;
    return q + (c * scale * prior[i]! * Math.sqrt(1 + total)) / (1 + (counts.get(id) ?? 0));
  });
}

/** Up to `count` programs of the highest value for one batch, none of them an ancestor of another. */
export function takeUp(programs: readonly Reusable[], visits: Visits, count: number, c = 1): Reusable[] {
  const values = puct(programs, visits, c);
  const order = programs.map((_, i) => i).sort((a, b) => values[b]! - values[a]!);
  const taken: Reusable[] = [];
  for (const i of order) {
    const its = programs[i]!;
    const kin = ({ id, ancestors }: Reusable): boolean =>
      ancestors.includes(its.id) || its.ancestors.includes(id);
    if (taken.length < count && !taken.some(kin)) taken.push(its);
  }
  return taken;
}

/** The visits after a program was taken up; `child` is its best child's score, undefined where none was valid. */
export function visited(
  { counts, best, total }: Visits,
  { id, ancestors }: Pick<Reusable, 'id' | 'ancestors'>,
  child: number | undefined,
): Visits {
  const more = new Map(counts);
  for (const each of [id, ...ancestors]) more.set(each, (more.get(each) ?? 0) + 1);
  const found = new Map(best);
  if (child !== undefined) found.set(id, Math.max(found.get(id) ?? child, child));
  return { counts: more, best: found, total: total + 1 };
}

/** The children of one parent that stay: the best `count`, 2 in the paper's program. */
export function foremost<Child extends { readonly score: number }>(
  children: readonly Child[],
  count = 2,
): Child[] {
  return children.toSorted((a, b) => b.score - a.score).slice(0, count);
}
