import { boundSaid, type Goals, type Measures, objectivesAmong } from '../../core/search/objectives.ts';
import type { Problem, Use } from '../../core/search/problem.ts';
import type { Summary } from '../run/summary.ts';

/** A score in the problem's own words; all its digits where the problem has none. */
export function scoreIn(problem: Pick<Problem, 'show'>, score: number): string {
  return problem.show ? problem.show(score) : String(score);
}

/** The objectives of a program, one text each: `error 1.5 (minimize)`; none of a problem with its score alone. */
export function objectivesSaid(goals: Goals, measures: Measures): string[] {
  const values = objectivesAmong(goals, measures);
  return Object.entries(goals.objectives ?? {}).map(
    ([name, direction]) => `${name} ${values[name]} (${direction})`,
  );
}

/** The hard constraints of a problem, one text each: `overlap at most 0`. */
export function constraintsSaid({ constraints = {} }: Goals): string[] {
  return Object.entries(constraints).map(([name, bound]) => `${name} ${boundSaid(bound)}`);
}

/** The three sets of cases by the name that the user sees, with the `use` of their cases in a problem. */
export const splits = [
  ['search', 'scored'],
  ['validation', 'validation'],
  ['test', 'held-out'],
] as const satisfies readonly (readonly [string, Use])[];

/** 12345 as 12,345. */
export function count(n: number): string {
  return Math.round(n).toLocaleString('en-US');
}

/** A span of milliseconds as 4.2 s, 3:07 or 5:03:07. */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const [first, ...rest] = parts[0] === 0 ? parts.slice(1) : parts;
  return [first, ...rest.map((part) => String(part).padStart(2, '0'))].join(':');
}

/** A moment as 14:03:20 in local time, with its day where that is not today: 2026-11-30 14:03:20. */
export function clockTime(at: number, now = Date.now()): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}

/** 1000 as 1k, 20000000 as 20M. */
export function short(n: number): string {
  if (n < 1e3) return String(n);
  return n < 1e6 ? `${n / 1e3}k` : `${n / 1e6}M`;
}

/** Scores in words as numbers, and the words about them where these are the same for all: `3.106` and `% excess`. */
export function split(scores: readonly string[]): {
  readonly numbers: readonly string[];
  readonly unit: string;
} {
  const parts = scores.map((score) => /^(\D*? ?)(-?\d.*\d|-?\d)( ?\D*)$/.exec(score));
  const [first] = parts;
  const alike = first && parts.every((part) => part?.[1] === first[1] && part?.[3] === first[3]);
  if (!alike) return { numbers: scores, unit: '' };
  return { numbers: parts.map((part) => part![2]!), unit: `${first[1]!.trim()} ${first[3]!.trim()}`.trim() };
}

/** Why a search or a session ended, in words. */
export const reasons: Record<Summary['because'], string> = {
  evaluations: 'all evaluations are used',
  calls: 'all calls are used',
  tokens: 'the tokens left are too few for one more call',
  dollars: 'the dollars left are too few for one more call',
  minutes: 'the time is up',
  target: 'the target is reached',
  exhausted: 'operators find nothing new to evaluate',
  interrupted: 'interrupted',
};
