import type { Glyphs } from './glyphs.ts';
import { arrange, least, numberOf, type Place } from './layout.ts';
import { armsPane } from './panes/arms.ts';
import { budgetsPane } from './panes/budgets.ts';
import { curvePane } from './panes/curve.ts';
import { eventsPane } from './panes/events.ts';
import { footer } from './panes/footer.ts';
import { funnelPane } from './panes/funnel.ts';
import { headerPane } from './panes/header.ts';
import { helpPane } from './panes/help.ts';
import { islandsPane } from './panes/islands.ts';
import { leadersPane } from './panes/leaders.ts';
import { programHead, programLines, programPane } from './panes/program.ts';
import { summaryPane } from './panes/summary.ts';
import { trainingPane } from './panes/training.ts';
import { workersPane } from './panes/workers.ts';
import type { FrameInput, Pane, Size } from './scene.ts';
import { fitted, type Row, type Span, span, type Tone } from './text.ts';
import { focused, type PaneName } from './view.ts';

const painters: Record<PaneName | 'summary', Pane> = {
  summary: summaryPane,
  curve: curvePane,
  leaders: leadersPane,
  islands: islandsPane,
  arms: armsPane,
  funnel: funnelPane,
  workers: workersPane,
  budgets: budgetsPane,
  events: eventsPane,
  training: trainingPane,
};

/** Rows of the header and of the footer. */
const [above, below] = [3, 1] as const;

/** The whole screen: exactly as many rows as it has, each of exactly as many columns. */
export function frame(scene: FrameInput, { columns, rows }: Size): Row[] {
  if (columns < least.columns || rows < least.rows) return small({ columns, rows });
  const body: Size = { columns, rows: rows - above - below };
  const lines = [
    ...headerPane(scene, { columns, rows: above }),
    ...bodyOf(scene, body),
    footer(scene, columns),
  ];
  return lines.map((row) => {
    const whole = fitted(row, columns);
    return scene.glyphs.unicode ? whole : typed(whole);
  });
}

function bodyOf(scene: FrameInput, body: Size): Row[] {
  const { view, glyphs } = scene;
  if (view.help) return boxed('keys', 'focus', helpPane(scene, inside(body)), body, glyphs);
  if (view.program) return boxed('program', 'focus', programPane(scene, inside(body)), body, glyphs);
  return joined(arrange(view, body), scene, body);
}

/** Panes side by side and above each other. */
function joined(places: readonly Place[], scene: FrameInput, { rows }: Size): Row[] {
  const lines: Span[][] = Array.from({ length: rows }, () => []);
  for (const place of places.toSorted((a, b) => a.x - b.x)) {
    const { pane } = place;
    const title = pane === 'summary' ? '0 summary' : `${numberOf(pane)} ${pane}`;
    const tone = pane === 'summary' || pane === focused(scene.view) ? 'focus' : 'quiet';
    const box = boxed(title, tone, painters[pane](scene, inside(place)), place, scene.glyphs);
    for (const [i, row] of box.entries()) lines[place.y + i]!.push(...row);
  }
  return lines;
}

/** The size inside a frame. */
function inside({ columns, rows }: Size): Size {
  return { columns: columns - 4, rows: rows - 2 };
}

function boxed(
  title: string,
  tone: Tone,
  rows: readonly Row[],
  { columns, rows: tall }: Size,
  { corners, horizontal, vertical }: Glyphs,
): Row[] {
  const [topLeft, topRight, bottomLeft, bottomRight] = corners;
  const rule = horizontal.repeat(Math.max(0, columns - title.length - 5));
  const side = span(vertical, tone === 'focus' ? 'focus' : 'quiet');
  return [
    [
      span(`${topLeft}${horizontal} `, tone),
      span(title, tone === 'focus' ? 'focus' : 'strong'),
      span(` ${rule}${topRight}`, tone),
    ],
    ...Array.from({ length: tall - 2 }, (_, i) => [
      side,
      span(' '),
      ...fitted(rows[i] ?? [], columns - 4),
      span(' '),
      side,
    ]),
    [span(`${bottomLeft}${horizontal.repeat(columns - 2)}${bottomRight}`, tone)],
  ];
}

/** A row in ASCII, for a terminal without Unicode. */
function typed(row: Row): Row {
  return row.map(({ text, tone }) => ({
    text: text.replaceAll('…', '~').replace(/[^\x20-\x7e]/gu, '?'),
    tone,
  }));
}

function small({ columns, rows }: Size): Row[] {
  const words = [`${columns}x${rows} is too small:`, `${least.columns}x${least.rows} at least, please`];
  return Array.from({ length: rows }, (_, i) => fitted([span(words[i] ?? '')], columns));
}

/** Lines of the open program's tab on a screen of that size, and how many of them are seen; none where none is open. */
export function programExtent(
  scene: FrameInput,
  { columns, rows }: Size,
): { readonly lines: number; readonly page: number } {
  if (!scene.view.program) return { lines: 0, page: 0 };
  const size = inside({ columns, rows: rows - above - below });
  return { lines: programLines(scene, size).length, page: size.rows - programHead };
}
