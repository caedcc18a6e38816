// EVOLVE-BLOCK-START
/**
 * Best fit: the fullest bin that has room.
 * @param {number} item
 * @param {number} remaining
 * @param {number} capacity
 */
export function priority(item, remaining, capacity) {
  return item - remaining;
}
// EVOLVE-BLOCK-END
