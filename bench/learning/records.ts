/** The results of a comparison: one line of JSON for each complete search. */
import { existsSync, readFileSync } from 'node:fs';
import type { ArmName } from './plan.ts';

/** A search to run. */
export interface Wanted {
  readonly problem: string;
  readonly arm: ArmName;
  readonly seed: number;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly evaluations: number;
  /** Whether programs run in the process and not in sandboxes, for pilots. */
  readonly direct: boolean;
}

/** A complete search. */
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
  /** Rollouts of the policy, duplicates among them, and trainings. */
  readonly rollouts: number;
  readonly duplicates: number;
  readonly trained: number;
  readonly promoted: number;
  /** Total wall-clock time of the trainings. */
  readonly milliseconds: number;
}

/** The identity of a search. */
export function keyOf({ problem, arm, seed, settings, evaluations, direct }: Wanted): string {
  return JSON.stringify([problem, arm, seed, settings, evaluations, direct]);
}

/** All records of a file, without an incomplete last line, which a kill may leave. */
export function readRecords(path: string): Learned[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}
