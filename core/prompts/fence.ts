import type { Language } from '../search/language.ts';
import type { Source } from '../search/program.ts';

/** A program as a prompt shows it: each file in a fence longer than any in it, with its path above where there are several. */
export function fenced(source: Source, { fences, isCode }: Pick<Language, 'fences' | 'isCode'>): string {
  const files = Object.entries(source);
  return files
    .map(([path, text]) => {
      const longest = Math.max(2, ...Array.from(text.matchAll(/`{3,}/g), ([ticks]) => ticks.length));
      const fence = '`'.repeat(longest + 1);
      const head = files.length > 1 ? `File ${path}:\n` : '';
      return `${head}${fence}${isCode(path) ? fences[0] : ''}\n${text.replace(/\r\n?/g, '\n').replace(/\n*$/, '\n')}${fence}`;
    })
    .join('\n\n');
}
