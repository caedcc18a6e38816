// EVOLVE-BLOCK-START
/**
 * Nearest neighbour.
 * @param {number} dCur
 * @param {number} dStart
 * @param {number} mean
 * @param {number} sd
 * @param {number} nearest
 * @param {number} left
 * @param {number} second
 * @param {number} closest
 */
export function score(dCur, dStart, mean, sd, nearest, left, second, closest) {
  return dCur;
}
// EVOLVE-BLOCK-END
