import { type Content, type Markup, markup } from '../text/markup.ts';
import { count } from '../text/words.ts';
import { table } from './format.ts';
import type { ReportData } from './gather.ts';

/** Characters of a lesson. */
const lessonLength = 4000;

/** Notes of the user, lessons of models, and trainings of policies; undefined if there are none. */
export function learnt({ history }: ReportData): Markup | undefined {
  const { facts, lessons } = history!;
  const { notes, training } = facts;
  if (notes.length + lessons.length + training.length === 0) return undefined;
  const [last, ...earlier] = lessons.toReversed();
  return markup`${notes.length > 0 && markup`<h3>Notes to the models</h3><ul>${notes.map((note) => markup`<li>${note}</li>`)}</ul>`}
${last && markup`<h3>Lessons of the models</h3><p class="soft">Written in trial ${last.trial}, part of the prompts since.</p>${lesson(last.text)}`}
${earlier.length > 0 && markup`<details><summary>Earlier lessons</summary>${earlier.map(({ trial, text }) => markup`<p class="soft">trial ${trial}</p>${lesson(text)}`)}</details>`}
${training.length > 0 && markup`<h3>Training</h3>${trainings(training)}`}`;
}

function lesson(text: string): Markup {
  return markup`<pre class="said">${text.length > lessonLength ? `${text.slice(0, lessonLength)}…` : text}</pre>`;
}

function trainings(list: NonNullable<ReportData['history']>['facts']['training']): Markup {
  const names = [...new Set(list.flatMap(({ metrics }) => Object.keys(metrics)))].slice(0, 6);
  const digits = (value: number | undefined): string =>
    value === undefined ? '' : String(Number(value.toPrecision(4)));
  const rows = list.map(
    ({ policy, version, from, rollouts, settled, heldOut, promoted, metrics }): Content[] => [
      `${policy} ${version}`,
      from,
      count(settled),
      count(rollouts),
      heldOut ? `${digits(heldOut.before)} to ${digits(heldOut.after)}` : '',
      promoted ? 'yes' : 'no',
      ...names.map((name) => digits(metrics[name])),
    ],
  );
  const columns = ['from version', 'after trials', 'rollouts', 'held out', 'promoted', ...names];
  return table(
    [{ name: 'policy', kind: 'name' }, ...columns.map((name) => ({ name, kind: 'n' as const }))],
    rows,
  );
}
