import type { Operator } from '../../roles.ts';
import { blend } from './blend.ts';
import { constants } from './constants.ts';
import { crossover } from './crossover.ts';
import { remove } from './delete.ts';
import { exchange } from './exchange.ts';
import { insert } from './insert.ts';
import { move } from './move.ts';
import { replace } from './replace.ts';
import { specialise } from './specialise.ts';
import { swap } from './swap.ts';
import { tune } from './tune.ts';

/** The operators that need no model. `tuneEvaluations`: most runs that fitting numbers may use in one trial; 0 leaves out what does. */
export function builtin(tuneEvaluations: number): Operator[] {
  const operators = [constants, swap, replace, insert, remove, crossover, exchange, specialise, move];
  return tuneEvaluations > 0 ? [...operators, tune(tuneEvaluations), blend(tuneEvaluations)] : operators;
}
