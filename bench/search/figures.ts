/** A sweep as pictures: for each problem the best score against evaluations, median and quartiles of each strategy. */

import { holdsOut, tickOf, unitOf } from '../../ui/text/numbers.ts';
import { draw, type Series } from '../chart.ts';
import { median, quantile } from '../statistics.ts';
import { named, strategies } from './plan.ts';
import type { Searched } from './records.ts';
import type { Group } from './table.ts';

/** Places along a line. */
const places = 120;

/** The chart of one problem, as SVG; undefined where none of the strategies was run. */
export function chartOf({ problem, budget, records }: Group): string | undefined {
  const last = records[0]!.evaluations!;
  const first = Math.max(1, last / 300);
  const grid = Array.from({ length: places }, (_, i) => first * (last / first) ** (i / (places - 1)));
  const series = named('engine', 'baseline', 'extra').flatMap((name): Series[] => {
    const found = records.filter(({ strategy }) => strategy === name);
    if (found.length === 0) return [];
    const points = grid.map((x) => {
      const values = found.map((each) => bestBy(each, x));
      return { x, y: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) };
    });
    return [{ name: strategies[name].title, points }];
  });
  if (series.length === 0) return undefined;
  const seeds = new Set(records.map(({ seed }) => seed)).size;
  const where = holdsOut(problem) ? ', on the cases of the search' : '';
  return draw({
    title: problem.name,
    x: { title: 'evaluations', logarithmic: true },
    y: { title: `${unitOf(problem)} (up is better)`, write: (score) => tickOf(problem, score) },
    series,
    references: onePerName(problem.references ?? []).map(({ name, score }) => ({ name, y: score })),
    note: `Median and quartiles of ${seeds} seeds, ${budget} each${where}.`,
  });
}

/** The best score of a search by its `evaluations`-th evaluation. */
function bestBy({ curve }: Searched, evaluations: number): number {
  return (curve.findLast(([used]) => used <= evaluations) ?? curve[0]!)[1];
}

/** Of references with one name that on our own cases, else the first. */
function onePerName<R extends { readonly name: string; readonly source: string }>(
  references: readonly R[],
): R[] {
  return [...Map.groupBy(references, ({ name }) => name).values()].map(
    (same) => same.find(({ source }) => source.startsWith('our ')) ?? same[0]!,
  );
}
