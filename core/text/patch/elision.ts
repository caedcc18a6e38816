import { type Commented, perLanguage } from '../comments.ts';

const elision = perLanguage(
  (opening) =>
    new RegExp(
      [
        `^\\s*(?:\\{?${opening}\\s*(?:\\.\\.\\.|…)|(?:\\.\\.\\.|…)\\s*$)`,
        `^\\s*${opening}\\s*\\(?(?:rest|remainder) of\\b[^\\n]{0,80}(?:unchanged|same|as before|here)`,
        `^\\s*${opening}[^\\n]{0,80}(?:unchanged|same|as before|existing|rest|code)[^\\n]{0,40}(?:\\.\\.\\.|…)\\s*\\)?\\s*(?:\\*\\/)?\\s*$`,
      ].join('|'),
      'i',
    ),
);

/** The first line that abbreviates code (`// ... existing code ...`) and is not in the program. */
export function elided(lines: readonly string[], program: string, language: Commented): string | undefined {
  const stands = elision(language);
  return lines.find((line) => line.length < 300 && stands.test(line) && !program.includes(line.trim()));
}
