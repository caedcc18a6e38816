/** Bits after the binary point that hold every double of [0, 1] exactly: the smallest one is 2^-1074. */
const places = 1074n;
const bytes = new DataView(new ArrayBuffer(8));

/** A finite double times 2^1074: a whole number, exactly. */
export function exact(value: number): bigint {
  bytes.setFloat64(0, value);
  const bits = bytes.getBigUint64(0);
  const exponent = (bits >> 52n) & 0x7ffn;
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n);
  return bits >> 63n ? -magnitude : magnitude;
}

/** The sum of doubles, summed exactly and then rounded once: no order of the terms is worth more than another. */
export function exactSum(values: readonly number[]): number {
  let sum = 0n;
  for (const value of values) sum += exact(value);
  // 2^1074 itself is not a double; of the bits below 2^-100 only their presence could matter, in a tie.
  return Number(sum >> (places - 100n)) / 2 ** 100;
}

/** A circle by centre and radius. */
export type Circle = readonly [x: number, y: number, r: number];

/** Whether the open discs of two circles meet, with no tolerance: (x1-x2)^2 + (y1-y2)^2 < (r1+r2)^2 over the rationals. */
export function overlapExactly(a: Circle, b: Circle): boolean {
  const dx = exact(a[0]) - exact(b[0]);
  const dy = exact(a[1]) - exact(b[1]);
  const reach = exact(a[2]) + exact(b[2]);
  return dx * dx + dy * dy < reach * reach;
}

/**
 * The same for circles inside the unit square, where doubles decide nearly always: each square is at most 1 and
 * carries a handful of roundings of 2^-53, so a difference above 1e-14 has the right sign.
 */
export function overlap(a: Circle, b: Circle): boolean {
  const dx = a[0] - b[0];
  const dy = a[1] - b[1];
  const reach = a[2] + b[2];
  const room = dx * dx + dy * dy - reach * reach;
  return Math.abs(room) > 1e-14 ? room < 0 : overlapExactly(a, b);
}

/**
 * Whether a circle with centre in the unit square and a radius of 0 or more lies in it, with no tolerance.
 * Doubles decide exactly: 1 - x is exact from 1/2 on, and below it r <= x already says that x + r <= 1.
 */
export function inside([x, y, r]: Circle): boolean {
  return r <= x && r <= y && (x < 0.5 || r <= 1 - x) && (y < 0.5 || r <= 1 - y);
}
