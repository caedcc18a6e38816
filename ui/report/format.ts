import type { Arm } from '../../core/search/arm.ts';
import { pages } from '../chart/page.ts';
import { type Content, type Markup, markup, trusted } from '../text/markup.ts';
import { numberOf, unitOf } from '../text/numbers.ts';
import { scoreIn } from '../text/words.ts';
import type { ReportData } from './gather.ts';

type Shown = Pick<ReportData, 'problem'>;

/** A score in words: those of the problem, or a number with as many digits as are read. */
export function formatScore({ problem }: Shown, score: number): string {
  return problem?.show ? scoreIn(problem, score) : numberSaid(score);
}

/** A number with as many digits as are read. */
export function numberSaid(value: number): string {
  return String(Number(value.toPrecision(8)));
}

/** A score as a number to be shown large, and the words that belong to it. */
export function scoreParts(
  { problem }: Shown,
  score: number,
): { readonly number: string; readonly unit: string } {
  return problem
    ? { number: numberOf(problem, score), unit: unitOf(problem) }
    : { number: formatScore({}, score), unit: 'score' };
}

/** How much more a score is than another, on the scale that the search climbs. */
export function formatGain(gain: number): string {
  if (gain === 0) return '±0';
  // Between scores at both ends of the number range there is no number for the difference.
  const size = Number(Math.min(Math.abs(gain), 1.79e308).toPrecision(3));
  const text = size >= 1e-3 && size < 1e6 ? String(size) : size.toExponential();
  return `${gain > 0 ? '+' : '−'}${text}`;
}

/** Dollars, to the hundredth of a cent where they are few. */
export function formatDollars(dollars: number): string {
  return dollars > 0 && dollars < 1 ? `$${dollars.toFixed(4)}` : `$${dollars.toFixed(2)}`;
}

/** A model by its name and the options that tell it from others of that name; its address and its price are left out. */
export function formatModel(spec: string): string {
  const [, name, options = ''] = /^([a-z]+:[^#@]+)(?:@[^#]*)?(?:#(.*))?$/.exec(spec) ?? [];
  const telling = options.split(',').filter((option) => option !== '' && !/^\s*price=/.test(option));
  return name === undefined ? spec : [name, ...telling].join(' ');
}

/** An arm in words: the operator, and the model that it asks. */
export function formatArm({ operator, model }: Arm): string {
  return model === undefined ? operator : `${operator} · ${formatModel(model)}`;
}

/** A chart for a column of text and one for a phone, of which one is shown. */
export function figure(draw: (page: (typeof pages)[keyof typeof pages]) => string, caption: Content): Markup {
  const [wide, narrow] = [pages.wide, pages.narrow].map((page) =>
    trusted(draw(page).replace('<svg ', '<svg class="chart" ')),
  );
  return markup`<figure><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>${caption}</figcaption></figure>`;
}

/** A table that scrolls by itself where it is wider than the page. Columns of numbers are marked so. */
export function table(
  columns: readonly { readonly name: Content; readonly kind?: 'n' | 'long' | 'name' | 'id' }[],
  rows: readonly (readonly Content[])[],
): Markup {
  const head = columns.map(
    ({ name, kind }) => markup`<th${kind && trusted(` class="${kind}"`)} scope="col">${name}</th>`,
  );
  const body = rows.map(
    (
      row,
    ) => markup`<tr>${row.map((cell, i) => markup`<td${columns[i]!.kind && trusted(` class="${columns[i]!.kind}"`)}>${cell}</td>`)}</tr>
`,
  );
  return markup`<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>
${body}</tbody></table></div>`;
}
