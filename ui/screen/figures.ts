import { count } from '../text/words.ts';
import type { FrameInput } from './scene.ts';

/** Digits of a score that the problem has no words for, where it stands in a column. */
const digits = 7;

/** A score in few columns. */
export function score({ known }: Pick<FrameInput, 'known'>, value: number): string {
  return known.show ? known.show(value) : plain(value);
}

/** A figure that the problem has no words for, in few columns. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(digits)));
}

/** Columns for scores of this problem: as wide as the best and the baseline need, within reason. */
export function scoreWidth(scene: Pick<FrameInput, 'known' | 'facts'>): number {
  const { best, baseline, leaders } = scene.facts;
  const some = [best, baseline, ...leaders.slice(0, 1), ...leaders.slice(-1)];
  return Math.min(22, Math.max(9, ...some.map((each) => figure(scene, each.score).length)));
}

/** A score as it stands in a column: of words around a single number only that number, which must not be cut. */
export function figure(scene: Pick<FrameInput, 'known'>, value: number): string {
  const words = score(scene, value);
  const numbers = words.match(/-?\d[\d,]*(\.\d+)?(e[-+]?\d+)?( ?%)?/g);
  return numbers?.length === 1 ? numbers[0] : words;
}

/** A number in at most six columns: 12,345, then 123k, 1.23M. */
export function brief(n: number): string {
  if (n < 99_999.5) return count(n);
  if (n < 999_500) return `${Math.round(n / 1e3)}k`;
  const [unit, sign] = n < 999.5e6 ? [1e6, 'M'] : [1e9, 'G'];
  return `${(n / unit).toPrecision(3)}${sign}`;
}

/** Dollars: to the cent from ten on, to a hundredth of one below. */
export function money(dollars: number): string {
  return `$${dollars.toFixed(dollars >= 10 ? 2 : 4)}`;
}

/** A share in [0, 1] as `37%`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** Seconds as 840 ms, 4.2 s or 317 s. */
export function seconds(n: number): string {
  if (n < 1) return `${Math.round(n * 1000)} ms`;
  return n < 100 ? `${n.toFixed(1)} s` : `${Math.round(n)} s`;
}
