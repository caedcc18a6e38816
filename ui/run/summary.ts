import type { Because } from '../../core/search/event.ts';
import type { Outcome } from '../../core/search/outcome.ts';
import type { ProgramId } from '../../core/search/program.ts';
import type { AnswerFacts } from '../facts/answers.ts';

/** How a session ended: the last line of `--json`, and what `search()` returns. A contract with scripts. */
export interface Summary {
  readonly type: 'summary';
  /** Run directory; null for a search that keeps none. */
  readonly run: string | null;
  readonly problem: string;
  readonly seed: number;
  /** Over all sessions. */
  readonly evaluations: number;
  /** The returned program. Full precision. `test`: score on the test (held-out) cases; null when there are none or it failed there. */
  readonly best: { readonly id: ProgramId; readonly score: number; readonly test: number | null };
  readonly baseline: { readonly id: ProgramId; readonly score: number; readonly test: number | null };
  /** Spent on models, over all sessions; worst prices where a provider did not say. */
  readonly dollars: number;
  readonly tokens: number;
  /** Made to models, failed ones included. */
  readonly calls: number;
  /** Over all sessions. */
  readonly seconds: number;
  readonly because: Because | 'interrupted';
  /** Why no test score was computed, where `test` is null for that reason: only of an interrupted session. */
  readonly untested?: 'interrupted';
  /** The results of the models' answers, over all sessions; left out where none was asked. */
  readonly answers?: Omit<AnswerFacts, 'open'>;
}

/** The score of an outcome, null for a failure. */
export function scoreOf(outcome: Outcome | undefined): number | null {
  return outcome?.status === 'scored' ? outcome.score : null;
}
