/** A program that may be selected again. */
export interface Reusable {
  readonly id: string;
  readonly score: number;
  /** All its ancestors. */
  readonly ancestors: readonly string[];
}

/** The results of earlier selections. */
export interface Visits {
  /** Number of selections of a program or its descendants. */
  readonly counts: ReadonlyMap<string, number>;
  /** Best score of a program's children. */
  readonly best: ReadonlyMap<string, number>;
  readonly total: number;
}

/** No selections. */
export const noVisits: Visits = { counts: new Map(), best: new Map(), total: 0 };

/**
 * The PUCT value of each program (TTT-Discover, Yuksekgonul 2026; PUCT, Rosin 2011): Q + c scale P sqrt(1 + T) / (1 + n).
 * Q is the best score of its children, or its own without children; P is proportional to N - rank, with rank 0 for the
 * best; scale is the range of scores, T the number of all visits and n its own.
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

/** Up to `count` programs with the highest values for one batch, none an ancestor of another. */
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

/** The visits after a program was selected; `child` is its best child's score, undefined where none was valid. */
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

/** The children of one parent that are kept: the best `count`, 2 in the authors' code. */
export function foremost<Child extends { readonly score: number }>(
  children: readonly Child[],
  count = 2,
): Child[] {
  return children.toSorted((a, b) => b.score - a.score).slice(0, count);
}
