// EVOLVE-BLOCK-START
/** Centres, the most important first: a 5 by 5 grid, then a gap of it. */
function centres() {
  const points = [];
  for (let row = 0; row < 5; row++) {
    for (let column = 0; column < 5; column++) points.push([0.1 + 0.2 * column, 0.1 + 0.2 * row]);
  }
  points.push([0.2, 0.2]);
  return points;
}

/** Each circle as large as `most`, the walls and the circles before it allow. */
export function pack() {
  const most = 0.1;
  const circles = [];
  for (const [x, y] of centres()) {
    let r = Math.min(most, x, y, 1 - x, 1 - y);
    for (const [a, b, s] of circles) r = Math.min(r, Math.sqrt((x - a) ** 2 + (y - b) ** 2) - s);
    circles.push([x, y, r * (1 - 1e-12)]);
  }
  return circles;
}
// EVOLVE-BLOCK-END
