import { readFileSync } from 'node:fs';
import { casesFor, type Problem } from '../../../core/search/problem.ts';
import type { Pool } from '../../../evaluators/evaluate.ts';
import { tasksFrom } from '../../../problems/humaneval-js-20/tasks.ts';
import { laws } from '../../../problems/symbolic-regression/laws.ts';
import { outcomeIn } from '../../evaluators/doubling.ts';
import { odd } from '../../support/sieves.ts';
import { harnessOf } from '../guest.ts';
import { targets } from './targets.ts';

/** An attack that only one problem can have; says what is wrong with what it came to. */
export interface Game {
  readonly name: string;
  play(problem: Problem, pool: Pool): Promise<string | undefined>;
}

/** The double next to one, away from zero or towards it. */
function next(value: number, steps = 1): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(steps));
  return view.getFloat64(0);
}

/** A program that returns this output; the judge must say of it what the slow one says. */
function returns(name: string, output: unknown, valid: boolean): Game {
  return {
    name,
    async play(problem, pool) {
      const program = `export function ${problem.entry}() { return ${JSON.stringify(output)}; }`;
      const got = await outcomeIn(pool, { 'p.js': program }, 'scored');
      const worth = targets[problem.name]!.slow!(problem.cases[0]!.input)(output);
      if ((worth !== undefined) !== valid) return `the slow judge says ${worth}`;
      if (
        got.status === 'scored' ? !(Math.abs(got.score - worth!) <= 1e-9) : valid || got.status !== 'invalid'
      )
        return JSON.stringify(got).slice(0, 120);
      return undefined;
    },
  };
}

/** A program that must not be scored. */
function ends(name: string, program: string, how: RegExp): Game {
  return {
    name,
    async play(_problem, pool) {
      const got = await outcomeIn(pool, { 'p.js': program }, 'scored');
      return got.status !== 'scored' && how.test(`${got.status}: ${got.feedback}`)
        ? undefined
        : JSON.stringify(got).slice(0, 160);
    },
  };
}

/** A program that knows the scored cases by heart must earn nothing by it on the held-out ones. */
function byHeart(write: (problem: Problem) => { text: string; fallback: string }): Game {
  return {
    name: 'the scored cases by heart',
    async play(problem, pool) {
      const { text, fallback } = write(problem);
      const scores: number[] = [];
      for (const [program, use] of [
        [text, 'scored'],
        [fallback, 'scored'],
        [text, 'held-out'],
        [fallback, 'held-out'],
      ] as const) {
        const got = await outcomeIn(pool, { 'p.js': program }, use);
        if (got.status !== 'scored') return JSON.stringify(got).slice(0, 160);
        scores.push(got.score);
      }
      const [learnt, plain, heldOut, plainHeldOut] = scores as [number, number, number, number];
      if (!(learnt > plain)) return `the attack is none: ${learnt} is no more than ${plain}`;
      return heldOut <= plainHeldOut + 1e-12
        ? undefined
        : `held out, ${heldOut} is more than ${plainHeldOut}`;
    },
  };
}

// Circles that touch exactly, at numbers that doubles hold: four by four, nine in the gaps, and a point.
const touching = [
  ...Array.from({ length: 16 }, (_, k) => [0.125 + 0.25 * (k % 4), 0.125 + 0.25 * (k >> 2), 0.125]),
  ...Array.from({ length: 9 }, (_, k) => [0.25 * (1 + (k % 3)), 0.25 * (1 + Math.floor(k / 3)), 0.05]),
  [0, 0, 0],
];
const changed = <T>(list: readonly T[], at: number, change: (each: T) => T) =>
  list.with(at, change(list[at]!)) as T[];

