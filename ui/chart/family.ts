import { circle, line } from '../../problems/svg.ts';
import { chart, greys, letters, type Page, told, words } from './page.ts';
import { scale, spanOf, ticks } from './scale.ts';

/** A program among its ancestors. */
export interface Member {
  readonly id: string;
  /** When it came to be, in evaluations. */
  readonly x: number;
  /** Its score: higher is better. */
  readonly y: number;
  readonly parents: readonly string[];
  readonly said: string;
  /** Whether it stands on the line from the seed to the youngest. */
  readonly main: boolean;
}

/** A family tree: who came of whom, by score, from left to right in time. */
export interface Family {
  readonly title: string;
  /** What is counted from left to right. */
  readonly x: string;
  readonly y: { readonly name: string; readonly write: (value: number) => string };
  readonly members: readonly Member[];
  readonly colour: string;
}

/** A family tree as SVG text: first parents strong, the others of a crossing faint. */
export function family({ title, x, y, members, colour }: Family, page: Page): string {
  const heights = spanOf(ranked(members.map((each) => each.y)));
  const values = ticks(heights, page.height / 60);
  const known = new Map(members.map((each) => [each.id, each]));
  const numbers = values.map(y.write);
  const left = 18 + Math.max(1, ...numbers.map((each) => each.length)) * letters.width;
  const [right, top, bottom] = [page.width - 14, 34, page.height - 40];
  const across = { low: 0, high: Math.max(1, ...members.map((each) => each.x)) };
  const atX = scale(across, left, right);
  const place = scale(heights, bottom - 8, top);
  // What lies far below is shown at the edge.
  const atY = (value: number): number => Math.min(bottom, place(value));
  const edges = members.flatMap((child) =>
    child.parents.flatMap((id, i) => {
      const parent = known.get(id);
      if (!parent) return [];
      const strong = child.main && i === 0;
      const look = {
        stroke: strong ? colour : greys.soft,
        'stroke-width': strong ? 2 : 1,
        'stroke-opacity': strong ? 1 : 0.45,
      };
      return line(atX(parent.x), atY(parent.y), atX(child.x), atY(child.y), look);
    }),
  );
  const dots = members
    .toSorted((a, b) => Number(a.main) - Number(b.main))
    .map(({ x: at, y: score, said, main }) => {
      const look = main ? { fill: colour, stroke: greys.ground } : { fill: greys.ground, stroke: greys.soft };
      return told(said, [circle(atX(at), atY(score), main ? 4 : 3, look)]);
    });
  return chart(page, title, [
    words(left, 16, y.name, { fill: greys.soft }),
    ...values.flatMap((value, i) => [
      line(left, atY(value), right, atY(value), { stroke: greys.rule }),
      words(left - 10, atY(value) + 4, numbers[i]!, { anchor: 'end', fill: greys.soft }),
    ]),
    ...ticks(across, page.width / 110).flatMap((value) => [
      line(atX(value), bottom, atX(value), bottom + 5, { stroke: greys.soft }),
      words(atX(value), bottom + 19, value.toLocaleString('en-US'), { anchor: 'middle', fill: greys.soft }),
    ]),
    line(left, bottom, right, bottom, { stroke: greys.ink }),
    words(right, bottom + 36, x, { anchor: 'end', fill: greys.soft }),
    ...edges,
    ...dots,
  ]);
}

/** Scores without the worst ones that would squeeze the others together: no more than three times as far as most. */
function ranked(scores: readonly number[]): number[] {
  const sorted = scores.toSorted((a, b) => b - a);
  const [best, most] = [sorted[0]!, sorted[Math.floor(sorted.length * 0.8)]!];
  return best > most ? sorted.filter((each) => each >= best - 3 * (best - most)) : sorted;
}
