import { exact } from '../exact.ts';

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
