/** A function to make small: fills `gradient`, which is all 0 when it is called, and returns the value. */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number;

/** A place and what the function is there. */
export interface Point {
  readonly x: Float64Array;
  readonly gradient: Float64Array;
  value: number;
}

/** How far along a direction, the value there, and its slope along the direction. */
interface Step {
  at: number;
  value: number;
  slope: number;
}

/** Most evaluations along one line. */
const most = 25;
/** What a step must gain, of what its slope promises, and how flat it must be where it ends. */
const gain = 1e-4;
const flat = 0.9;

/**
 * Steps from `from` along `direction`, whose slope there is below 0, until the strong Wolfe conditions hold
 * (Nocedal 2006, algorithms 3.5 and 3.6, with cubic interpolation), and leaves the end in `to`. Where rounding hides the
 * gain, a flatter slope at the same value is enough. Returns whether `to` is any better; `spare` is overwritten.
 */
export function along(
  f: Smooth,
  from: Point,
  direction: Float64Array,
  slope: number,
  first: number,
  to: Point,
  spare: Point,
): boolean {
  const slack = 4 * Number.EPSILON * Math.abs(from.value);
  const low: Step = { at: 0, value: from.value, slope };
  const high: Step = { at: Number.POSITIVE_INFINITY, value: 0, slope: 0 };
  const now: Step = { at: first, value: 0, slope: 0 };
  for (let tries = 0; tries < most; tries++) {
    visit(f, from, direction, now, spare);
    const enough = now.value <= from.value + gain * now.at * slope;
    const level = Math.abs(now.slope) <= -flat * slope;
    if (level && (enough || now.value <= from.value + slack)) {
      copy(spare, to);
      return true;
    }
    if (!enough || now.value >= low.value) move(now, high);
    else {
      if (now.slope * (high.at - low.at) >= 0) move(low, high);
      move(now, low);
      copy(spare, to);
    }
    now.at = next(low, high);
    if (!(Math.abs(high.at - low.at) > 1e-16 * low.at)) break;
  }
  return low.at > 0;
}

/** Evaluates at a step; what is no number counts as endlessly high. */
function visit(f: Smooth, from: Point, direction: Float64Array, step: Step, into: Point): void {
  const { x, gradient } = into;
  for (let i = 0; i < x.length; i++) x[i] = from.x[i]! + step.at * direction[i]!;
  gradient.fill(0);
  const value = f(x, gradient);
  let slope = 0;
  for (let i = 0; i < x.length; i++) slope += gradient[i]! * direction[i]!;
  const sound = Number.isFinite(value) && Number.isFinite(slope);
  into.value = sound ? value : Number.POSITIVE_INFINITY;
  step.value = into.value;
  step.slope = sound ? slope : 0;
}

/** Where to look next: the lowest point of the cubic through both ends, kept away from them. */
function next(low: Step, high: Step): number {
  const width = high.at - low.at;
  if (width === Number.POSITIVE_INFINITY) return low.at > 0 ? low.at * 3 : 1;
  const middle = low.at + width / 2;
  if (!Number.isFinite(high.value)) return low.at + width / 8;
  const d1 = low.slope + high.slope - (3 * (high.value - low.value)) / width;
  const d2 = Math.sign(width) * Math.sqrt(d1 * d1 - low.slope * high.slope);
  const cubic = high.at - width * ((high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2));
  const share = (cubic - low.at) / width;
  return share > 0.05 && share < 0.95 ? cubic : share <= 0.05 ? low.at + width * 0.05 : middle;
}

function move(from: Step, to: Step): void {
  to.at = from.at;
  to.value = from.value;
  to.slope = from.slope;
}

function copy(from: Point, to: Point): void {
  to.x.set(from.x);
  to.gradient.set(from.gradient);
  to.value = from.value;
}
