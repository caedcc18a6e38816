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
  /** The program that is handed out. Full precision. `test`: score on the held-out cases; null when there are none or it failed there. */
  readonly best: { readonly id: ProgramId; readonly score: number; readonly test: number | null };
  readonly baseline: { readonly id: ProgramId; readonly score: number; readonly test: number | null };
  /** Spent on models, over all sessions; worst prices where a provider did not say. */
  readonly dollars: number;
  readonly tokens: number;
  /** Made to models, those that failed among them. */
  readonly calls: number;
  /** Over all sessions. */
  readonly seconds: number;
  readonly because: Because | 'interrupted';
  /** Why no program was tried on the held-out cases, where `test` is null for that: only of an interrupted session. */
  readonly untested?: 'interrupted';
  /** What became of the answers of models, over all sessions; left out where none was asked. */
  readonly answers?: Omit<AnswerFacts, 'open'>;
}

/** The score of an outcome, null for a failure. */
export function scoreOf(outcome: Outcome | undefined): number | null {
  return outcome?.status === 'scored' ? outcome.score : null;
}
