import { type Arm, seedArm } from '../../core/search/arm.ts';
import type { ProgramId } from '../../core/search/program.ts';
import type { Point } from '../facts/facts.ts';
import type { RunHistory } from './run-history.ts';

/** A new best program, and who made it. */
export interface Improvement extends Point {
  readonly id: ProgramId;
  readonly arm: Arm;
  readonly note: string;
  /** How much higher it scored than the best before. */
  readonly gain: number;
}

/** Improvements that are numbered. */
const told = 8;

/** The improvements of the best score, the baseline first, and in the same order the largest of them. */
export function improvementsOf({ facts, programs, baseline }: RunHistory): {
  readonly all: readonly Improvement[];
  readonly told: readonly Improvement[];
} {
  const all = facts.curve.map((point, i): Improvement => {
    const id = i === 0 ? baseline.id : `trial-${point.trial}`;
    const { arm = seedArm, note = '' } = programs.get(id) ?? {};
    return { ...point, id, arm, note, gain: i === 0 ? 0 : point.score - facts.curve[i - 1]!.score };
  });
  const largest = all
    .slice(1)
    .toSorted((a, b) => b.gain - a.gain)
    .slice(0, told - 1);
  // The last one is what came of it all.
  const chosen = new Set([...largest, ...all.slice(1).slice(-1)]);
  return { all, told: all.filter((rise) => chosen.has(rise)) };
}
