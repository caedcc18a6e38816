import { mainFile, type Source } from '../../../core/program.ts';
import { difference } from '../../diff.ts';
import type { Dossier } from '../dossier.ts';
import { score } from '../figures.ts';
import { safe } from '../glyphs.ts';
import { highlighted } from '../highlight.ts';
import type { Pane, Scene, Size } from '../scene.ts';
import { table } from '../table.ts';
import { folded, type Row, span, type Tone, toned } from '../text.ts';
import { type Tab, tabs } from '../view.ts';

/** Rows above the lines of a tab. */
export const programHead = 4;
/** Lines of context around a change. */
const around = 3;

/** One program: what it is and where it comes from, then a tab of it from the line that it is scrolled to. */
export const programPane: Pane = (scene, size) => {
  const { trail, tab, scroll } = scene.view.program!;
  const head = [...headOf(scene, trail.at(-1)!), tabsRow(tab), []];
  return [...head, ...programLines(scene, size).slice(scroll, scroll + size.rows - programHead)];
};

/** All lines of the open tab. */
export function programLines(scene: Scene, { columns }: Pick<Size, 'columns'>): readonly Row[] {
  const { trail, tab } = scene.view.program!;
  const dossier = scene.dossiers.get(trail.at(-1)!);
  if (dossier === undefined || dossier === 'reading') return [[span('Reading the journal', 'quiet')]];
  if ('error' in dossier) return [[span(safe(dossier.error, scene.glyphs), 'bad')]];
  const parent = scene.dossiers.get(dossier.parents[0] ?? '');
  const known = parent && parent !== 'reading' && !('error' in parent) ? parent : undefined;
  return kept(dossier, known, tab, scene, columns);
}

/** The lines made last: they are asked for at every frame, and a program does not change once it has settled. */
let last: { readonly key: readonly unknown[]; readonly lines: readonly Row[] } | undefined;

function kept(
  dossier: Dossier,
  parent: Dossier | undefined,
  tab: Tab,
  scene: Scene,
  columns: number,
): readonly Row[] {
  const key = [dossier, parent, tab, columns, scene.glyphs, scene.known];
  if (!last || last.key.some((each, i) => each !== key[i])) {
    last = { key, lines: linesOf[tab](dossier, parent, scene, columns) };
  }
  return last.lines;
}

function headOf({ dossiers, glyphs, view, facts, known }: Scene, id: string): Row[] {
  const dossier = dossiers.get(id);
  const trail = view.program!.trail;
  const way = trail.length > 1 ? `  come from ${trail.slice(0, -1).reverse().join(', ')}` : '';
  if (dossier === undefined || dossier === 'reading' || 'error' in dossier)
    return [[span(id, 'strong'), span(way)], []];
  const { outcome, verdict, arm, island, parents, note, why } = dossier;
  const ended = outcome === null ? (verdict ?? 'under way') : outcome.status;
  const worth = outcome?.status === 'scored' ? score({ known }, outcome.score) : ended;
  const leads = id === facts.best.id ? ` ${glyphs.best} best` : '';
  const made = parents.length > 0 ? ` of ${parents.join(' and ')}` : '';
  const where = island === null ? '' : `, island ${island + 1}`;
  return [
    [
      span(id, 'strong'),
      span(`  ${worth}${leads}`, outcome?.status === 'scored' ? 'good' : 'bad'),
      span(`  ${safe(arm, glyphs)}${made}${where}`),
      span(way, 'quiet'),
    ],
    [span(safe([note, why].filter(Boolean).join('; '), glyphs), 'quiet')],
  ];
}

function tabsRow(open: Tab): Row {
  return tabs.flatMap((tab, i) => [span(` ${i + 1} ${tab} `, tab === open ? 'chosen' : 'quiet'), span(' ')]);
}

type Lines = (dossier: Dossier, parent: Dossier | undefined, scene: Scene, columns: number) => Row[];

const linesOf: Record<Tab, Lines> = { source, diff, cases, feedback, transcript };

function source({ source, note }: Dossier, _: unknown, { glyphs }: Scene): Row[] {
  if (!source) return [[span(safe(note, glyphs) || 'Nothing was proposed yet.', 'quiet')]];
  return eachFile(
    source,
    (text) => {
      const lines = highlighted(text.endsWith('\n') ? text.slice(0, -1) : text);
      const digits = String(lines.length).length;
      return lines.map((line, i) => [
        span(`${String(i + 1).padStart(digits)} `, 'quiet'),
        ...line.map((each) => ({ ...each, text: safe(each.text, glyphs) })),
      ]);
    },
    glyphs,
  );
}

/** A heading for each file where there are several. */
function eachFile(source: Source, of: (text: string, path: string) => Row[], glyphs: Scene['glyphs']): Row[] {
  const files = Object.entries(source);
  return files.flatMap(([path, text]) => [
    ...(files.length > 1 ? [[span(safe(path, glyphs), 'strong')]] : []),
    ...of(text, path),
  ]);
}

