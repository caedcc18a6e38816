import type { LanguagePlugin } from '../plugin.ts';
import { dialect } from './dialect.ts';

/** JavaScript, as ES modules. A fence tagged TypeScript is accepted too: its code may still parse. */
export const javascript: LanguagePlugin = dialect('javascript', {
  title: 'JavaScript',
  extensions: ['.js', '.mjs', '.cjs', '.jsx'],
  fences: ['js', 'javascript', 'mjs', 'cjs', 'jsx', 'ts', 'typescript'],
  template: {
    seed: `export function f(x) {
  return x;
}
`,
    harness: '(f, xs) => xs.map((x) => f(x))',
  },
});
