import { lineageTree } from '../chart/lineage-tree.ts';
import { greys, hues, type Page } from '../chart/page.ts';
import { type Dot, stepChart } from '../chart/step-chart.ts';
import { holdsOut, tickOf } from '../text/numbers.ts';
import { familyOf, lineOf } from './ancestors.ts';
import { endings, money, pulls, spent } from './arm-charts.ts';
import { formatArm, formatGain, formatScore, scoreParts } from './format.ts';
import type { ReportData } from './gather.ts';
import { improvementsOf } from './improvements.ts';
import type { RunHistory } from './run-history.ts';

/** A chart for a page of any size, as SVG text. */
export type Draw = (page: Page) => string;

/** Members of a family beyond which the oldest are left out. */
const kinCount = 400;
/** Islands that get a colour each; of more, only the best has one. */
const coloured = hues.length;

/** The charts of a run by name; those that have nothing to tell are not there. */
export function chartsOf(findings: ReportData): ReadonlyMap<string, Draw> {
  const { history } = findings;
  if (!history) return new Map();
  const { facts } = history;
  const charts = new Map<string, Draw>([['curve', curve(findings, history, 'evaluations')]]);
  if (facts.counts.dollars > 0) charts.set('dollars', curve(findings, history, 'dollars'));
  if (facts.best.id !== facts.baseline.id) charts.set('family', tree(findings, history));
  if (facts.counts.settled > 0)
    charts.set('arms', pulls(history)).set('endings', endings(history)).set('evaluations', spent(history));
  if (facts.models.some(({ calls }) => calls > 0)) charts.set('models', money(history));
  if (facts.islands.length > 1 && facts.counts.settled > 0) charts.set('islands', islands(findings, history));
  return charts;
}

function heightOf(findings: ReportData): {
  readonly name: string;
  readonly write: (score: number) => string;
} {
  const { problem } = findings;
  const { unit } = scoreParts(findings, 1);
  return {
    name: `${unit}, up is better`,
    write: (score) => (problem ? tickOf(problem, score) : String(Number(score.toPrecision(6)))),
  };
}

function curve(findings: ReportData, history: RunHistory, by: 'evaluations' | 'dollars'): Draw {
  const { problem } = findings;
  const { facts } = history;
  const until = facts.counts[by];
  const rises = improvementsOf(history);
  const numbers = new Map(rises.told.map((rise, i) => [rise, String(i + 1)]));
  const dots = rises.all.slice(1).map((rise): Dot => {
    const label = numbers.get(rise);
    const said = `${rise.id} by ${formatArm(rise.arm)}: ${formatScore(findings, rise.score)} (${formatGain(rise.gain)})`;
    return { x: rise[by], y: rise.score, said, ...(label ? { label } : {}) };
  });
  const references = problem?.references ?? [];
  const own = references.filter(({ on }) => on === 'held-out');
  const known = own.length > 0 ? own : references;
  return (page) =>
    stepChart(
      {
        title: `Best score against ${by}`,
        x: {
          name: by === 'dollars' ? 'dollars spent on models' : 'evaluations',
          until,
          logarithmic: by === 'evaluations',
        },
        y: heightOf(findings),
        series: [
          {
            name: 'best',
            colour: hues[0]!,
            steps: rises.all.map((rise) => ({ x: rise[by], y: rise.score })),
          },
        ],
        dots,
        references: known.map(({ name, score }) => ({ name, y: score })),
      },
      page,
    );
}

/** Whose cases the lines of the curve were earned on, in words; empty where there is no line. */
export function linesSaid({ problem }: ReportData): string {
  const { references = [] } = problem ?? {};
  if (references.length === 0) return '';
  const own = references.some(({ on }) => on === 'held-out');
  if (!own) return ' Dashed: results published for other cases.';
  return problem && holdsOut(problem)
    ? ' Dashed: known results on the test cases.'
    : ' Dashed: known results.';
}

function tree(findings: ReportData, { programs, best }: RunHistory): Draw {
  const line = new Set(lineOf(best.id, programs).map(({ id }) => id));
  const members = familyOf(best.id, programs, kinCount).map(({ id, arm, score, parents, evaluations }) => ({
    id,
    x: evaluations,
    y: score,
    parents,
    said: `${id} by ${formatArm(arm)}: ${formatScore(findings, score)}`,
    main: line.has(id),
  }));
  return (page) =>
    lineageTree(
      {
        title: 'Ancestors of the best program',
        x: 'evaluations',
        y: heightOf(findings),
        members,
        colour: hues[0]!,
      },
      page,
    );
}

function islands(findings: ReportData, { facts, islandHistory }: RunHistory): Draw {
  const many = islandHistory.bests.length > coloured;
  const top = islandHistory.bests.reduce(
    (best, line, i) =>
      (line.at(-1)?.score ?? -Infinity) > (islandHistory.bests[best]!.at(-1)?.score ?? -Infinity) ? i : best,
    0,
  );
  const lines = islandHistory.bests.map((line, i) => ({
    name: many && i !== top ? '' : `island ${i + 1}`,
    colour: many ? (i === top ? hues[0]! : greys.rule) : hues[i]!,
    steps: line.map(({ evaluations, score }) => ({ x: evaluations, y: score })),
  }));
  const series = many ? [lines[top]!, ...lines.toSpliced(top, 1)] : lines;
  return (page) =>
    stepChart(
      {
        title: 'Best of each island',
        x: { name: 'evaluations', until: facts.counts.evaluations, logarithmic: true },
        y: heightOf(findings),
        series: series.filter(({ steps }) => steps.length > 0),
        moments: islandHistory.migrations,
      },
      page,
    );
}
