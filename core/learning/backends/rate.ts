import type { Tensors } from './tensors.ts';

/** The best speed, in billions of operations per second, of a back end's product of two square matrices of this size. */
export async function matrixRate(tensors: Tensors, size = 256, times = 4): Promise<number> {
  const [a, b] = [
    tensors.randomNormal([size, size], 0, 1, 'float32', 1),
    tensors.randomNormal([size, size], 0, 1, 'float32', 2),
  ];
  let best = Number.POSITIVE_INFINITY;
  // The first product warms up the back end.
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
