import { gainOver } from './gain.ts';

/**
 * A score held against several accepted solutions and not one (KAT-Coder, Zhan 2025): the mean of its gains over them,
 * in [-1, 1]. With elites of an archive for references it goes on rewarding progress where a child is already better
 * than its parent and not yet as good as the best. The paper's own form was not checked. 0 without references.
 */
export function besideReferences(score: number, references: readonly number[], spread: number): number {
  const sum = references.reduce((total, each) => total + gainOver(score, each, spread), 0);
  return sum / Math.max(1, references.length);
}
