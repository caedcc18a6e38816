import { type Form, mix, numberForm, ordered } from './form.ts';

/** A summary of a program from which its similarity to another is computed. */
export interface Sketch {
  /** Hash of the normal form without numbers. */
  readonly shape: number;
  /** One byte of the least hash in each of 64 bins of the subforms' hashes. */
  readonly bins: Uint8Array;
  /** The number of nonzero numbers in the normal form. */
  readonly count: number;
  /** Natural logarithms of their sizes, in the order of the form; past `mostSums` each holds the sum of several. */
  readonly sums: Float64Array;
}

/** Numbers closer than this, relative to their size, count as the same. */
export const tolerance = 0.005;

const bins = 64;
const mostSums = 96;
/** Logarithms are quantised to this step. */
const step = 1e-4;

/** The form of a text without a syntax tree: its lines and words. */
export function wordsOf(text: string): Form {
  const lines = text.split('\n').filter((each) => /\S/.test(each));
  return ordered(
    'text',
    lines.map((line) => {
      const words = line.match(/^\s+|[\p{L}_$][\p{L}\d_$]*|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|\S/giu) ?? [];
      return ordered(
        'line',
        words.map((each) => (/^\.?\d/.test(each) ? numberForm(Number(each)) : ordered(each, []))),
      );
    }),
  );
}

/** The sketch of a program by the lines and words of its files, for a language without a normal form. */
export function sketchByWords(files: readonly { readonly path: string; readonly text: string }[]): string {
  return encode(
    ordered(
      'program',
      files.map(({ path, text }) => ordered(path, [wordsOf(text)])),
    ),
  );
}

/**
 * The sketch of a normal form as short base64 text (up to 480 characters): a hash of the form without numbers, the
 * numbers, and a MinHash of the multiset of subforms (Broder 1997), by one permutation and in
 * bins (Li, Owen and Zhang 2012) of one byte each (Li and König 2010).
 */
export function encode(form: Form): string {
  const least = new Uint32Array(bins).fill(0xffffffff);
  const logs: number[] = [];
  const seen = new Set<Form>();
  const times = new Map<number, number>();
  const visit = (each: Form): void => {
    const before = times.get(each.hash) ?? 0;
    times.set(each.hash, before + 1);
    const hash = mix(each.hash, before);
    const bin = hash >>> 26;
    least[bin] = Math.min(least[bin]!, (hash & 0x3ffffff) >>> 0);
    if (each.number !== undefined) logs.push(Math.log(each.number));
    // A shared subform is visited once.
    if (seen.has(each)) return;
    if (each.number === undefined) seen.add(each);
    for (const part of each.parts) visit(part);
  };
  visit(form);

  const sums = new Float64Array(Math.min(logs.length, mostSums));
  for (const [i, log] of logs.entries()) sums[i % mostSums]! += log;
  const bytes = Buffer.alloc(4 + bins + 2 + 3 * sums.length);
  bytes.writeInt32LE(form.hash, 0);
  for (let bin = 0; bin < bins; bin++) {
    // An empty bin takes the next one's (Shrivastava and Li 2014).
    let from = bin;
    while (least[from] === 0xffffffff) from = (from + 1) % bins;
    bytes[4 + bin] = mix(least[from]!, from - bin) & 0xff;
  }
  bytes.writeUInt16LE(Math.min(logs.length, 0xffff), 4 + bins);
  for (const [i, sum] of sums.entries()) {
    const steps = Math.round(sum / step);
    bytes.writeIntLE(Math.max(-0x800000, Math.min(0x7fffff, steps)), 6 + bins + 3 * i, 3);
  }
  return bytes.toString('base64');
}

/** Decodes a sketch. */
export function decode(text: string): Sketch {
  const bytes = Buffer.from(text, 'base64');
  const sums = new Float64Array((bytes.length - 6 - bins) / 3);
  for (let i = 0; i < sums.length; i++) sums[i] = bytes.readIntLE(6 + bins + 3 * i, 3) * step;
  const count = bytes.readUInt16LE(4 + bins);
  return { shape: bytes.readInt32LE(0), bins: bytes.subarray(4, 4 + bins), count, sums };
}

/**
 * Similarity of two programs, in [0, 1]. 1: the same normal form, and no number differs by more than `tolerance`, so
 * that running both gains nothing, whatever their length. Less: the share of common subforms and of agreeing numbers,
 * an estimate with a standard error of up to 0.06, and never more than 0.99.
 */
export function similarity(a: Sketch, b: Sketch): number {
  let agree = 0;
  if (a.count === b.count) {
    const most = (tolerance + step) * Math.ceil(a.count / mostSums);
    for (const [i, sum] of a.sums.entries()) if (Math.abs(sum - b.sums[i]!) <= most) agree++;
  }
  if (a.shape === b.shape && a.count === b.count && agree === a.sums.length) return 1;
  let same = 0;
  for (let i = 0; i < bins; i++) if (a.bins[i] === b.bins[i]) same++;
  const chance = 1 / 256;
  const alike = Math.max(0, (same / bins - chance) / (1 - chance));
  const numbers = a.shape === b.shape && a.sums.length > 0 ? agree / a.sums.length : 1;
  return Math.min(0.99, alike * (0.5 + 0.5 * numbers));
}
