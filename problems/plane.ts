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
export function harness(points: () => Iterable<Iterable<unknown>>): unknown {
  return Array.from(points(), (point) => Array.from(point));
}

/** Puts a square of the plane, by its lower left corner and side, into a picture of `size` less a margin, y upwards. */
export function placing(
  size: number,
  margin: number,
  [left, low]: Point,
  side: number,
): (point: Point) => Point {
  const scale = (size - 2 * margin) / side;
  return ([x, y]) => [margin + (x - left) * scale, size - margin - (y - low) * scale];
}
