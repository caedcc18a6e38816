import type { SketchedProgram } from '../../core/search/roles.ts';
import { decode, type Sketch, similarity, tolerance } from '../../core/text/sketch.ts';
import { Chains } from './chains.ts';

/** Similarity of near-duplicates; any less may be a real edit. */
export const nearDuplicateThreshold = 1;

/** Bands of four bins: programs that share one are compared. */
const bands = 16;
/** Most programs compared per band, the latest: most programs of a search are similar, and the cost of a check must not grow with them. */
const mostInBand = 16;

interface Index {
  readonly shapes: Chains;
  readonly bands: Chains;
}

const indexes = new WeakMap<readonly SketchedProgram[], Index>();

/**
 * The most similar of the earlier programs, if its similarity is at least `threshold`. With `nearDuplicateThreshold`, 1, no
 * near-duplicate is missed; below it, only the latest programs that share a band of their MinHash are compared (Leskovec
 * 2014, chapter 3), and some may be missed. `all` only ever grows at its end, an index over it is cached between calls, so
 * that a check costs about the same with 100,000 programs as with 100. Programs of trials above `horizon` do not
 * count. Among equals the first in the list.
 */
export function near(
  all: readonly SketchedProgram[],
  sketch: string,
  threshold: number,
  horizon: number,
): { trial: number; similarity: number } | undefined {
  const index = indexed(all);
  const wanted = decode(sketch);
  let best: { at: number; similarity: number } | undefined;
  const consider = (at: number): void => {
    const { trial, sketch: text } = all[at]!;
    if (trial > horizon) return;
    const alike = similarity(wanted, decode(text));
    if (alike < threshold) return;
    if (!best || alike > best.similarity || (alike === best.similarity && at < best.at))
      best = { at, similarity: alike };
  };
  for (const cell of [-1, 0, 1]) for (const at of index.shapes.of(shapeKey(wanted, cell))) consider(at);
  if (!best && threshold < nearDuplicateThreshold)
    for (const at of sharing(index.bands, wanted)) consider(at);
  return best && { trial: all[best.at]!.trial, similarity: best.similarity };
}

/** The programs that share a band. */
function sharing(chains: Chains, sketch: Sketch): Set<number> {
  const found = new Set<number>();
  for (let band = 0; band < bands; band++) {
    let left = mostInBand;
    for (const each of chains.of(bandKey(sketch, band))) {
      if (left-- === 0) break;
      found.add(Math.floor(each / bands));
    }
  }
  return found;
}

function indexed(all: readonly SketchedProgram[]): Index {
  let index = indexes.get(all);
  if (!index || index.shapes.size > all.length) {
    index = { shapes: new Chains(), bands: new Chains() };
    indexes.set(all, index);
  }
  for (let at = index.shapes.size; at < all.length; at++) {
    const sketch = decode(all[at]!.sketch);
    index.shapes.add(shapeKey(sketch, 0));
    for (let band = 0; band < bands; band++) index.bands.add(bandKey(sketch, band));
  }
  return index;
}

/**
 * Programs of one shape are indexed by cells of a projection of their numbers, so wide that near-duplicates are in the
 * same or a neighbouring cell: thousands of programs may differ only in numbers.
 */
function shapeKey({ shape, count, sums }: Sketch, cell: number): number {
  const width = tolerance * 1.1 * Math.max(1, count);
  const at = Math.floor(sums.reduce((total, each) => total + each, 0) / width);
  return Math.imul(shape ^ Math.imul(at + cell, 0x85ebca6b), 0xc2b2ae35) ^ count;
}

function bandKey({ bins }: Sketch, band: number): number {
  const at = band * 4;
  const word = bins[at]! | (bins[at + 1]! << 8) | (bins[at + 2]! << 16) | (bins[at + 3]! << 24);
  return Math.imul(word ^ band, 0x85ebca6b) ^ (band << 24);
}
