// EVOLVE-BLOCK-START
/** Every vector is as good as any other: the cube {0, 1}^n. */
export function priority(v, n) {
  return 0;
}
// EVOLVE-BLOCK-END
