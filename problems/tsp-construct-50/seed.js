// EVOLVE-BLOCK-START
/** Nearest neighbour. */
export function score(dCur, dStart, mean, sd, nearest, left, second, closest) {
  return dCur;
}
// EVOLVE-BLOCK-END
