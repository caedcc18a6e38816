import type { Problem, ProblemDraft } from '../search/problem.ts';
import { checkedProblem } from '../search/problem-draft.ts';
import { languageNamed } from './registry.ts';

/**
 * Checks a problem and fills in its limits.
 * @throws ConfigError naming the first invalid field.
 */
export function defineProblem<I = any, O = any>(draft: ProblemDraft<I, O>): Problem<I, O> {
  return checkedProblem(draft, languageNamed);
}
