/** Chance that is the same each time: a stream of draws that its seed decides. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** Whole, uniform in [0, n). */
  int(n: number): number;
  /** Mean 0, standard deviation 1. */
  normal(): number;
  /** One of a list. */
  pick<T>(list: ArrayLike<T>): T;
  /** A copy of a list in another order. */
  shuffle<T>(list: ArrayLike<T>): T[];
}

/** A stream of draws for a seed, which may be any number; Sfc32 of PractRand. */
export function random(seed: number): Random {
  const bits = new Uint32Array(new Float64Array([seed]).buffer);
  let a = bits[0]! | 0;
  let b = bits[1]! | 0;
  let c = 0x9e3779b9 | 0;
  let count = 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + count) | 0;
    count = (count + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 4294967296;
  };
  // Seeds that differ in one bit have nothing in common after some twelve draws.
  for (let i = 0; i < 16; i++) draw();
  const int = (n: number): number => Math.floor(draw() * n);
  return {
    next: draw,
    int,
    normal: () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw()),
    pick: (list) => list[int(list.length)]!,
    shuffle(list) {
      const copy = Array.from(list);
      for (let i = copy.length - 1; i > 0; i--) {
        const j = int(i + 1);
        const held = copy[i]!;
        copy[i] = copy[j]!;
        copy[j] = held;
      }
      return copy;
    },
  };
}
