/** From the lowest value of an axis to its highest. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/** What values span; a value alone, or none, gets room around it. */
export function spanOf(values: readonly number[], logarithmic = false): Span {
  let [low, high] = [Infinity, -Infinity];
  for (const each of values) {
    if (!Number.isFinite(each) || (logarithmic && each <= 0)) continue;
    low = Math.min(low, each);
    high = Math.max(high, each);
  }
  if (low > high) return { low: 0, high: 1 };
  if (low < high) return { low, high };
  if (logarithmic) return { low: low / 2, high: high * 2 };
  return widened({ low, high }, (Math.abs(low) || 1) / 2);
}

/** A span with room at both ends, as far as there are numbers. */
export function widened({ low, high }: Span, room: number): Span {
  return { low: Math.max(low - room, -Number.MAX_VALUE), high: Math.min(high + room, Number.MAX_VALUE) };
}

/** Where on a page a value of the span lies, `from` being the place of its lowest. */
export function scale(
  { low, high }: Span,
  from: number,
  to: number,
  logarithmic = false,
): (value: number) => number {
  // Halves, so that a span over the whole range of numbers does not overflow; they cost no digit.
  const of = logarithmic ? Math.log : (value: number) => value / 2;
  return (value) =>
    from + ((of(Math.max(value, logarithmic ? low : value)) - of(low)) / (of(high) - of(low))) * (to - from);
}

/** About `count` round values inside a span. */
export function ticks({ low, high }: Span, count: number): number[] {
  const rough = ((high / 2 - low / 2) / count) * 2;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const digits = Math.max(0, 2 - Math.floor(Math.log10(step)));
  return Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toFixed(Math.min(digits, 20))),
  );
}

/** 1, 2 and 5 times powers of ten inside a span. */
export function logTicks({ low, high }: Span): number[] {
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
    values.push(...[1, 2, 5].map((each) => each * 10 ** power));
  }
  return values.filter((each) => each >= low * 0.999 && each <= high * 1.001);
}

/** Places in rising order, moved apart as little as can be so that neighbours are `gap` from each other. */
export function apart(places: readonly number[], gap: number): number[] {
  const moved = [...places];
  for (let round = 0; round < 200; round++) {
    for (let i = 1; i < moved.length; i++) {
      const overlap = gap - (moved[i]! - moved[i - 1]!);
      if (overlap <= 0) continue;
      moved[i - 1]! -= overlap / 2;
      moved[i]! += overlap / 2;
    }
  }
  return moved;
}
