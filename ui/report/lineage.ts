import { type Markup, markup, textOf } from '../markup.ts';
import { count } from '../words.ts';
import { lineOf } from './ancestors.ts';
import type { Draw } from './charts.ts';
import type { Born } from './chronicle.ts';
import { diffMarkup, sizeOfDiff } from './code.ts';
import type { Findings } from './gather.ts';
import { armSaid, figure, gainSaid, scoreSaid } from './say.ts';

/** Characters that all diffs may take: a page is to open at once. */
const room = 1_500_000;

/** From the seed to the best program: each step with who made it, its gain, and its diff. */
export function lineage(findings: Findings, charts: ReadonlyMap<string, Draw>): Markup {
  const { chronicle } = findings;
  const { programs, best } = chronicle!;
  const line = lineOf(best.id, programs);
  const tree = charts.get('family');
  const steps = line.length - 1;
  if (steps === 0) return markup`<p>The best program is the seed itself.</p>`;
  let left = room;
  const items = line.map((born, i) => {
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

function step(
  findings: Findings,
  { id, arm, score, parents, note }: Born,
  parent: Born | undefined,
  left: number,
): { readonly item: Markup; readonly size: number } {
  const { sources } = findings;
  const gain = parent ? score - parent.score : 0;
  const [before, after] = [parent && sources.get(parent.id), sources.get(id)];
  const changed = before && after && left > 0 ? diffMarkup(before, after) : undefined;
  const size = changed ? textOf(changed).length : 0;
  const fits = size <= left;
  const others = parents.slice(1);
  const item = markup`<li${gain > 0 && markup` class="up"`}><p class="head"><b>${id}</b> <span>${parent ? armSaid(arm) : 'seed'}</span> <span>${scoreSaid(findings, score)}</span>${
    parent && markup` <span${gain > 0 && markup` class="gain"`}>${gainSaid(gain)}</span>`
  }${others.length > 0 && markup` <span class="soft">with ${others.join(' and ')}</span>`}</p>
${note && markup`<p class="soft">${note}</p>`}
${changed && fits && markup`<details><summary>diff ${sizeOfDiff(before!, after!)}</summary>${changed}</details>`}
${before && after && !fits && markup`<p class="soft">The diff is left out, as all together would be too large.</p>`}</li>
`;
  return { item, size: fits ? size : 0 };
}
