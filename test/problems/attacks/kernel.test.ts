import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { instrumented } from '../../../problems/kernel-speed/instrument.ts';
import { seedOperations } from '../../../problems/kernel-speed/sieve.ts';
import { eratosthenes, odd, threeless } from '../../support/sieves.ts';
import { walked } from './interpreter.ts';

const seed = readFileSync(new URL('../../../problems/kernel-speed/seed.js', import.meta.url), 'utf8');
const entry = 'sumPrimes';
const m = 7;
const most = 50_000;
const helpers = `function pick(a, k) { return a[k] + 1; }
function fact(k) { return k < 2 ? 1 : k * fact(k - 1); }
const wheel = new Int16Array(8); for (let w = 0; w < 8; w++) wheel[w] = (w * 7) % 5;
`;
const mixed = `${helpers}export function sumPrimes(n, m) {
  let x = 3, y; const a = new Uint32Array(n % 7 + 2); y = x++ - --x; a[1] += n; a[x & 1]++;
  do { x += 2; if (x % 3 === 0 || y > 9) continue; y += pick(a, x % 5) | 0; } while (x < 20 && y < 1e6);
  while (true) { x -= 1; if (x < 4) break; else if (!(x & 2)) y ^= fact(x % 4); }
  for (;; x++) { if (x > 12) break; a[0] = y = Math.max(x, y % 9, a.length) ; }
  return y > 0 ? (y, x * 100 + a[0] + wheel[3]) : -x;
}`;

/** What a rewritten program answers and how many operations it takes; nothing where it is refused or does not end. */
function counted(text: string, n: number): [unknown, number] | 'refused' | 'ended' {
  const made = instrumented({ 'p.js': text }, entry);
  if (typeof made.refused === 'string') return 'refused';
  try {
    return new Function(
      `'use strict'; ${(made as Record<string, string>)['p.js']!.replace('export ', '')} return ${entry};`,
    )()(n, m, most);
  } catch {
    return 'ended';
  }
}

test('the counter and an interpreter of the price list agree on the sieves we know', () => {
  for (const text of [seed, eratosthenes, odd, threeless, mixed])
    for (const n of [3, 4, 10, 29, 30, 97, 400])
      assert.deepEqual(counted(text, n), walked(text, entry, n, m));
  assert.equal(walked(seed, entry, 300, m)[1], seedOperations(300));
});

/** Pieces of the language, and of what is next to it. */
const piece = fc.constantFrom(
  ...'+ - * / % ** ++ -- += -= = === < > && || ! ~ ? : ; , ( ) { } [ ] 0 1 2 7 n m i j k x a sum crossed half step true NaN Infinity'.split(
    ' ',
  ),
  ...'a[0] a[1]++ x++ --x crossed[i] Math.max(1,2) a.length if(x) while(x<3) for(;;) do break; continue; return return; let const'.split(
    ' ',
  ),
  ...'$count $most \\u0024count arguments this eval null undefined typeof void delete new in of async await yield class super'.split(
    ' ',
  ),
  ...[
    '"x"',
    '`x`',
    '/x/',
    '1n',
    '{}',
    '[]',
    '=>',
    '?.',
    '??',
    '||=',
    '...',
    '//',
    '/*',
    '*/',
    '<!--',
    '-->',
    '#x',
    '@x',
    '\u2028',
  ],
);

test('however a program is mangled, it is refused in words, or counted as the interpreter counts it', () => {
  const outcomes = { refused: 0, ended: 0, agreed: 0 };
  const mangled = fc.tuple(
    fc.constantFrom(seed, eratosthenes, odd, mixed),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('put', 'cut', 'swap', 'copy'), piece, fc.nat()), {
      minLength: 1,
      maxLength: 3,
    }),
    fc.integer({ min: 3, max: 40 }),
  );
  fc.assert(
    fc.property(mangled, ([text, changes, n]) => {
      const tokens = text.replace(/\/\/.*|\/\*[\s\S]*?\*\//g, '').match(/\w+|[^\w\s]+|\s+/g)!;
      for (const [place, how, what, other] of changes) {
        const at = place % tokens.length;
        if (how === 'put') tokens.splice(at, 0, ` ${what} `);
        else if (how === 'cut') tokens.splice(at, 1);
        else if (how === 'swap') tokens[at] = ` ${what} `;
        else tokens[at] = tokens[other % tokens.length]!;
      }
      const program = tokens.join('');
      const got = counted(program, n);
      if (typeof got === 'string') {
        outcomes[got]++;
        return;
      }
      assert.deepEqual(got, walked(program, entry, n, m), program);
      outcomes.agreed++;
    }),
    { numRuns: 1500 },
  );
  assert.ok(outcomes.refused > 100 && outcomes.agreed > 50, JSON.stringify(outcomes));
});
