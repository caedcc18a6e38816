import type { Point } from './facts.ts';

/** Adds a point to a curve of at most `most`: of more, one goes that a logarithmic axis misses least. */
export function addPoint(curve: Point[], point: Point, most: number): void {
  curve.push(point);
  if (curve.length > most) curve.splice(leastMissed(curve), 1);
}

/** Place of the point, neither first nor last, whose neighbours are closest to each other. */
function leastMissed(curve: readonly Point[]): number {
  let place = 1;
  let smallest = Infinity;
  for (let i = 1; i < curve.length - 1; i++) {
    const gap = curve[i + 1]!.evaluations / curve[i - 1]!.evaluations;
    if (gap < smallest) {
      smallest = gap;
      place = i;
    }
  }
  return place;
}
