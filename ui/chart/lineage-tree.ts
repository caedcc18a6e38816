import { circle, line } from '../../problems/svg.ts';
import { amount, axes, roomFor, written } from './axes.ts';
import { chart, greys, type Page, told } from './page.ts';
import { scale, spanOf, ticks } from './scale.ts';

/** A program among its ancestors. */
interface Member {
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

/** A family tree: parents and children by score, from left to right in time. */
export interface LineageTree {
  readonly title: string;
  /** What is counted from left to right. */
  readonly x: string;
  readonly y: { readonly name: string; readonly write: (value: number) => string };
  readonly members: readonly Member[];
  readonly colour: string;
}

/** A family tree as SVG text: first parents strong, the others of a crossing faint. */
export function lineageTree({ title, x, y, members, colour }: LineageTree, page: Page): string {
  const heights = spanOf(ranked(members.map((each) => each.y)));
  const upright = written(ticks(heights, page.height / 60), y.write);
  const known = new Map(members.map((each) => [each.id, each]));
  const left = roomFor(upright);
  const frame = { left, right: page.width - 14, top: 34, bottom: page.height - 40 };
  const across = { low: 0, high: members.reduce((most, each) => Math.max(most, each.x), 1) };
  const atX = scale(across, left + 6, frame.right);
  const place = scale(heights, frame.bottom - 8, frame.top);
  // What lies far below is shown at the edge.
  const atY = (value: number): number => Math.min(frame.bottom, place(value));
  const below = written(ticks(across, page.width / 110), amount);
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
    ...axes(
      frame,
      { name: x, ticks: below, at: atX },
      { name: y.name, ticks: upright, at: atY, ruled: true },
    ),
    ...edges,
    ...dots,
  ]);
}

/** Scores without the worst ones that would squeeze the others together: no more than ten times as far as most. */
function ranked(scores: readonly number[]): number[] {
  const sorted = scores.toSorted((a, b) => b - a);
  const [best, most] = [sorted[0]!, sorted[Math.floor(sorted.length * 0.8)]!];
  return best > most ? sorted.filter((each) => each >= best - 10 * (best - most)) : sorted;
}
