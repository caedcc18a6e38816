import type { EmbeddedProgram } from '../../core/search/vector.ts';

/** The normalised vectors of a list, one after another. */
interface Flat {
  data: Float32Array;
  size: number;
}

const flats = new WeakMap<readonly EmbeddedProgram[], Flat>();

/**
 * The program with the highest cosine similarity, in [-1, 1], the first of equals; undefined among none. All vectors
 * have the same length; the cosine of a zero vector is 0. `all` only ever grows at its end: its vectors are cached
 * between calls, and each call is a linear scan. Programs of trials above `horizon` do not count. @throws RangeError on
 * a vector of another length.
 */
export function closest(
  all: readonly EmbeddedProgram[],
  vector: Float32Array,
  horizon = Infinity,
): { trial: number; cosine: number } | undefined {
  const width = vector.length;
  const { data } = flattened(all, width);
  const wanted = new Float32Array(width);
  put(wanted, 0, vector);
  let best = -Infinity;
  let found: number | undefined;
  for (let i = 0; i < all.length; i++) {
    const { trial } = all[i]!;
    if (trial > horizon) continue;
    const cosine = dot(data, i * width, wanted);
    if (cosine > best) {
      best = cosine;
      found = trial;
    }
  }
  return found === undefined ? undefined : { trial: found, cosine: Math.max(-1, Math.min(1, best)) };
}

function flattened(all: readonly EmbeddedProgram[], width: number): Flat {
  const flat = flats.get(all) ?? { data: new Float32Array(0), size: 0 };
  flats.set(all, flat);
  if (flat.data.length < all.length * width) {
    const wider = new Float32Array(Math.max(2 * flat.data.length, all.length * width));
    wider.set(flat.data);
    flat.data = wider;
  }
  for (; flat.size < all.length; flat.size++) {
    const { vector } = all[flat.size]!;
    if (vector.length !== width)
      throw new RangeError(`Expected a vector of length ${width}, got ${vector.length}`);
    put(flat.data, flat.size * width, vector);
  }
  return flat;
}

/** Stores a vector, normalised to length 1. */
function put(data: Float32Array, at: number, vector: Float32Array): void {
  const length = Math.hypot(...vector) || 1;
  for (let i = 0; i < vector.length; i++) data[at + i] = vector[i]! / length;
}

/** Four independent sums, since one would be a chain of dependent additions. */
function dot(data: Float32Array, at: number, vector: Float32Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  const whole = vector.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    a += data[at + i]! * vector[i]!;
    b += data[at + i + 1]! * vector[i + 1]!;
    c += data[at + i + 2]! * vector[i + 2]!;
    d += data[at + i + 3]! * vector[i + 3]!;
  }
  for (let i = whole; i < vector.length; i++) a += data[at + i]! * vector[i]!;
  return a + b + c + d;
}
