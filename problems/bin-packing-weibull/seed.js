// EVOLVE-BLOCK-START
/** Best fit: the fullest bin that has room. */
export function priority(item, remaining, capacity) {
  return item - remaining;
}
// EVOLVE-BLOCK-END
