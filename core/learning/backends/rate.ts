import type { Tensors } from './tensors.ts';

/** Billions of operations a second with which a back end multiplies two square matrices of that size, the best of a few times. */
export async function matrixRate(tensors: Tensors, size = 256, times = 4): Promise<number> {
  const [a, b] = [
    tensors.randomNormal([size, size], 0, 1, 'float32', 1),
    tensors.randomNormal([size, size], 0, 1, 'float32', 2),
  ];
  let best = Number.POSITIVE_INFINITY;
  // The first time is a warming up.
  for (let i = 0; i <= times; i++) {
    const start = performance.now();
    const product = tensors.matMul(a, b);
    await product.data();
    product.dispose();
    if (i > 0) best = Math.min(best, performance.now() - start);
  }
  a.dispose();
  b.dispose();
  return (2 * size ** 3) / best / 1e6;
}
