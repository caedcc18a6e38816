// EVOLVE-BLOCK-START
/**
 * How many primes are below n: the multiples of every number are crossed out.
 * @param {number} n
 */
export function countPrimes(n) {
  const crossed = new Uint8Array(n);
  let count = 0;
  for (let i = 2; i < n; i += 1) {
    if (crossed[i] === 0) count += 1;
    for (let j = 2 * i; j < n; j += i) crossed[j] = 1;
  }
  return count;
}
// EVOLVE-BLOCK-END
