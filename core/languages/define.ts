import { expected } from '../search/errors.ts';
import type { Source } from '../search/program.ts';
import { hashOfFiles } from '../text/hash.ts';
import { sameOutsideAll } from '../text/regions.ts';
import { sketchByWords } from '../text/sketch.ts';
import type { LanguagePlugin } from './plugin.ts';

/** The parts that have a default in any language. */
type Usual = 'seedFile' | 'isCode' | 'harnessError' | 'highlight' | 'canonical' | 'sketch';

/** A language as its author states it. */
export type LanguageDraft = Omit<LanguagePlugin, Usual | 'keepsFixed'> &
  Partial<Pick<LanguagePlugin, Usual>> & {
    /** A text without insignificant parts, such as layout and comments: the input of `canonical` and `sketch`. */
    readonly normalize?: (text: string) => string;
  };

/**
 * Checks a language and fills in defaults: files are known by their extensions, a harness is a text that parses, two
 * programs are the same when their normalized files are, and nothing is highlighted.
 * @throws ConfigError naming the first invalid part.
 */
export function defineLanguage({ normalize = (text) => text, ...draft }: LanguageDraft): LanguagePlugin {
  const { name, extensions, fences, comments, syntaxError } = draft;
  const at = `language ${name}`;
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    throw expected('`name` to be lower case letters, digits and hyphens', name, 'language');
  if (!extensions.length || !extensions.every((each) => /^\.\w+$/.test(each)))
    throw expected('`extensions` to be file endings such as `.js`', extensions, at);
  if (!fences.length || !fences.every((each) => /^[^\sA-Z`]+$/.test(each)))
    throw expected('`fences` to be tags of code fences in lower case', fences, at);
  if (!comments.length || !comments.every((each) => each.trim()))
    throw expected('`comments` to be openings of comments, such as `//`', comments, at);
  const isCode = draft.isCode ?? ((path) => extensions.some((each) => path.endsWith(each)));
  const normalized = (source: Source) =>
    Object.entries(source).map(([path, text]) => ({ path, text: isCode(path) ? normalize(text) : text }));
  const wrongIn = (source: Source): string | undefined => {
    for (const [path, text] of Object.entries(source)) {
      const error = isCode(path) ? syntaxError(text) : undefined;
      if (error) return `${path}: ${error}`;
    }
    return undefined;
  };
  return {
    seedFile: new RegExp(`^seed.*(?:${extensions.map((each) => `\\${each}`).join('|')})$`),
    highlight: (text) => [{ kind: 'plain', text }],
    harnessError(harness) {
      return typeof harness === 'string' ? syntaxError(harness) : `a ${typeof harness}, which is no text`;
    },
    canonical(source) {
      const error = wrongIn(source);
      return error ? { error } : { hash: hashOfFiles(normalized(source)) };
    },
    sketch: (source) => (wrongIn(source) ? undefined : sketchByWords(normalized(source))),
    ...draft,
    isCode,
    keepsFixed: (parent, child) => sameOutsideAll(parent, child, draft),
  };
}
