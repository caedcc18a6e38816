import { type Markup, markup, textOf } from '../text/markup.ts';
import { count } from '../text/words.ts';
import { isShown, lineOf } from './ancestors.ts';
import type { Draw } from './charts.ts';
import { changeOf } from './code.ts';
import { figure, formatArm, formatGain, formatScore } from './format.ts';
import type { ReportData } from './gather.ts';
import type { ProgramRecord } from './run-history.ts';

/** Characters that all diffs may take: a page is to open at once. */
const room = 1_500_000;

/** From the seed to the best program: each step with its operator, its gain, and its diff. */
export function lineage(findings: ReportData, charts: ReadonlyMap<string, Draw>): Markup {
  const { history } = findings;
  const { programs, best } = history!;
  const line = lineOf(best.id, programs);
  const tree = charts.get('family');
  const steps = line.length - 1;
  if (steps === 0) return markup`<p>The best program is the seed itself.</p>`;
  let left = room;
  const items = line.map((born, i) => {
    if (!isShown(i, line.length)) return !isShown(i - 1, line.length) ? undefined : gap(line.length);
    const { item, size } = step(findings, born, line[i - 1], left);
    left -= size;
    return item;
  });
  return markup`<p>${count(steps)} step${steps > 1 && 's'} from the seed. A step changes the program above it${
    line.some(({ parents }) => parents.length > 1) && ', sometimes with parts of another'
  }; not every step was a gain.</p>
${tree && figure(tree, 'All ancestors: the line of first parents strong, others that gave parts faint.')}
<ol class="line">
${items}</ol>`;
}

/** A placeholder for the steps that are not shown. */
function gap(steps: number): Markup {
  const hidden = Array.from({ length: steps }, (_, i) => i).filter((i) => !isShown(i, steps)).length;
  return markup`<li><p class="soft">${count(hidden)} more steps</p></li>
`;
}

function step(
  findings: ReportData,
  { id, arm, score, parents, note }: ProgramRecord,
  parent: ProgramRecord | undefined,
  left: number,
): { readonly item: Markup; readonly size: number } {
  const { sources } = findings;
  const gain = parent ? score - parent.score : 0;
  const [before, after] = [parent && sources.get(parent.id), sources.get(id)];
  const change = before && after && left > 0 ? changeOf(before, after) : undefined;
  const size = change ? textOf(change.content).length : 0;
  const fits = size <= left;
  const others = parents.slice(1);
  const item = markup`<li${gain > 0 && markup` class="up"`}><p class="head"><b>${id}</b> <span>${parent ? formatArm(arm) : 'seed'}</span> <span>${formatScore(findings, score)}</span>${
    parent && markup` <span${gain > 0 && markup` class="gain"`}>${formatGain(gain)}</span>`
  }${others.length > 0 && markup` <span class="soft">with ${others.join(' and ')}</span>`}</p>
${note && markup`<p class="soft">${note}</p>`}
${change && fits && markup`<details><summary>diff ${change.size}</summary>${change.content}</details>`}
${before && after && !(change && fits) && markup`<p class="soft">The diff is left out, as all together would be too large.</p>`}</li>
`;
  return { item, size: fits ? size : 0 };
}
