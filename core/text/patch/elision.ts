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

/** The first line that stands for code left out (`// ... existing code ...`) and that the program does not have. */
export function elided(lines: readonly string[], program: string, language: Commented): string | undefined {
  const stands = elision(language);
  return lines.find((line) => line.length < 300 && stands.test(line) && !program.includes(line.trim()));
}
