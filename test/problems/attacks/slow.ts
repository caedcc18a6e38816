/**
 * Judges written a second time, slowly and by other means: big fractions made by doubling, sets of texts, all triples.
 * Each gives the score of an output, or undefined where it breaks a rule. They share no code with the problems.
 */

type Slow = (output: any) => number | undefined;

/** Bits after the point: enough for the smallest double. */
const shift = 1074;

/** A double as a whole number of 2^-1074, by doubling until nothing is left after the point. */
export function whole(value: number): bigint {
  let doubled = value;
  let times = 0;
  for (; !Number.isInteger(doubled); times++) doubled *= 2;
  return BigInt(doubled) << BigInt(shift - times);
}

const unit = whole(1);
const isNumber = (x: unknown): x is number => typeof x === 'number' && Math.abs(x) < Infinity;
const isList = (x: any, length: number): x is any[] =>
  Array.isArray(x) && x.length === length && !x.includes(undefined);
const isTable = (x: any, rows: number, columns: number): x is number[][] =>
  isList(x, rows) && x.every((row) => isList(row, columns) && row.every(isNumber));
/** A quotient of big numbers to 17 digits and more. */
const over = (a: bigint, b: bigint): number => Number((a * 10n ** 40n) / b) / 1e40;

const pairs = <T>(list: readonly T[]): [T, T][] =>
  list.flatMap((a, i) => list.slice(0, i).map((b): [T, T] => [a, b]));

export const circles: Slow = (output) => {
  if (!isTable(output, 26, 3)) return undefined;
  const exact = output.map((row) => row.map(whole)) as [bigint, bigint, bigint][];
  const fits = exact.every(
    ([x, y, r]) => r >= 0n && x - r >= 0n && x + r <= unit && y - r >= 0n && y + r <= unit,
  );
  const clear = pairs(exact).every(
    ([a, b]) => (a[0] - b[0]) ** 2n + (a[1] - b[1]) ** 2n >= (a[2] + b[2]) ** 2n,
  );
  return fits && clear
    ? over(
        exact.reduce((sum, [, , r]) => sum + r, 0n),
        unit,
      )
    : undefined;
};

export const ratio: Slow = (output) => {
  if (!isTable(output, 16, 2) || output.flat().some((x) => Math.abs(x) > 1000)) return undefined;
  const squares = pairs(output.map((row) => row.map(whole))).map(
    ([a, b]) => (a[0]! - b[0]!) ** 2n + (a[1]! - b[1]!) ** 2n,
  );
  squares.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return squares[0]! >= whole(1e-3) ** 2n ? -over(squares.at(-1)!, squares[0]!) : undefined;
};

export const triangles: Slow = (output) => {
  if (!isTable(output, 11, 2)) return undefined;
  const exact = output.map((row) => row.map(whole)) as [bigint, bigint][];
  if (exact.some(([x, y]) => x < 0n || y < 0n || x + y > unit)) return undefined;
  const areas = exact.flatMap((a, i) =>
    pairs(exact.slice(0, i)).map(([b, c]) => {
      // The shoelace, all around.
      const area = a[0] * b[1] - b[0] * a[1] + b[0] * c[1] - c[0] * b[1] + c[0] * a[1] - a[0] * c[1];
      return area < 0n ? -area : area;
    }),
  );
  areas.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return over(areas[0]!, unit * unit);
};

/** In doubles: the problem reads heights as multiples of 2^-50, which makes no difference that is seen here. */
export const overlaps: Slow = (output) => {
  if (!isHeights(output, 1)) return undefined;
  const n = output.length;
  const sum = output.reduce((all, each) => all + each, 0);
  const h =
    2 * sum >= n
      ? output.map((x) => (x * n) / 2 / sum)
      : output.map((x) => 1 - ((1 - x) * n) / 2 / (n - sum));
  let worst = 0;
  for (let k = 1 - n; k < n; k++) {
    let all = 0;
    for (const [i, x] of h.entries()) if (i + k in h) all += x * (1 - h[i + k]!);
    worst = Math.max(worst, (2 * all) / n);
  }
  return -worst;
};

export const peak: Slow = (output) => {
  if (!isHeights(output, 1000)) return undefined;
  const sum = output.reduce((all, each) => all + each, 0);
  if (!(sum >= 1)) return undefined;
  const f = output.map((x) => x / sum);
  const values = Array.from({ length: 2 * f.length }, (_, k) =>
    f.reduce((all, x, i) => all + x * (f[k - i] ?? 0), 0),
  );
  return -2 * f.length * Math.max(...values);
};

function isHeights(output: unknown, most: number): output is number[] {
  return (
    Array.isArray(output) &&
    output.length > 0 &&
    output.length <= 200 &&
    isList(output, output.length) &&
    output.every((x) => isNumber(x) && x >= 0 && x <= most)
  );
}

/** Multiplies nine by nine pairs of unit matrices by the terms, and compares with the definition. */
export const products: Slow = (output) => {
  if (!Array.isArray(output) || output.length > 40) return undefined;
  const right = (term: any) => isTable(term, 3, 9) && term.flat().every((x) => [-2, -1, 0, 1, 2].includes(x));
  if (!Array.from(output).every(right)) return undefined;
  let wrong = 0;
  for (let a = 0; a < 9; a++) {
    for (let b = 0; b < 9; b++) {
      const product = new Array(9).fill(0);
      for (const [u, v, w] of output) for (let c = 0; c < 9; c++) product[c] += u[a] * v[b] * w[c];
      if (a % 3 === Math.floor(b / 3)) product[3 * Math.floor(a / 3) + (b % 3)] -= 1;
      wrong += product.filter((x) => x !== 0).length;
    }
  }
  return wrong === 0 ? -output.length : -(40 + wrong + output.length / 41);
};

export const capSet: Slow = (output) => {
  if (!Array.isArray(output) || !isList(output, output.length)) return undefined;
  if (output.some((x) => !isNumber(x) || !Number.isInteger(x) || x < 0 || x >= 6561)) return undefined;
  const texts = output.map((x) => (x + 0).toString(3).padStart(8, '0'));
  const all = new Set(texts);
  if (all.size < texts.length) return undefined;
  const third = (a: string, b: string) => [...a].map((d, k) => (6 - Number(d) - Number(b[k])) % 3).join('');
  return pairs(texts).some(([a, b]) => all.has(third(a, b))) ? undefined : texts.length;
};

export const packing =
  ({ capacity, items }: { capacity: number; items: readonly number[] }): Slow =>
  (output) => {
    if (!isList(output, items.length)) return undefined;
    const bins = new Map<unknown, number>();
    for (const [i, bin] of output.entries()) {
      if (!isNumber(bin) || !Number.isInteger(bin) || bin < 0 || bin >= items.length) return undefined;
      bins.set(bin, (bins.get(bin) ?? 0) + items[i]!);
    }
    if ([...bins.values()].some((load) => load > capacity)) return undefined;
    const least = Math.ceil(items.reduce((sum, each) => sum + each, 0) / capacity);
    return -100 * (bins.size / least - 1);
  };

export const tour =
  ({ points }: { points: readonly (readonly [number, number])[] }): Slow =>
  (output) => {
    if (!isList(output, points.length) || new Set(output).size < points.length) return undefined;
    if (output.some((city) => !isNumber(city) || !points[city])) return undefined;
    return -output.reduce((sum, city, k) => {
      const [a, b] = [points[city]!, points[output[(k + 1) % output.length]]!];
      return sum + Math.hypot(a[0] - b[0], a[1] - b[1]);
    }, 0);
  };
