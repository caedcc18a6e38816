import type { LanguagePlugin } from '../plugin.ts';
import { dialect } from './dialect.ts';

/** TypeScript whose types can be erased, as ES modules; JavaScript is TypeScript too. */
export const typescript: LanguagePlugin = dialect('typescript', {
  title: 'TypeScript',
  extensions: ['.ts', '.mts', '.cts', '.tsx'],
  fences: ['ts', 'typescript', 'mts', 'cts', 'tsx', 'js', 'javascript'],
  template: {
    seed: `export function f(x: number): number {
  return x;
}
`,
    harness: '(f, xs) => xs.map((x) => f(x))',
  },
});
