import type { Grammar } from '../learning/policy/grammar.ts';
import type { Language } from '../search/language.ts';
import type { Problem } from '../search/problem.ts';
import type { Operator } from '../search/roles.ts';

/** A language with its operators that need no model, if it has any. */
export interface LanguagePlugin extends Language {
  builtin?(how: BuiltinOptions): readonly Operator[];
  /** Names of operators that are disabled unless the user enables them. */
  readonly disabled?: readonly string[];
  readonly policy?: LanguagePolicy;
}

/** Which operators without a model are wanted. */
interface BuiltinOptions {
  /** Most runs that fitting numbers may use in one trial; 0 leaves out the operators that do. */
  readonly tuneEvaluations: number;
  /** Names of operators to leave out. */
  readonly without: readonly string[];
  /** Whether the problem gives residuals, so that numbers are fitted by least squares. */
  readonly comparable: boolean;
}

/** What a learned policy needs to draw expressions. */
interface LanguagePolicy {
  /** The productions for programs of a problem. */
  grammar(problem: Pick<Problem, 'seeds' | 'language' | 'entry'>): Grammar;
  /** The operator that draws from the policy up to `proposals` expressions a trial. */
  operator(proposals: number, comparable: boolean): Operator;
}
