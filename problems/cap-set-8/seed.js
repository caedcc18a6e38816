// EVOLVE-BLOCK-START
/**
 * Every vector is as good as any other: the cube {0, 1}^n.
 * @param {number[]} v entries in {0, 1, 2}
 * @param {number} n length of v
 */
export function priority(v, n) {
  const ones = v.filter((x) => x === 1).length;
  const twos = v.filter((x) => x === 2).length;
  /** Places that equal their mirror image, and that sum to 0 with it. */
  const mirrored = v.filter((x, i) => x === v[n - 1 - i]).length;
  const opposed = v.filter((x, i) => (x + v[n - 1 - i]) % 3 === 0).length;
  /** Places that equal the next one. */
  const repeated = v.filter((x, i) => x === v[(i + 1) % n]).length;
  return 0;
}
// EVOLVE-BLOCK-END
