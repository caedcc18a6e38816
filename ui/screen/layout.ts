import type { Size } from './scene.ts';
import { focused, type PaneName, panes, type ViewState } from './view.ts';

/** Where a pane stands in the body of the screen, its frame included. */
export interface Place extends Size {
  readonly pane: PaneName | 'summary';
  readonly x: number;
  readonly y: number;
}

/** A screen smaller than this shows nothing but a word about it. */
export const least: Size = { columns: 40, rows: 10 };

/** A page: columns from left to right, in each the panes from top to bottom with their share of the rows. */
type Page = readonly (readonly (readonly [pane: PaneName, share: number])[])[];

const all: readonly Page[] = [
  [
    [
      ['curve', 6],
      ['islands', 5],
      ['budgets', 4],
    ],
    [
      ['leaders', 6],
      ['arms', 5],
      ['events', 4],
    ],
    [
      ['funnel', 6],
      ['workers', 5],
      ['training', 4],
    ],
  ],
];

const some: readonly Page[] = [
  [
    [
      ['curve', 1],
      ['islands', 1],
      ['workers', 1],
    ],
    [
      ['leaders', 1],
      ['arms', 1],
      ['events', 1],
    ],
  ],
  [
    [
      ['funnel', 3],
      ['budgets', 2],
      ['training', 2],
    ],
  ],
];

/** Which panes a body of that size shows, and where: all of them, six, or one, by the room there is. */
export function arrange(view: Pick<ViewState, 'focus' | 'zoomed'>, { columns, rows }: Size): Place[] {
  const whole = (pane: Place['pane']): Place[] => [{ pane, x: 0, y: 0, columns, rows }];
  const pages = columns >= 160 && rows >= 45 ? all : columns >= 100 && rows >= 26 ? some : undefined;
  if (!pages) return whole(view.focus);
  const pane = focused(view);
  if (view.zoomed) return whole(pane);
  const page = pages.find((each) => each.some((column) => column.some(([name]) => name === pane)))!;
  return page.flatMap((column, i) => {
    const [x, next] = [i, i + 1].map((at) => Math.round((at * columns) / page.length)) as [number, number];
    return stacked(column, rows).map((place) => ({ ...place, x, columns: next - x }));
  });
}

function stacked(column: Page[number], rows: number): Pick<Place, 'pane' | 'y' | 'rows'>[] {
  const total = column.reduce((sum, [, share]) => sum + share, 0);
  let before = 0;
  return column.map(([pane, share]) => {
    const [y, end] = [before, before + share].map((at) => Math.round((at * rows) / total)) as [
      number,
      number,
    ];
    before += share;
    return { pane, y, rows: end - y };
  });
}

/** The number that goes to a pane. */
export function numberOf(pane: PaneName): number {
  return panes.indexOf(pane) + 1;
}
