// EVOLVE-BLOCK-START
/**
 * The sum of p * p % m over the primes p below n, which is 3 or more: the multiples of every number are crossed out.
 * @param {number} n
 * @param {number} m
 */
export function sumPrimes(n, m) {
  const crossed = new Uint8Array(n);
  const step = 1;
  for (let i = 2; i < n; i += step) {
    const leap = i;
    for (let j = 2 * i; j < n; j += leap) crossed[j] = 1;
  }
  // No even number but 2 is prime.
  let sum = 4 % m;
  const stride = 1;
  for (let i = 3; i < n; i += stride) {
    if (i % 2 === 1 && crossed[i] === 0) sum += (i * i) % m;
  }
  return sum;
}
// EVOLVE-BLOCK-END