const circleGames: Game[] = [
  returns('circles that touch', touching, true),
  ...[0, 5, 10, 15].flatMap((at) => [
    returns(
      `circle ${at} larger by one unit in the last place`,
      changed(touching, at, ([x, y, r]) => [x!, y!, next(r!)]),
      false,
    ),
    returns(
      `circle ${at} smaller by one`,
      changed(touching, at, ([x, y, r]) => [x!, y!, next(r!, -1)]),
      true,
    ),
    returns(
      `circle ${at} moved by one`,
      changed(touching, at, ([x, y, r]) => [next(x!), y!, r!]),
      false,
    ),
    returns(
      `circle ${at} moved back by one`,
      changed(touching, at, ([x, y, r]) => [x!, next(y!, -1), r!]),
      false,
    ),
  ]),
  returns(
    'a radius of the smallest double on the edge',
    changed(touching, 25, () => [0, 0, 5e-324]),
    false,
  ),
  returns(
    'a radius of the smallest double inside it',
    changed(touching, 25, () => [5e-324, 5e-324, 5e-324]),
    true,
  ),
  returns(
    'a circle of no size in another',
    changed(touching, 25, () => [0.125, 0.125, 0]),
    false,
  ),
  returns(
    'a circle of less than no size',
    changed(touching, 25, () => [0, 0, -5e-324]),
    false,
  ),
  returns(
    'all circles one',
    touching.map(() => touching[0]),
    false,
  ),
];

const triangle = Array.from({ length: 11 }, (_, k) => [(k + 1) / 16, ((k + 1) / 16) ** 2 / 2]);
const triangleGames: Game[] = [
  returns(
    'a point on the long side',
    changed(triangle, 10, () => [0.5, 0.5]),
    true,
  ),
  returns(
    'a point one unit in the last place beyond it',
    changed(triangle, 10, () => [0.5, next(0.5)]),
    false,
  ),
  returns(
    'a point whose coordinates sum to more than 1, and in doubles to 1',
    changed(triangle, 10, () => [1 - 2 ** -53, 1.5 * 2 ** -53]),
    false,
  ),
  returns(
    'a point below the short side by the smallest double',
    changed(triangle, 10, () => [0.5, -5e-324]),
    false,
  ),
  returns(
    'one point twice',
    changed(triangle, 10, () => triangle[0]!),
    true,
  ),
  returns(
    'all points within the smallest doubles',
    triangle.map((_, k) => [k * 5e-324, k * k * 5e-324]),
    true,
  ),
];

const square = Array.from({ length: 16 }, (_, k) => [k % 4, k >> 2]);
const ratioGames: Game[] = [
  returns(
    'points as far out as may be',
    square.map(([x, y]) => [x! * 666 - 999, y! * 666 - 999]),
    true,
  ),
  returns(
    'a point one unit in the last place too far',
    changed(square, 15, () => [next(1000), 0]),
    false,
  ),
  returns(
    'points a thousandth apart',
    square.map(([x, y]) => [x! * 1e-3, y! * 1e-3]),
    true,
  ),
  returns(
    'points closer by one unit in the last place',
    square.map(([x, y]) => [x! * next(1e-3, -1), y!]),
    false,
  ),
  returns(
    'points whose squares vanish',
    square.map(([x, y]) => [x! * 1e-170, y! * 1e-170]),
    false,
  ),
  returns(
    'all points one',
    square.map(() => [0, 0]),
    false,
  ),
  returns(
    'points far from 0, where doubles are coarse',
    square.map(([x, y]) => [999 + x! * 1e-1, 999 + y! * 1e-1]),
    true,
  ),
];

const heights = (list: readonly number[]) => list;
const peakGames: Game[] = [
  returns('a sum of 1', heights([0.5, 0.5]), true),
  returns('a sum of 1 less 1e-12', heights([0.5, 0.5 - 1e-12]), false),
  returns('heights whose squares vanish', new Array(200).fill(1e-170), false),
  returns('heights of the smallest double', new Array(200).fill(5e-324), false),
  returns('heights too small to be read among others', [1, ...new Array(150).fill(1e-15)], true),
  returns('201 heights', new Array(201).fill(1), false),
  returns('a height above the highest by one unit in the last place', [1, next(1000)], false),
];

const overlapGames: Game[] = [
  returns('all 0', new Array(9).fill(0), true),
  returns('all 1', new Array(9).fill(1), true),
  returns('a height above 1 by one unit in the last place', [0.5, next(1)], false),
  returns('a height below 0 by the smallest double', [0.5, -5e-324], false),
  returns('heights of the smallest double', [5e-324, 5e-324], true),
  returns('201 heights', new Array(201).fill(0.5), false),
];

