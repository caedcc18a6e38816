// EVOLVE-BLOCK-START
/**
 * Every vector is as good as any other: the cube {0, 1}^n.
 * @param {number[]} v entries in {0, 1, 2}
 * @param {number} n length of v
 */
export function priority(v, n) {
  return 0;
}
// EVOLVE-BLOCK-END
