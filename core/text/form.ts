/**
 * A node of a normal form. The hash leaves out numbers, which are leaves, so that programs that differ only in numbers
 * have the same hash and are compared by the list of their numbers.
 */
export interface Form {
  /** 32 bits of the structure. */
  readonly hash: number;
  /** A projection of its numbers to one: orders forms of equal structure. */
  readonly value: number;
  readonly parts: readonly Form[];
  /** Of a leaf that is a number. Never 0, which belongs to the structure. */
  readonly number?: number;
}

const hashes = new Map<string, number>();

/** 32 bits of a word. */
export function hashOf(word: string): number {
  const known = hashes.get(word);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) hash = Math.imul(hash ^ word.charCodeAt(i), 0x01000193);
  hash = mix(hash, word.length);
  if (hashes.size > 5000) hashes.clear();
  hashes.set(word, hash);
  return hash;
}

/** 32 bits of a sequence of two (the finish of MurmurHash3 over both). */
export function mix(a: number, b: number): number {
  let hash = Math.imul(a ^ Math.imul(b, 0xcc9e2d51), 0x9e3779b1) ^ b;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}

/** A form whose parts are ordered. */
export function ordered(word: string | number, parts: readonly Form[]): Form {
  let hash = typeof word === 'string' ? hashOf(word) : word;
  let value = 0;
  for (const [i, each] of parts.entries()) {
    hash = mix(hash, each.hash);
    value += each.value / (1.3 + i);
  }
  return { hash: mix(hash, parts.length), value, parts };
}

/** A form whose parts may stand in any order: they are sorted. */
export function unordered(word: string, parts: readonly Form[]): Form {
  return ordered(word, parts.toSorted(compare));
}

/** The form of a number: its absolute value; sign and 0 are structure. */
export function numberForm(x: number): Form {
  if (x === 0 || !Number.isFinite(x)) return ordered(`number ${x}`, []);
  const hash = hashOf(x < 0 ? 'minus' : 'number');
  return { hash, value: Math.log(Math.abs(x)) + 1, parts: [], number: Math.abs(x) };
}

/** Order of forms that does not depend on their position. */
export function compare(a: Form, b: Form): number {
  return a.hash - b.hash || a.value - b.value;
}
