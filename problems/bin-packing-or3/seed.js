// EVOLVE-BLOCK-START
/**
 * Best fit: the fullest bin that has room.
 * @param {number} item
 * @param {number} remaining
 * @param {number} capacity
 */
export function priority(item, remaining, capacity) {
  /** Room that would be left. */
  const gap = remaining - item;
  /** A bin that holds nothing yet. */
  const fresh = remaining === capacity;
  return -gap;
}
// EVOLVE-BLOCK-END
