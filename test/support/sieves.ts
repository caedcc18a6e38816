/** Textbook sieves, as texts of the language that `problems/kernel-speed` reads. */

/** Multiples of primes only, from the square on, for primes up to the root. */
export const eratosthenes = `export function sumPrimes(n, m) {
  const crossed = new Uint8Array(n);
  for (let i = 2; i * i < n; i++) {
    if (crossed[i] === 0) {
      for (let j = i * i; j < n; j += i) crossed[j] = 1;
    }
  }
  let sum = 0;
  for (let i = 2; i < n; i++) {
    if (crossed[i] === 0) sum += (i * i) % m;
  }
  return sum;
}
`;

/** The same on odd numbers: place k stands for 2k + 1. */
export const odd = `export function sumPrimes(n, m) {
  const half = n >> 1;
  const crossed = new Uint8Array(half);
  for (let k = 1; 2 * k * (k + 1) < half; k++) {
    if (crossed[k] === 0) {
      const step = 2 * k + 1;
      for (let j = 2 * k * (k + 1); j < half; j += step) crossed[j] = 1;
    }
  }
  let sum = 4 % m;
  for (let k = 1; k < half; k++) {
    if (crossed[k] === 0) {
      const p = 2 * k + 1;
      sum += (p * p) % m;
    }
  }
  return sum;
}
`;

/** The same without the multiples of 3: what is beyond the array is not 0. */
export const threeless = `export function sumPrimes(n, m) {
  const half = n >> 1;
  const crossed = new Uint8Array(half);
  for (let k = 2; 2 * k * (k + 1) < half; k++) {
    if (crossed[k] === 0) {
      const step = 2 * k + 1;
      for (let j = 2 * k * (k + 1); j < half; j += step) crossed[j] = 1;
    }
  }
  let sum = (4 % m) + (n > 3 ? 9 % m : 0);
  for (let k = 2; k < half; k += 3) {
    if (crossed[k] === 0) {
      const p = 2 * k + 1;
      sum += (p * p) % m;
    }
    if (crossed[k + 1] === 0) {
      const p = 2 * k + 3;
      sum += (p * p) % m;
    }
  }
  return sum;
}
`;
