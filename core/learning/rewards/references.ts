import { gainOver } from './gain.ts';

/**
 * A score against several accepted solutions (KAT-Coder, Zhan 2025): the mean of its gains over them, in [-1, 1]. With an
 * archive's elites as references it still rewards progress of a child that beats its parent but not the best program.
 * The paper's own form was not checked. 0 without references.
 */
export function besideReferences(score: number, references: readonly number[], spread: number): number {
  const sum = references.reduce((total, each) => total + gainOver(score, each, spread), 0);
  return sum / Math.max(1, references.length);
}
