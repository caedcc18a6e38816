import type { Operator } from '../../roles.ts';
import { blend } from './blend.ts';
import { constants } from './constants.ts';
import { crossover } from './crossover.ts';
import { remove } from './delete.ts';
import { insert } from './insert.ts';
import { regress } from './regress.ts';
import { replace } from './replace.ts';
import { swap } from './swap.ts';
import { tune } from './tune.ts';

/** The operators that need no model. `tuneEvaluations`: most runs that fitting numbers may use in one trial; 0 leaves out what does. */
export function builtin(tuneEvaluations: number, comparable = false): Operator[] {
  const operators = [constants, swap, replace, insert, remove, crossover];
  if (tuneEvaluations === 0) return operators;
  const fitting = [tune(tuneEvaluations), comparable ? regress : blend(tuneEvaluations)];
  return [...operators, ...fitting];
}