const terms = targets['matmul-3x3']!.sample as number[][][];
const productGames: Game[] = [
  returns(
    'a coefficient of 1 and 1e-10',
    changed(terms, 0, ([u, v, w]) => [u!.with(0, 1.0000000001), v!, w!]),
    false,
  ),
  returns(
    'a coefficient of half',
    changed(terms, 0, ([u, v, w]) => [u!.map((x) => x / 2), v!.map((x) => x * 2), w!]),
    false,
  ),
  returns(
    'a coefficient of 3',
    changed(terms, 0, ([u, v, w]) => [u!.with(1, 3), v!, w!]),
    false,
  ),
  returns(
    'a term without its last number',
    changed(terms, 0, ([u, v, w]) => [u!, v!, w!.slice(1)]),
    false,
  ),
  returns('a term left out', terms.slice(1), true),
  returns('no terms', [], true),
  returns('a zero term besides', [...terms, terms[0]!.map((each) => each.map(() => 0))], true),
  returns('41 terms', [...terms, ...terms.slice(0, 14)], false),
  returns('two matrices of two rows', [[[1], [1], [1]]], false),
];

/** Tours of the scored cases, improved by exchanges, as a table of the steps that they take. */
function toursByHeart(problem: Problem): string {
  const keys = casesFor(problem, 'scored').flatMap(({ input }) => {
    const { points } = input as { points: [number, number][] };
    const d = (a: number, b: number) =>
      Math.sqrt((points[a]![0] - points[b]![0]) ** 2 + (points[a]![1] - points[b]![1]) ** 2);
    const tour: number[] = [0];
    while (tour.length < points.length) {
      const open = points.map((_, k) => k).filter((k) => !tour.includes(k));
      tour.push(open.reduce((best, k) => (d(tour.at(-1)!, k) < d(tour.at(-1)!, best) ? k : best)));
    }
    tour.push(0);
    for (let better = true; better; ) {
      better = false;
      for (let i = 0; i < tour.length - 3; i++) {
        for (let j = i + 2; j < tour.length - 1; j++) {
          const gain =
            d(tour[i]!, tour[i + 1]!) +
            d(tour[j]!, tour[j + 1]!) -
            d(tour[i]!, tour[j]!) -
            d(tour[i + 1]!, tour[j + 1]!);
          if (gain < 1e-9) continue;
          tour.splice(i + 1, j - i, ...tour.slice(i + 1, j + 1).toReversed());
          better = true;
        }
      }
    }
    return tour.slice(1, -1).map((city, k) => `${d(tour[k]!, city).toFixed(9)},${d(0, city).toFixed(9)}`);
  });
  return `const known = new Set(${JSON.stringify(keys.join(' '))}.split(' '));
export function score(dCur, dStart) { return known.has(dCur.toFixed(9) + ',' + dStart.toFixed(9)) ? dCur - 10 : dCur; }`;
}

const counted = (text: string) => `export function sumPrimes(n, m) { ${text} }`;
const kernelHonest = targets['kernel-speed']!.honest;

