import { mainFile, type Source } from '../../../core/search/program.ts';
import { difference } from '../../text/diff.ts';
import { broken, folded } from '../fold.ts';
import { safe } from '../glyphs.ts';
import { highlighted } from '../highlight.ts';
import type { ProgramDetail } from '../program-detail.ts';
import type { FrameInput } from '../scene.ts';
import { table } from '../table.ts';
import { type Row, type Span, span, type Tone } from '../text.ts';
import type { Tab } from '../view.ts';

/** Lines of context around a change. */
const around = 3;

/** All lines of a tab about a program, the way its parent did beside it where that is known. */
type Lines = (
  detail: ProgramDetail,
  parent: ProgramDetail | undefined,
  scene: FrameInput,
  columns: number,
) => Row[];

/** What each tab says. */
export const linesOf: Record<Tab, Lines> = { source, diff, cases, feedback, transcript };

function source({ source, note }: ProgramDetail, _: unknown, { glyphs }: FrameInput, columns: number): Row[] {
  if (!source) return [[span(safe(note, glyphs) || 'Nothing was proposed yet.', 'quiet')]];
  return eachFile(
    source,
    (text, path) => {
      const lines = highlighted(path, text.endsWith('\n') ? text.slice(0, -1) : text);
      const digits = String(lines.length).length;
      return lines.flatMap((line, i) => {
        const harmless = line.map((each) => ({ ...each, text: safe(each.text, glyphs) }));
        const number = span(`${String(i + 1).padStart(digits)} `, 'quiet');
        return hung(number, broken(harmless, columns - digits - 1));
      });
    },
    glyphs,
  );
}

/** A heading for each file where there are several. */
function eachFile(
  source: Source,
  of: (text: string, path: string) => Row[],
  glyphs: FrameInput['glyphs'],
): Row[] {
  const files = Object.entries(source);
  return files.flatMap(([path, text]) => [
    ...(files.length > 1 ? [[span(safe(path, glyphs), 'strong')]] : []),
    ...of(text, path),
  ]);
}

/** Rows behind a margin, whose word stands before the first. */
function hung(word: Span, rows: readonly Row[]): Row[] {
  const blank = span(' '.repeat(word.text.length));
  return rows.map((row, i) => [i === 0 ? word : blank, ...row]);
}

function diff(
  detail: ProgramDetail,
  parent: ProgramDetail | undefined,
  { glyphs }: FrameInput,
  columns: number,
): Row[] {
  const [from] = detail.parents;
  if (from === undefined) return [[span('A seed has no parent.', 'quiet')]];
  if (!detail.source) return [[span('Nothing was proposed.', 'quiet')]];
  if (!parent?.source) return [[span(`Reading ${from}`, 'quiet')]];
  const old = parent.source;
  return [
    [span(`- ${from}`, 'removed'), span('   '), span(`+ ${detail.id}`, 'added')],
    ...eachFile(
      detail.source,
      // A program of one file may have called it otherwise.
      (text, path) =>
        hunks(old[path] ?? (Object.keys(old).length === 1 ? mainFile(old).text : ''), text, glyphs, columns),
      glyphs,
    ),
  ];
}

function hunks(before: string, after: string, glyphs: FrameInput['glyphs'], columns: number): Row[] {
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
    const tone = kind === 'same' ? 'plain' : kind;
    rows.push(...hung(span(sign, tone), broken([span(safe(line, glyphs), tone)], columns - sign.length)));
  }
  return rows;
}

function cases(
  { outcome }: ProgramDetail,
  parent: ProgramDetail | undefined,
  scene: FrameInput,
  columns: number,
): Row[] {
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

function feedback({ outcome, why }: ProgramDetail, _: unknown, scene: FrameInput, columns: number): Row[] {
  const text = [why, outcome?.feedback].filter(Boolean).join('\n');
  return text ? paragraphs(text, columns, scene) : [[span('No feedback.', 'quiet')]];
}

function transcript({ transcript }: ProgramDetail, _: unknown, scene: FrameInput, columns: number): Row[] {
  if (transcript.length === 0)
    return [[span('No model was asked and no program was run on the way.', 'quiet')]];
  return transcript.flatMap(({ who, text }) => [
    [span(safe(who, scene.glyphs), 'strong')],
    ...paragraphs(text, columns - 2, scene).map((row) => [span('  '), ...row]),
    [],
  ]);
}

function paragraphs(text: string, columns: number, { glyphs }: FrameInput): Row[] {
  return text
    .split(/\r?\n/)
    .flatMap((line) => folded(safe(line, glyphs), Math.max(10, columns)))
    .map((line) => [span(line)]);
}
