import { relative, sep } from 'node:path';
import type { Manifest } from '../../core/journal/manifest.ts';
import { languageNamed, languageNames } from '../../core/languages/registry.ts';
import { configure } from '../../core/search/configure.ts';
import type { Settings } from '../../core/search/settings.ts';
import { shippedProblems } from '../run/find-problem.ts';
import { withNames } from '../run/operators.ts';
import { command } from '../text/shell.ts';

/** Settings that have an option of their own. */
const options = new Set<keyof Settings>([
  ...([
    'seed',
    'islands',
    'order',
    'evaluations',
    'calls',
    'tokens',
    'dollars',
    'minutes',
    'target',
  ] as const),
]);

/** Settings whose default is a word for several names. */
const namedOneByOne = new Set<keyof Settings>(['operators.disabled', 'operators.prompts']);

/**
 * The command that makes a search of this kind: what differs from the defaults of today is said, all else is left out.
 * `settings`: those of the run as they are now, later budgets among them.
 */
export function commandOf(
  { problem, models = [] }: Pick<Manifest, 'problem' | 'models'>,
  settings: Settings,
): string {
  const { strategy, seed, evaluations } = settings;
  // Some defaults depend on the budget, which is none by default itself.
  const usual = { ...configure({ strategy, evaluations }, models.length > 0), evaluations: null };
  // A journal names the default operators and prompts one by one, as its language has them.
  const named = languageNames().map((name) => withNames(usual, languageNamed(name)));
  const words = ['run', pathOf(problem.path), ...models.flatMap((spec) => ['--model', spec])];
  words.push('--seed', String(seed));
  for (const name of Object.keys(usual) as (keyof Settings)[]) {
    const value = settings[name];
    if (name === 'seed' || value === null || (value === usual[name] && name !== 'strategy')) continue;
    if (name === 'strategy' && value === 'islands') continue;
    if (namedOneByOne.has(name) && named.some((each) => each[name] === value)) continue;
    if (options.has(name)) words.push(`--${name}`, String(value));
    else words.push('--set', `${name}=${value}`);
  }
  return command(...words);
}

/** What the command promises. */
export function promiseOf(settings: Settings, models: readonly string[]): string {
  if (settings.order === 'arrival') {
    return 'Trials settle as they finish, so another search with this command goes its own way.';
  }
  if (models.length > 0)
    return 'The order is strict: with the same answers of the models, the search is the same.';
  if (settings.minutes !== null) {
    return 'The order is strict: the search is the same, event for event, for as long as the clock lets it run.';
  }
  return 'The order is strict: with the same version of Atoll the search is the same, event for event.';
}

/** A problem's name, or its path as it reads from here. */
function pathOf(path: string): string {
  if (shippedProblems().includes(path)) return path;
  const way = relative(process.cwd(), path);
  return way !== '' && way.split(sep)[0] !== '..' ? way : path;
}
