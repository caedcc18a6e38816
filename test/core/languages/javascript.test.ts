import { javascript } from '../../../core/languages/javascript/javascript.ts';
import { typescript } from '../../../core/languages/javascript/typescript.ts';
import { languageContract } from '../../contracts/language.ts';

const harness = { good: (f: (x: number) => number, x: number) => f(x), bad: ['(f, x) => f(x)', 7, null] };

languageContract(javascript, {
  entry: 'f',
  programs: [
    'export function f(x) {\n  return x + 1;\n}\n',
    'export function f(x) {\n  return Math.sin(x) * 2;\n}\n',
    'export function f(x) {\n  return x > 2 ? x : 3;\n}\n',
  ],
  same: [
    'export function f(y) { return y + 1; } // why\n',
    '/* why */\nexport function f(x) {\n\n  return (x + 1);\n}\n',
  ],
  broken: ['export function f(x) {', 'export function f(x: number) { return x; }', 'return ('],
  harness,
});

languageContract(typescript, {
  entry: 'f',
  programs: [
    'export function f(x: number): number {\n  return x + 1;\n}\n',
    'export function f(x: number): number {\n  return Math.sin(x) * 2;\n}\n',
  ],
  same: [
    'export function f(x) { return x + 1; }\n',
    'export function f(n: any): unknown {\n  return n + 1;\n}\n',
  ],
  broken: ['export function f(x: number {', 'type A = ;'],
  harness,
});
