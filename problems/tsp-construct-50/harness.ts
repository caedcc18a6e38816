import type { Tour } from './judge.ts';

/** The rule that is searched for; the brief says what each argument is. Lowest wins. */
export type Score = (
  dCur: number,
  dStart: number,
  mean: number,
  sd: number,
  nearest: number,
  left: number,
  second: number,
  closest: number,
) => number;

/**
 * The tour that the rule builds from city 0: cities by number in order of visit. The rule's arguments are updated as
 * cities leave, so a tour of n cities costs about n squared and not n cubed steps.
 * Throws where the rule returns no number, or remembers: in some cases a second load of the program is asked all the
 * questions again, in another order, and must give the same answers. The distances to three cities would give away the whole map.
 * One idea: one tour, and the sums and neighbours that make it cheap; it is sent as one text.
 */
export function harness(score: Score, input: Tour, freshLoad?: () => Score): number[] {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text; else `caller.arguments` shows the whole map
  'use strict';
  const { points } = input;
  const n = points.length;
  const d = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const dx = points[i]![0] - points[j]![0];
      const dy = points[i]![1] - points[j]![1];
      d[i * n + j] = d[j * n + i] = Math.sqrt(dx * dx + dy * dy);
    }
  }

  const unvisited = Array.from({ length: n - 1 }, (_, k) => k + 1);
  const sum = new Float64Array(n);
  const squares = new Float64Array(n);
  const first = new Int32Array(n);
  const next = new Int32Array(n);
  const findNeighbours = (i: number): void => {
    let a = -1;
    let b = -1;
    for (const j of unvisited) {
      if (j === i) continue;
      const dj = d[i * n + j]!;
      if (a < 0 || dj < d[i * n + a]!) {
        b = a;
        a = j;
      } else if (b < 0 || dj < d[i * n + b]!) b = j;
    }
    first[i] = a;
    next[i] = b;
  };
  for (const i of unvisited) {
    for (const j of unvisited) {
      sum[i]! += d[i * n + j]!;
      squares[i]! += d[i * n + j]! * d[i * n + j]!;
    }
    findNeighbours(i);
  }

  const questions: Parameters<Score>[] = [];
  const answers: number[] = [];
  const rate = (current: number, i: number, closest: number): number => {
    const others = unvisited.length - 1;
    const mean = others > 0 ? sum[i]! / others : 0;
    // One distance has no spread, but the running sums leave a rest of rounding.
    const variance = others > 1 ? squares[i]! / others - mean * mean : 0;
    const nearest = others > 0 ? d[i * n + first[i]!]! : 0;
    const dCur = d[current * n + i]!;
    const dStart = d[i]!;
    const sd = variance > 0 ? Math.sqrt(variance) : 0;
    const left = unvisited.length / (n - 1);
    const second = others > 1 ? d[i * n + next[i]!]! : nearest;
    const answer = score(dCur, dStart, mean, sd, nearest, left, second, closest);
    if (typeof answer !== 'number' || Number.isNaN(answer)) {
      const got = typeof answer === 'number' ? 'NaN' : typeof answer;
      throw new TypeError(`Expected score(...) to be a number, got ${got} with ${others} others left`);
    }
    if (freshLoad) {
      questions.push([dCur, dStart, mean, sd, nearest, left, second, closest]);
      answers.push(answer);
    }
    return answer;
  };
  const choose = (current: number): number => {
    let closest = Infinity;
    for (const i of unvisited) if (d[current * n + i]! < closest) closest = d[current * n + i]!;
    let place = 0;
    let lowest = rate(current, unvisited[0]!, closest);
    for (let k = 1; k < unvisited.length; k++) {
      const answer = rate(current, unvisited[k]!, closest);
      if (answer < lowest) {
        lowest = answer;
        place = k;
      }
    }
    return place;
  };

  const tour = [0];
  while (unvisited.length > 0) {
    const chosen = unvisited.splice(choose(tour[tour.length - 1]!), 1)[0]!;
    tour.push(chosen);
    for (const i of unvisited) {
      const gone = d[i * n + chosen]!;
      sum[i]! -= gone;
      squares[i]! -= gone * gone;
      if (first[i] === chosen || next[i] === chosen) findNeighbours(i);
    }
  }
  if (!freshLoad) return tour;
  const other = freshLoad();
  // Steps through all questions by a number without a common divisor, that depends on the map.
  const count = questions.length;
  const divides = (a: number, b: number): boolean => (b === 0 ? a > 1 : divides(b, a % b));
  let stride = 1 + Math.floor(((1e7 * questions[0]![0]) % 1) * (count - 1));
  while (divides(count, stride)) stride++;
  let at = stride;
  for (let k = 0; k < count; k++, at = (at + stride) % count) {
    if (other(...questions[at]!) !== answers[at])
      throw new TypeError('Expected score(...) to be a pure function of its arguments, got another answer');
  }
  return tour;
}
