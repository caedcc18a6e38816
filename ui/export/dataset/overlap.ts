import { hashOf } from '../../../core/text/form.ts';

/** Number of consecutive words that two texts must share to overlap (Brown 2020). */
const long = 13;

/** Minimum number of distinct words in a run: a run of zeros occurs in many texts. */
const varied = 6;

/** Runs of words that a data set must not contain. */
export interface Reserved {
  readonly size: number;
  /** Adds a text's runs of words. */
  add(text: string): void;
  /** Removes a text's runs, which are public. */
  release(text: string): void;
  /** Whether a text contains one of the runs. */
  meets(text: string): boolean;
}

/**
 * An empty set of runs: 13 consecutive words or numbers, regardless of punctuation and case. A shorter text with at least six
 * distinct words is one run.
 */
export function reserved(): Reserved {
  const runs = new Set<number>();
  return {
    get size() {
      return runs.size;
    },
    add(text) {
      for (const run of runsOf(text)) runs.add(run);
    },
    release(text) {
      for (const run of runsOf(text)) runs.delete(run);
    },
    meets(text) {
      if (runs.size === 0) return false;
      for (const run of runsOf(text)) if (runs.has(run)) return true;
      return false;
    },
  };
}

/** A hash of 52 bits for every run. */
function* runsOf(text: string): Generator<number> {
  const words = text.toLowerCase().match(/[\p{L}_$][\p{L}\d_$]*|\d+(?:\.\d+)?(?:e[+-]?\d+)?/gu) ?? [];
  const length = Math.min(long, words.length);
  const hashes = words.map(hashOf);
  const counts = new Map<string, number>();
  for (const [i, word] of words.entries()) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
    if (i >= length) drop(counts, words[i - length]!);
    if (i + 1 < length || counts.size < varied) continue;
    let [a, b] = [0, 0];
    for (let at = i + 1 - length; at <= i; at++) {
      a = Math.imul(a ^ hashes[at]!, 0x9e3779b1) ^ (a >>> 15);
      b = Math.imul(b ^ hashes[at]!, 0x85ebca6b) ^ (b >>> 13);
    }
    yield (a >>> 6) * 2 ** 26 + (b >>> 6);
  }
}

function drop(counts: Map<string, number>, word: string): void {
  const left = counts.get(word)! - 1;
  if (left === 0) counts.delete(word);
  else counts.set(word, left);
}
