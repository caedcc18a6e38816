import type { Packing } from './bin-packing.ts';
import { colours, line, polyline, rect, svg, text } from './svg.ts';

const width = 480;
const margin = 12;
const inner = width - 2 * margin;
/** Bins that are drawn one by one, with their items; of more, only the loads. */
const most = 400;

/**
 * The packing: bins in the order in which they were opened, items stacked and the darker the later they came, the
 * room that was lost on top. Of thousands of bins, their loads from full to empty.
 */
export function picture({ capacity, items }: Packing, output: readonly number[]): string {
  const bins = new Map<number, Stacked[]>();
  for (const [i, size] of items.entries()) {
    const inBin = bins.get(output[i]!) ?? [];
    inBin.push({ size, age: i / items.length });
    bins.set(output[i]!, inBin);
  }
  const bound = Math.ceil(items.reduce((sum, size) => sum + size, 0) / capacity);
  const title = `${bins.size} bins, ${bound} is a lower bound`;
  const heading = text(margin, 26, title);
  const stacks = [...bins.values()];
  return stacks.length > most
    ? loads(stacks, capacity, bound, title, heading)
    : stacked(stacks, capacity, title, heading);
}

interface Stacked {
  readonly size: number;
  /** When it came, from 0 to 1. */
  readonly age: number;
}

function stacked(bins: readonly Stacked[][], capacity: number, title: string, heading: string): string {
  const rows = Math.ceil(bins.length / 75);
  const perRow = Math.ceil(bins.length / rows);
  const high = 120;
  const wide = inner / perRow;
  const parts = bins.flatMap((items, bin) => {
    const x = margin + (bin % perRow) * wide;
    const top = 40 + Math.floor(bin / perRow) * (high + 10);
    let y = top + high;
    const boxes = items.map(({ size, age }) => {
      const tall = (size / capacity) * high;
      y -= tall;
      return rect(x, y, wide * 0.9, tall * 0.97, { fill: shade(age) });
    });
    return [rect(x, top, wide * 0.9, y - top, { fill: colours.orange }), ...boxes];
  });
  const bottom = 40 + rows * (high + 10);
  const legend = [
    ...[0, 0.25, 0.5, 0.75, 0.99].map((age, k) =>
      rect(margin + 16 * k, bottom + 6, 16, 12, { fill: shade(age) }),
    ),
    text(margin + 88, bottom + 18, 'items, first to last', { 'font-size': 14 }),
    rect(margin + 250, bottom + 6, 16, 12, { fill: colours.orange }),
    text(margin + 274, bottom + 18, 'room left', { 'font-size': 14 }),
  ];
  return svg(width, bottom + 28, title, [heading, ...parts, ...legend]);
}

/** From sky to dark blue. */
function shade(age: number): string {
  const between = (from: number, to: number) => Math.round(from + (to - from) * age);
  return `rgb(${between(168, 0)},${between(214, 50)},${between(240, 105)})`;
}

function loads(bins: readonly Stacked[][], capacity: number, bound: number, title: string, heading: string) {
  const loaded = bins.map((items) => items.reduce((sum, { size }) => sum + size, 0)).sort((a, b) => b - a);
  const [top, high] = [60, 260];
  const x = (bin: number) => margin + (bin / bins.length) * inner;
  const y = (load: number) => top + high * (1 - load / capacity);
  const edge = loaded.flatMap((load, bin) => [[x(bin), y(load)] as const, [x(bin + 1), y(load)] as const]);
  const steps = edge.filter(([, height], i) => height !== edge[i - 1]?.[1] || height !== edge[i + 1]?.[1]);
  const corners = [[x(0), y(0)] as const, ...steps, [x(bins.length), y(0)] as const];
  const full = loaded.filter((load) => load === capacity).length;
  return svg(width, top + high + 40, title, [
    heading,
    text(margin, 50, `bins from full to empty; ${full} are full; orange: room left`, { 'font-size': 14 }),
    rect(x(0), top, inner, high, { fill: colours.orange }),
    polyline(corners, { fill: colours.blue, stroke: 'none' }),
    line(x(bound), top - 8, x(bound), top + high + 8, { 'stroke-width': 2, 'stroke-dasharray': '6 4' }),
    text(margin, top + high + 28, 'dashes: the lower bound', { 'font-size': 14 }),
  ]);
}
