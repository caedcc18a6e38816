/** A stream of draws. Everything that draws is given one; nothing else draws. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  next(): number;
  /** Uniform integer in [0, n), for n of 1 or more. */
  int(n: number): number;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
  /** One element, uniformly, of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
  /** An index with probability proportional to its weight; weights are finite and at least 0, one of them positive. */
  weighted(weights: readonly number[]): number;
}

/**
 * The stream that belongs to a key: the same key gives the same draws on every machine, so a decision can be
 * made again after a crash without any generator state being stored.
 * Key hashing by cyrb128, draws by xoshiro128** (Blackman and Vigna 2018).
 */
export function random(...key: readonly (string | number)[]): Random {
  let [a, b, c, d] = hash(key.join('\u0000'));
  const word = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = rotate(d, 11);
    return result;
  };
  const next = (): number => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 0x20000000000000;
  let spare: number | undefined;
  const normal = (): number => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  const int = (n: number): number => Math.floor(next() * n);
  return {
    next,
    int,
    normal,
    pick: (list) => list[int(list.length)]!,
    weighted: (weights) => {
      let left = next() * weights.reduce((sum, weight) => sum + weight, 0);
      let last = 0;
      for (let i = 0; i < weights.length; i++) {
        if (weights[i]! <= 0) continue;
        last = i;
        left -= weights[i]!;
        if (left < 0) return i;
      }
      return last;
    },
  };
}

function rotate(x: number, k: number): number {
  return (x << k) | (x >>> (32 - k));
}

/** 128 bits of a string by cyrb128; never all zero, which xoshiro128** could not leave. */
export function hash(text: string): [number, number, number, number] {
  let h1 = 1779033703;
  let h2 = 3144134277;
  let h3 = 1013904242;
  let h4 = 2773480762;
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i);
    h1 = h2 ^ Math.imul(h1 ^ k, 597399067);
    h2 = h3 ^ Math.imul(h2 ^ k, 2869860233);
    h3 = h4 ^ Math.imul(h3 ^ k, 951274213);
    h4 = h1 ^ Math.imul(h4 ^ k, 2716044179);
  }
  h1 = Math.imul(h3 ^ (h1 >>> 18), 597399067);
  h2 = Math.imul(h4 ^ (h2 >>> 22), 2869860233);
  h3 = Math.imul(h1 ^ (h3 >>> 17), 951274213);
  h4 = Math.imul(h2 ^ (h4 >>> 19), 2716044179);
  h1 ^= h2 ^ h3 ^ h4;
  return [h1 | 1, h2 ^ h1, h3 ^ h1, h4 ^ h1];
}
