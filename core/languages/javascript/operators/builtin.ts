import type { Operator } from '../../../search/roles.ts';
import { blend } from './blend.ts';
import { constants } from './constants.ts';
import { crossover } from './crossover.ts';
import { remove } from './delete.ts';
import { exchange } from './exchange.ts';
import { insert } from './insert.ts';
import { link } from './link.ts';
import { move } from './move.ts';
import { regress } from './regress.ts';
import { replace } from './replace.ts';
import { specialise } from './specialise.ts';
import { swap } from './swap.ts';
import { tune } from './tune.ts';

/**
 * The operators that need no model, except those named in `without`. `tuneEvaluations`: most runs that fitting numbers
 * may use in one trial; 0 leaves out the operators that do. `comparable`: whether the problem gives residuals, so that
 * terms are added by least squares rather than by trial.
 */
export function builtin(
  tuneEvaluations: number,
  without: readonly string[] = [],
  comparable = false,
): Operator[] {
  const plain = [constants, swap, replace, insert, remove, move, specialise, crossover, exchange];
  const adding = comparable ? regress : blend(tuneEvaluations);
  const fitting = tuneEvaluations > 0 ? [tune(tuneEvaluations), adding, ...(comparable ? [link] : [])] : [];
  return [...plain, ...fitting].filter(({ name }) => !without.includes(name));
}
