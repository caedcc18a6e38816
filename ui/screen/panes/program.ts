import { armName } from '../../../core/search/arm.ts';
import { objectivesSaid } from '../../text/words.ts';
import { score } from '../figures.ts';
import { safe } from '../glyphs.ts';
import type { ProgramDetail } from '../program-detail.ts';
import type { FrameInput, Pane, Size } from '../scene.ts';
import { type Row, span } from '../text.ts';
import { type Tab, tabs } from '../view.ts';
import { linesOf } from './tabs.ts';

/** Rows above the lines of a tab. */
export const programHead = 4;

/** One program: what it is and where it comes from, then a tab of it from the line that it is scrolled to. */
export const programPane: Pane = (scene, size) => {
  const { trail, tab, scroll } = scene.view.program!;
  const head = [...headOf(scene, trail.at(-1)!), tabsRow(tab), []];
  return [...head, ...programLines(scene, size).slice(scroll, scroll + size.rows - programHead)];
};

/** All lines of the open tab. */
export function programLines(scene: FrameInput, { columns }: Pick<Size, 'columns'>): readonly Row[] {
  const { trail, tab } = scene.view.program!;
  const detail = scene.details.get(trail.at(-1)!);
  if (detail === undefined || detail === 'reading') return [[span('Reading the journal', 'quiet')]];
  if ('error' in detail) return [[span(safe(detail.error, scene.glyphs), 'bad')]];
  const parent = scene.details.get(detail.parents[0] ?? '');
  const known = parent && parent !== 'reading' && !('error' in parent) ? parent : undefined;
  return kept(detail, known, tab, scene, columns);
}

/** The lines made last: they are asked for at every frame, and a program does not change once it has settled. */
let last: { readonly key: readonly unknown[]; readonly lines: readonly Row[] } | undefined;

function kept(
  detail: ProgramDetail,
  parent: ProgramDetail | undefined,
  tab: Tab,
  scene: FrameInput,
  columns: number,
): readonly Row[] {
  const key = [detail, parent, tab, columns, scene.glyphs, scene.known];
  if (!last || last.key.some((each, i) => each !== key[i])) {
    last = { key, lines: linesOf[tab](detail, parent, scene, columns) };
  }
  return last.lines;
}

function headOf({ details, glyphs, view, facts, known }: FrameInput, id: string): Row[] {
  const detail = details.get(id);
  const trail = view.program!.trail;
  const way = trail.length > 1 ? `  opened from ${trail.slice(0, -1).reverse().join(', ')}` : '';
  if (detail === undefined || detail === 'reading' || 'error' in detail)
    return [[span(id, 'strong'), span(way)], []];
  const { outcome, verdict, arm, island, parents, note, why } = detail;
  const ended = outcome === null ? (verdict ?? 'running') : outcome.status;
  const worth = outcome?.status === 'scored' ? score({ known }, outcome.score) : ended;
  const goals = outcome?.status === 'scored' ? objectivesSaid(facts.problem, outcome.measures) : [];
  const leads = id === facts.best.id ? ` ${glyphs.best} best` : '';
  const made = parents.length > 0 ? ` of ${parents.join(' and ')}` : '';
  const where = island === null ? '' : `, island ${island + 1}`;
  return [
    [
      span(id, 'strong'),
      span(`  ${worth}${leads}`, outcome?.status === 'scored' ? 'good' : verdict ? 'bad' : 'quiet'),
      ...(goals.length > 0 ? [span(`  ${safe(goals.join(', '), glyphs)}`)] : []),
      span(`  ${safe(armName(arm), glyphs)}${made}${where}`),
      span(way, 'quiet'),
    ],
    [span(safe([note, why].filter(Boolean).join('; '), glyphs), 'quiet')],
  ];
}

function tabsRow(open: Tab): Row {
  return tabs.flatMap((tab, i) => [span(` ${i + 1} ${tab} `, tab === open ? 'chosen' : 'quiet'), span(' ')]);
}
