import { rect } from '../../problems/svg.ts';
import { chart, clipped, greys, legend, letters, type Page, told, words } from './page.ts';

/** Amounts side by side, each a bar that may be made of parts. */
export interface Bars {
  readonly title: string;
  /** Names of the parts in their order; one alone needs none. */
  readonly parts: readonly { readonly name: string; readonly colour: string }[];
  readonly rows: readonly {
    readonly name: string;
    /** One amount for each part, not negative. */
    readonly amounts: readonly number[];
    /** Text behind the bar. */
    readonly said: string;
  }[];
  /** `alike`: every bar takes the whole width, and its parts are shares of it. */
  readonly alike?: boolean;
}

/** Bars as SVG text; the page gives the width, the rows give the height. */
export function bars({ title, parts, rows, alike = false }: Bars, { width }: Pick<Page, 'width'>): string {
  const narrow = width < 500;
  const longest = Math.min(46, Math.max(0, ...rows.map(({ name }) => name.length)));
  const left = narrow ? 4 : 12 + longest * letters.width;
  const right = width - 14 - Math.max(0, ...rows.map(({ said }) => said.length)) * letters.width;
  const named = legend(parts.length > 1 ? parts : [], { x: left, y: 16, width: width - left - 12 });
  const head = named.height > 0 ? named.height + 12 : 4;
  const row = narrow ? 36 : 22;
  const sums = rows.map(({ amounts }) => amounts.reduce((sum, each) => sum + each, 0));
  const most = Math.max(...sums, 1e-12);
  const shapes = rows.flatMap(({ name, amounts, said }, i) => {
    const top = head + i * row + (narrow ? 16 : 0);
    const whole = alike ? sums[i]! || 1 : most;
    let at = left;
    const pieces = amounts.flatMap((amount, part) => {
      const length = ((right - left) * amount) / whole;
      const from = at;
      at += length;
      if (length <= 0) return [];
      const share = `${parts[part]!.name}: ${amount.toLocaleString('en-US')}`;
      return told(share, [
        rect(from, top, Math.max(0.5, length - (parts.length > 1 ? 0.5 : 0)), 14, {
          fill: parts[part]!.colour,
        }),
      ]);
    });
    return [
      narrow
        ? words(left, top - 4, clipped(name, 52))
        : words(left - 8, top + 11, clipped(name, 46), { anchor: 'end' }),
      ...pieces,
      words(at + 6, top + 11, said, { fill: greys.soft }),
    ];
  });
  return chart({ width, height: head + 8 + rows.length * row }, title, [...named.parts, ...shapes]);
}
