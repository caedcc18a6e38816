import { expected } from '../search/errors.ts';
import * as shipped from './languages.ts';
import type { LanguagePlugin } from './plugin.ts';

const known = new Map<string, LanguagePlugin>();
for (const language of Object.values(shipped)) registerLanguage(language);

/**
 * Registers a language, so that problems may name it.
 * @throws ConfigError when another language has its name or one of its file endings.
 */
export function registerLanguage(language: LanguagePlugin): void {
  for (const other of known.values()) {
    if (other === language) return;
    const ending = language.extensions.find((each) => other.extensions.includes(each));
    if (other.name === language.name || ending)
      throw expected(
        `language ${language.name} to have a name and file endings of its own`,
        `${ending ?? language.name}, which ${other.title} has`,
      );
  }
  known.set(language.name, language);
}

/** The names of all registered languages. */
export function languageNames(): readonly string[] {
  return [...known.keys()];
}

/** The language of that name. @throws ConfigError for an unregistered one. */
export function languageNamed(name: string, where?: string): LanguagePlugin {
  const language = known.get(name);
  if (!language) throw expected(`\`language\` to be \`${languageNames().join('` or `')}\``, name, where);
  return language;
}

/** The language whose extension a file has; undefined for other files. */
export function languageOfFile(path: string): LanguagePlugin | undefined {
  return known.values().find(({ extensions }) => extensions.some((each) => path.endsWith(each)));
}
