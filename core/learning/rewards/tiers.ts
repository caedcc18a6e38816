import type { Outcome, TrialVerdict } from '../../search/outcome.ts';

/**
 * How far a proposal came, worst first: it could not be read or applied, it changed nothing, it ran and failed, it
 * broke the rules, or it was scored.
 */
export const rungs = ['unparsable', 'unchanged', 'crashed', 'invalid', 'valid'] as const;

/** One of the rungs. */
export type Rung = (typeof rungs)[number];

/** What the rungs below a score earn (Wang 2025): no edit, no change, not run to the end, not valid. */
export const rungRewards = { unparsable: -0.4, unchanged: -0.3, crashed: -0.2, invalid: -0.1 } as const;

/**
 * The rung that a trial reached, by how it ended and what became of its child, if that was run. A duplicate has changed
 * nothing that counts.
 */
export function rungOf(verdict: TrialVerdict, status: Outcome['status'] | undefined): Rung {
  if (verdict === 'malformed' || status === 'refused') return 'unparsable';
  if (verdict === 'duplicate') return 'unchanged';
  if (verdict !== 'failed') return 'valid';
  return status === 'invalid' ? 'invalid' : 'crashed';
}

/** The reward of a rung; `worth`, in [0, 1], is that of the score, so that every valid program beats every other. */
export function ladder(rung: Rung, worth: number): number {
  return rung === 'valid' ? worth : rungRewards[rung];
}
