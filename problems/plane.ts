/** A point of the plane. */
export type Point = readonly [x: number, y: number];

/** Whether this is a pair of numbers within `[-reach, reach]`, and nothing else. */
export function isPoint(value: unknown, reach: number): value is Point {
  if (!Array.isArray(value) || value.length !== 2) return false;
  for (let k = 0; k < 2; k++) {
    const x: unknown = value[k];
    if (!(typeof x === 'number' && x >= -reach && x <= reach)) return false;
  }
  return true;
}

/** Calls `points()` and copies its pairs once into plain arrays. Sent into the sandbox as text. */
export function drive(points: () => Iterable<Iterable<unknown>>): unknown {
  'use strict';
  return Array.from(points(), (point) => Array.from(point));
}