function diff(dossier: Dossier, parent: Dossier | undefined, { glyphs }: Scene): Row[] {
  const [from] = dossier.parents;
  if (from === undefined) return [[span('A seed has no parent.', 'quiet')]];
  if (!dossier.source) return [[span('Nothing was proposed.', 'quiet')]];
  if (!parent?.source) return [[span(`Reading ${from}`, 'quiet')]];
  const old = parent.source;
  return [
    [span(`- ${from}`, 'removed'), span('   '), span(`+ ${dossier.id}`, 'added')],
    ...eachFile(
      dossier.source,
      // A program of one file may have called it otherwise.
      (text, path) =>
        hunks(old[path] ?? (Object.keys(old).length === 1 ? mainFile(old).text : ''), text, glyphs),
      glyphs,
    ),
  ];
}

function hunks(before: string, after: string, glyphs: Scene['glyphs']): Row[] {
  const all = difference(before, after);
  const near = new Set<number>();
  for (const [i, { kind }] of all.entries()) {
    if (kind !== 'same') for (let at = i - around; at <= i + around; at++) near.add(at);
  }
  if (near.size === 0) return [[span('The same text.', 'quiet')]];
  const rows: Row[] = [];
  for (const [i, { kind, line }] of all.entries()) {
    if (!near.has(i)) {
      if (near.has(i - 1) || i === 0) rows.push([span('  ...', 'quiet')]);
      continue;
    }
    const sign = kind === 'added' ? '+ ' : kind === 'removed' ? '- ' : '  ';
    rows.push([span(sign + safe(line, glyphs), kind === 'same' ? 'plain' : kind)]);
  }
  return rows;
}

function cases({ outcome }: Dossier, parent: Dossier | undefined, scene: Scene, columns: number): Row[] {
  if (!outcome) return [[span('It was not evaluated.', 'quiet')]];
  if (outcome.status !== 'scored') {
    return [[span(`No score: ${outcome.status}`, 'bad')], ...paragraphs(outcome.feedback, columns, scene)];
  }
  const before = new Map<string, number>();
  if (parent?.outcome?.status === 'scored') {
    for (const verdict of parent.outcome.verdicts)
      if ('score' in verdict) before.set(verdict.case, verdict.score);
  }
  const measures = Object.keys(outcome.measures);
  const titles = [
    { title: 'case', width: 14, grows: true },
    { title: 'score', width: 14, side: 'right' },
    { title: 'parent', width: 14, side: 'right' },
    { title: 'change', width: 12, side: 'right' },
    ...measures.map((name, i) => ({
      title: safe(name, scene.glyphs),
      width: 12,
      side: 'right' as const,
      drop: i + 1,
    })),
  ] as const;
  const figure = (n: number | undefined): string => (n === undefined ? '' : String(Number(n.toPrecision(8))));
  const lines = outcome.verdicts.map((verdict) => {
    const id = { text: safe(verdict.case, scene.glyphs) };
    if ('invalid' in verdict)
      return [id, { text: 'invalid', tone: 'bad' as const }, ...titles.slice(2).map(() => ({ text: '' }))];
    const was = before.get(verdict.case);
    const change = was === undefined ? undefined : verdict.score - was;
    const tone: Tone = !change ? 'quiet' : change > 0 ? 'good' : 'bad';
    return [
      id,
      { text: figure(verdict.score) },
      { text: figure(was), tone: 'quiet' as const },
      { text: change === undefined ? '' : `${change > 0 ? '+' : ''}${Number(change.toPrecision(4))}`, tone },
      ...measures.map((name) => ({ text: figure(verdict.measures?.[name]) })),
    ];
  });
  const [head, ...rows] = table(titles, lines, columns);
  return [head!, ...rows, [], [span(`mean ${outcome.score}`, 'strong')]];
}

function feedback({ outcome, why }: Dossier, _: unknown, scene: Scene, columns: number): Row[] {
  const text = [why, outcome?.feedback].filter(Boolean).join('\n');
  return text ? paragraphs(text, columns, scene) : [[span('The judge said nothing.', 'quiet')]];
}

function transcript({ transcript }: Dossier, _: unknown, scene: Scene, columns: number): Row[] {
  if (transcript.length === 0)
    return [[span('No model was asked and nothing was tried on the way.', 'quiet')]];
  return transcript.flatMap(({ who, text }) => [
    toned([span(safe(who, scene.glyphs))], 'strong'),
    ...paragraphs(text, columns - 2, scene).map((row) => [span('  '), ...row]),
    [],
  ]);
}

function paragraphs(text: string, columns: number, { glyphs }: Scene): Row[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => folded(safe(line, glyphs), Math.max(10, columns)))
    .map((line) => [span(line)]);
}
