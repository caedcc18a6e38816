import type { Point } from '../../facts/facts.ts';
import { type Axis, type Mark, stairs } from '../../text/curve.ts';
import { short, split } from '../../text/words.ts';
import { score } from '../figures.ts';
import { safe } from '../glyphs.ts';
import type { FrameInput, Pane } from '../scene.ts';
import { type Row, span, type Tone } from '../text.ts';
import type { ViewState } from '../view.ts';

/** How each quantity is measured along the axis, so that a logarithmic one can begin at 1. */
const measures: Record<
  ViewState['against'],
  { of(point: Point): number; unit: string; label(at: number): string }
> = {
  evaluations: { of: ({ evaluations }) => evaluations, unit: 'evaluations', label: short },
  dollars: {
    of: ({ dollars }) => dollars * 1000,
    unit: 'dollars',
    label: (at) => String(Number((at / 1000).toPrecision(3))),
  },
  time: { of: ({ milliseconds }) => milliseconds / 1000, unit: 'time', label: clock },
};

/** The best score against evaluations, dollars or time, with the baseline and known results as marks. */
export const curvePane: Pane = (scene, { columns, rows }) => {
  const { facts, view, standing, glyphs } = scene;
  const { of, unit, label } = measures[view.against];
  const now = { ...facts.counts, milliseconds: standing.elapsed, score: facts.best.score, trial: 0 };
  const until = of(now);
  if (!(until > 0)) {
    const nothing = {
      evaluations: 'No evaluation yet',
      dollars: 'No dollar was spent',
      time: 'No time has passed',
    };
    return [[span(`${nothing[view.against]}: x changes the axis.`, 'quiet')]];
  }
  const axis: Axis = {
    scale: view.scale,
    until: Math.max(until, view.scale === 'linear' ? 0 : 2),
    unit,
    label,
  };
  const steps = facts.curve.map((point) => ({ at: of(point), score: point.score }));
  const height = Math.max(1, rows - (rows > 7 ? 3 : 2));
  const size = { width: Math.max(20, columns), height, unicode: glyphs.unicode };
  const lines = stairs(steps, marks(scene), axis, size);
  const [ruler, numbers] = lines.splice(-2);
  const quiet = (text: string): Row => [span(text, 'quiet')];
  return [
    ...lines.map((line) => coloured(line, glyphs.unicode)),
    quiet(ruler!),
    quiet(numbers!),
    ...(rows > 7 ? [quiet(caption(scene))] : []),
  ];
};

/** Values that are named beside the curve; known results on the test cases, or else published ones. */
function marks(scene: FrameInput): Mark[] {
  const { facts, known, glyphs } = scene;
  const { references = [] } = known;
  const ours = references.filter(({ on }) => on === 'held-out');
  const lines = (ours.length > 0 ? ours : references).map(({ score, name }) => ({
    value: score,
    label: safe(name, glyphs),
    line: true,
  }));
  const all: Mark[] = [
    ...lines,
    { value: facts.best.score, label: `best ${facts.best.id}`, line: false },
    { value: facts.baseline.score, label: 'baseline', line: true },
  ];
  if (facts.settings.target !== null) all.push({ value: facts.settings.target, label: 'target', line: true });
  const { numbers } = split(all.map(({ value }) => score(scene, value)));
  return all.map((mark, i) => ({ ...mark, label: `${numbers[i]} ${mark.label}` }));
}

function caption({ view, known }: FrameInput): string {
  const { references = [] } = known;
  const ours = references.some(({ on }) => on === 'held-out');
  const scale = view.scale === 'linear' ? 'linear' : 'log';
  const lines =
    references.length === 0 ? '' : `, lines: ${ours ? 'known test results' : 'published results'}`;
  return `x: ${view.against}, y: ${scale}${lines}`;
}

const braille = /[\u2801-\u28ff]+/g;
const stars = /^[* .]*\*/g;

function coloured(line: string, unicode: boolean): Row {
  const row: { text: string; tone: Tone }[] = [];
  let at = 0;
  for (const match of line.matchAll(unicode ? braille : stars)) {
    if (match.index > at) row.push(span(line.slice(at, match.index), 'quiet'));
    row.push(span(match[0], 'curve'));
    at = match.index + match[0].length;
  }
  const rest = line.slice(at);
  const ruled = /^[ ┄.]*/.exec(rest)![0].length;
  return [...row, span(rest.slice(0, ruled), 'quiet'), span(rest.slice(ruled))];
}

/** Seconds as 30s, 5m or 2h. */
function clock(seconds: number): string {
  const [unit, sign] = seconds < 60 ? [1, 's'] : seconds < 3600 ? [60, 'm'] : [3600, 'h'];
  return `${Number((seconds / unit).toPrecision(3))}${sign}`;
}
