/** Textbook sieves, as texts of the language that `problems/kernel-speed` reads. */

/** Multiples of primes only, from the square on, for primes up to the root. */
export const eratosthenes = `export function countPrimes(n) {
  const crossed = new Uint8Array(n);
  for (let i = 2; i * i < n; i++) {
    if (crossed[i] === 0) {
      for (let j = i * i; j < n; j += i) crossed[j] = 1;
    }
  }
  let count = 0;
  for (let i = 2; i < n; i++) {
    if (crossed[i] === 0) count++;
  }
  return count;
}
`;

/** The same on odd numbers: place k stands for 2k + 1. */
export const odd = `export function countPrimes(n) {
  const half = n >> 1;
  const crossed = new Uint8Array(half);
  let count = half;
  for (let k = 1; 2 * k * (k + 1) < half; k++) {
    if (crossed[k]) continue;
    const step = 2 * k + 1;
    for (let j = 2 * k * (k + 1); j < half; j += step) {
      if (crossed[j] === 0) {
        crossed[j] = 1;
        count--;
      }
    }
  }
  return count;
}
`;
