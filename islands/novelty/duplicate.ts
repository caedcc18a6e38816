/**
 * Whether a canonical form was met before: settled by a trial numbered `horizon` or lower, seeds being 0. `seen`
 * holds the first trial of each form. With a horizon the answer does not depend on which of two running trials
 * ended first.
 */
export function isDuplicate(seen: ReadonlyMap<string, number>, canonical: string, horizon: number): boolean {
  const first = seen.get(canonical);
  return first !== undefined && first <= horizon;
}
