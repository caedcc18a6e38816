import type { LanguagePlugin } from '../../core/languages/plugin.ts';
import { usualWays, wayNames } from '../../core/prompts/operators.ts';
import { expected } from '../../core/search/errors.ts';
import { probabilitiesOf, type Settings } from '../../core/search/settings.ts';

/**
 * Settings in which operators and prompts are named one by one, as a journal keeps them: another version may mean others
 * by `usual`.
 * @throws ConfigError for a name that the language has no operator for, or that is no prompt.
 */
export function withNames(settings: Settings, language: LanguagePlugin): Settings {
  const all = [true, false].flatMap((comparable) => [
    ...(language.builtin?.({ tuneEvaluations: 1, without: [], comparable }) ?? []),
  ]);
  const names = [...new Set(all.map(({ name }) => name))];
  const searching = all.filter(({ runs }) => runs.most > 0).map(({ name }) => name);
  const disabled = named('operators.disabled', settings['operators.disabled'], names, {
    none: [],
    usual: language.disabled ?? [],
    searching,
  });
  const prompts = named('operators.prompts', settings['operators.prompts'], wayNames, { usual: usualWays });
  for (const name of probabilitiesOf(settings.banditProbabilities).keys())
    named('banditProbabilities', name, [...names, ...wayNames], {});
  return {
    ...settings,
    'operators.disabled': disabled.join(',') || 'none',
    'operators.prompts': prompts.join(','),
  };
}

/** The names that a text lists, with those that a word in it stands for. */
function named(
  setting: string,
  text: string,
  known: readonly string[],
  groups: Readonly<Record<string, readonly string[]>>,
): readonly string[] {
  const listed = text.split(',').flatMap((each) => {
    if (Object.hasOwn(groups, each)) return groups[each]!;
    if (known.includes(each)) return [each];
    throw expected(`\`${setting}\` to name ${[...Object.keys(groups), ...known].join(', ')}`, each);
  });
  return [...new Set(listed)];
}
