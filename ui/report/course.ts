import { type Content, type Markup, markup } from '../text/markup.ts';
import { count, duration } from '../text/words.ts';
import { type Draw, linesSaid } from './charts.ts';
import { figure, formatArm, formatDollars, formatGain, scoreParts, table } from './format.ts';
import type { ReportData } from './gather.ts';
import { type Improvement, improvementsOf } from './improvements.ts';

/** How the best score rose, and by which operators. */
export function course(findings: ReportData, charts: ReadonlyMap<string, Draw>): Markup {
  const { history } = findings;
  const { all, told } = improvementsOf(history!);
  const dollars = charts.get('dollars');
  return markup`${figure(charts.get('curve')!, `Best search score. Numbers: the largest gains, listed below.${linesSaid(findings)}`)}
${dollars && figure(dollars, 'The same against dollars spent on models.')}
${told.length === 0 ? markup`<p>The score did not rise: no program was better than the baseline.</p>` : rises(findings, told, true)}
${all.length - 1 > told.length && markup`<details><summary>All ${count(all.length - 1)} steps of the curve</summary>${rises(findings, all.slice(1), false)}</details>`}`;
}

function rises(findings: ReportData, list: readonly Improvement[], numbered: boolean): Markup {
  const { counts } = findings.history!.facts;
  const timed = counts.milliseconds > 0;
  const paid = counts.dollars > 0;
  const columns = [
    ...(numbered ? [{ name: '' }] : []),
    { name: 'program', kind: 'id' as const },
    { name: 'operator', kind: 'name' as const },
    { name: scoreParts(findings, 1).unit, kind: 'n' as const },
    { name: 'gain', kind: 'n' as const },
    { name: 'evaluations', kind: 'n' as const },
    ...(timed ? [{ name: 'time', kind: 'n' as const }] : []),
    ...(paid ? [{ name: 'spent', kind: 'n' as const }] : []),
    { name: 'what was changed', kind: 'long' as const },
  ];
  const rows = list.map((rise, i): Content[] => [
    ...(numbered ? [markup`<b>${i + 1}</b>`] : []),
    rise.id,
    formatArm(rise.arm),
    scoreParts(findings, rise.score).number,
    formatGain(rise.gain),
    count(rise.evaluations),
    ...(timed ? [duration(rise.milliseconds)] : []),
    ...(paid ? [formatDollars(rise.dollars)] : []),
    rise.note,
  ]);
  return table(columns, rows);
}