/** Programs that would do work without paying for it. */
const kernelGames: Game[] = [
  ['the counter set back', '$count = 0; return 168;'],
  ['the counter set back by an escape', '\\u0024count = 0; return 168;'],
  ['the counter hidden', 'let $count = 0; return 168;'],
  ['a claim instead of a count', 'return [168, 2];'],
  ['a sieve in a sort', 'const a = new Uint8Array(n); a.sort(); return 168;'],
  ['a sieve in a fill', 'const a = new Uint8Array(n); a.fill(1); return 168;'],
  ['a sieve in set and subarray', 'const a = new Uint8Array(n); a.set(a.subarray(1)); return 168;'],
  ['an array made by another', 'const a = new Uint8Array(9); const b = new Uint8Array(a); return 168;'],
  ['work in valueOf', 'return +{ valueOf() { return 168; } };'],
  ['work in a default value', 'const f = (x = 168) => x; return f();'],
  ['work in a getter', 'return { get x() { return 168; } }.x;'],
  ['work in a tagged text', 'return f`168`;'],
  ['work in a text', "return '168'.length;"],
  ['work in eval', "return eval('168');"],
  ['work in Function', "return Function('return 168')();"],
  ['work in a big integer', 'return Number(2n ** 9999n % 168n);'],
  ['work in a regular expression', 'return /^(a+)+$/.test(n);'],
  ['work in catch', 'try { throw n; } catch { return 168; }'],
  ['work in finally', 'try { return 0; } finally { return 168; }'],
  ['work in a class field', 'class A { static x = 168; } return A.x;'],
  ['work in a label', 'a: { break a; } return 168;'],
  ['work in a generator', 'function* g() { yield 168; } return 168;'],
  ['work in a comma of a delete', 'return delete n, 168;'],
  ['work in new.target', 'return new.target, 168;'],
  ['work in a spread', 'return Math.max(...[168]);'],
  ['work in import()', "import('x'); return 168;"],
  [
    'work in an array method by a computed name',
    "const a = new Uint8Array(n); return a['fil' + 'l'](1), 168;",
  ],
  ['work by an element that is called', 'const a = new Uint8Array(n); return a[0](1), 168;'],
  ['work by a property of an element', 'const a = new Uint8Array(n); a[0].x = 1; return 168;'],
  ['the prototype of an array', 'const a = new Uint8Array(n); a.__proto__ = a; return 168;'],
  ['a kept array', 'const a = new Uint8Array(n); const b = a; return 168;'],
  ['an array that is returned', 'const a = new Uint8Array(n); return a;'],
  ['the function with a property', 'sumPrimes.memo = 168; return sumPrimes.memo;'],
  ['globalThis', 'globalThis.memo = 168; return globalThis.memo;'],
  ['arguments', 'return arguments[0];'],
  ['this', 'return this;'],
  ['Math with a memory', 'Math.memo = 168; return Math.memo;'],
  ['chance', 'return Math.random();'],
].map(([name, text]) => ends(name!, counted(text!), /^refused/));

/** As many operations as it may have, or a wrong answer, or none. */
const kernelEnds: Game[] = [
  ends('a loop without end', counted('for (;;);'), /^crashed: .*operations/),
  ends('calls without end', counted('return sumPrimes(n, m);'), /^crashed/),
  ends(
    'an array beyond all memory',
    counted('const a = new Float64Array(1e12); return 168;'),
    /^crashed: .*operations/,
  ),
  ends('an array of negative length', counted('const a = new Float64Array(-1); return 168;'), /^crashed/),
  ends('one too many', kernelHonest.replace('return sum;', 'return sum + 1;'), /^invalid/),
  ends('true for one', counted('return true;'), /^invalid/),
  ends('nothing', counted('return;'), /^invalid/),
  ends(
    'an answer that is nearly right',
    kernelHonest.replace('return sum;', 'return sum + 1e-6;'),
    /^invalid/,
  ),
  ends('not a number', counted('return NaN;'), /^invalid/),
];

/** What the seed answers is learnt, and what is not known is sieved. */
function primesByHeart(problem: Problem): string {
  const known = casesFor(problem, 'scored').map(({ input }) => {
    const { n, m } = input as { n: number; m: number };
    return `if (n === ${n} && m === ${m}) return ${sum(n, m)};`;
  });
  return kernelHonest.replace('(n, m) {', `(n, m) { ${known.join(' ')}`);
}

/** By division, so that no sieve has to be trusted. */
function sum(n: number, m: number): number {
  let all = 0;
  for (let k = 2; k < n; k++) {
    let prime = true;
    for (let i = 2; i * i <= k && prime; i++) if (k % i === 0) prime = false;
    if (prime) all += (k * k) % m;
  }
  return all;
}

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/attacks/${name}`, import.meta.url), 'utf8');

/** Primes are no secret: what a program can hold of them may help it a little, and no more. */
const known: Game = {
  name: 'as many primes by heart as fit',
  async play(_problem, pool) {
    const learnt = await outcomeIn(pool, { 'p.js': fixture('prime-table.js') }, 'held-out');
    const found = await outcomeIn(pool, { 'p.js': odd }, 'held-out');
    if (learnt.status !== 'scored' || found.status !== 'scored')
      return JSON.stringify([learnt, found]).slice(0, 160);
    return 2 ** (found.score - learnt.score) > 0.85
      ? undefined
      : `the table saves too much: ${learnt.score} for ${found.score}`;
  },
};

/** A rule that counts its questions may choose what kind of rule it is while it is asked, and no more. */
const counting: Game = {
  name: 'a rule that counts its questions',
  async play(problem, pool) {
    const text = `let calls = 0;
