/** What a comparison keeps: one line of JSON for each search that ended. */
import { existsSync, readFileSync } from 'node:fs';
import type { ArmName } from './plan.ts';

/** A search to be made. */
export interface Wanted {
  readonly problem: string;
  readonly arm: ArmName;
  readonly seed: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly evaluations: number;
  /** Run in the process itself and not in sandboxes: for pilots. */
  readonly direct: boolean;
}

/** A search that ended. */
export interface Learned extends Wanted {
  readonly score: number;
  readonly test: number | null;
  readonly used: number;
  readonly because: string;
  readonly trials: number;
  readonly seconds: number;
  readonly cpuSeconds: number | null;
  /** Best score of the search after N evaluations, wherever it rose. */
  readonly curve: readonly (readonly [evaluations: number, score: number])[];
  /** What the policy drew, how much of it had been drawn before, and how often it was trained. */
  readonly rollouts: number;
  readonly duplicates: number;
  readonly trained: number;
  readonly promoted: number;
  /** Wall clock of the trainings together. */
  readonly milliseconds: number;
}

/** What tells one search from all others. */
export function keyOf({ problem, arm, seed, settings, evaluations, direct }: Wanted): string {
  return JSON.stringify([problem, arm, seed, settings, evaluations, direct]);
}

/** All that a file holds; a last line without its end was cut short by a kill and does not count. */
export function readRecords(path: string): Learned[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
