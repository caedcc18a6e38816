/** The size of a drill: `small` in `npm test`, `full` in `npm run drills`. */
export function drill(small: number, full: number): number {
  return process.env.ATOLL_DRILLS ? full : small;
}
