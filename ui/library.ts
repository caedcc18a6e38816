/** What `import ... from 'atoll'` gives. Its own imports are few and plain, so that an old Node can read them and be told. */
import './node-version.ts';
import type { Event } from '../core/search/event.ts';
import type { ProblemDraft } from '../core/search/problem.ts';
import type { Found, SearchOptions } from './library-search.ts';

export { defineLanguage, type LanguageDraft } from '../core/languages/define.ts';
export { defineProblem } from '../core/languages/define-problem.ts';
export type { LanguagePlugin } from '../core/languages/plugin.ts';
export { registerLanguage } from '../core/languages/registry.ts';
export { ConfigError, JournalError, ModelError, SandboxError } from '../core/search/errors.ts';
export type { Event } from '../core/search/event.ts';
export type { Outcome, Verdict } from '../core/search/outcome.ts';
export type { Case, Limits, Problem, ProblemDraft } from '../core/search/problem.ts';
export type { Elite, Source } from '../core/search/program.ts';
export type { Settings } from '../core/search/settings.ts';
export type { Found, SearchOptions } from './library-search.ts';
export type { Summary } from './run/summary.ts';

/**
 * Searches in this process and keeps nothing on disk: every event as it happens, and the best program in the
 * summary at the end. Leaving the loop stops the search.
 * @throws ConfigError for a problem or setting that is not as it must be, before anything is run.
 */
export async function* search(
  draft: ProblemDraft,
  options: SearchOptions = {},
): AsyncGenerator<Event | Found, void> {
  const library = await import('./library-search.ts');
  yield* library.search(draft, options);
}