export function priority(item, remaining) { calls++; return -remaining + ((calls * 7919) % 13) * 3 - (calls > 900 ? item : 0); }`;
    const rule = new Function(`${text.replace('export', '')} return priority;`)();
    const answers = new Map<string, number>();
    let again = 0;
    const watched = (item: number, remaining: number) => {
      const key = `${item},${remaining}`;
      if (answers.has(key)) again++;
      answers.set(key, rule(item, remaining));
      return answers.get(key)!;
    };
    const pure = (item: number, remaining: number) => answers.get(`${item},${remaining}`)!;
    const cases = casesFor(problem, 'scored');
    const outputs = cases.map(({ input }) => harnessOf(problem)(watched, input));
    const purely = cases.map(({ input }) => harnessOf(problem)(pure, input));
    if (again > 0) return `${again} questions were asked again`;
    if (JSON.stringify(outputs) !== JSON.stringify(purely))
      return 'a pure rule with the same answers packs otherwise';
    const mean =
      purely.reduce(
        (sum: number, output, k) => sum + (problem.judge(cases[k]!.input, output) as { score: number }).score,
        0,
      ) / cases.length;
    const got = await outcomeIn(pool, { 'p.js': text }, 'scored');
    return got.status === 'scored' && Math.abs(got.score - mean) < 1e-9
      ? undefined
      : JSON.stringify(got).slice(0, 160);
  },
};

export const games: Readonly<Record<string, readonly Game[]>> = {
  'circle-packing-26': circleGames,
  'heilbronn-triangle-11': triangleGames,
  'minmax-ratio-16': ratioGames,
  'autocorrelation-1': peakGames,
  'erdos-overlap': overlapGames,
  'matmul-3x3': productGames,
  'bin-packing-or3': [counting],
  'bin-packing-weibull': [counting],
  'tsp-construct-50': [
    ends('a rule that works out the map from its questions', fixture('surveyor.js'), /pure function/),
    ends(
      'a rule that changes its mind at the end',
      'let calls = 0; export function score(dCur) { return ++calls % 1225 === 0 ? 5 : dCur; }',
      /pure function/,
    ),
    ends('a rule of chance', 'export function score() { return Math.random(); }', /pure function/),
    byHeart((problem) => ({ text: toursByHeart(problem), fallback: targets[problem.name]!.honest })),
  ],
  'symbolic-regression': [
    byHeart((problem) => {
      const law = laws.find(({ id }) => id === 'velocity-addition')!;
      const table = casesFor(problem, 'scored').flatMap(({ input }) =>
        (input as { points: number[][] }).points.map((point) => [point.join(' '), law.value(...point)]),
      );
      const fallback = 'export function f() { return 2; }';
      return {
        text: `const known = new Map(${JSON.stringify(table)});\nexport function f(...x) { return known.get(x.join(' ')) ?? 2; }`,
        fallback,
      };
    }),
    ends(
      'values that are not yet known when they are returned',
      'let seen = []; export function f(u, v, c) { seen.push([u, v, c]); return { toJSON: () => seen.length === 200 ? null : 1 }; }',
      /^invalid/,
    ),
  ],
  'humaneval-js-20': [
    byHeart(() => {
      const known = tasksFrom(undefined).flatMap(({ name, tests }) =>
        tests
          .filter((_, k) => k % 2 === 0)
          .map(({ args, expected }) => [`${name} ${JSON.stringify(args)}`, expected]),
      );
      return {
        text: `const known = new Map(${JSON.stringify(known)});\nexport function dispatch(task, args) { return known.get(task + ' ' + JSON.stringify(args)); }`,
        fallback: 'export function dispatch() {}',
      };
    }),
  ],
  'kernel-speed': [
    ...kernelGames,
    ...kernelEnds,
    known,
    byHeart((problem) => ({ text: primesByHeart(problem), fallback: kernelHonest })),
  ],
};
