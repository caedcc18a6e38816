import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { judge, mostTerms, type Term, wrongEntries } from '../../problems/matmul-3x3/tensor.ts';
import { junk, load, runAsText } from './guest.ts';

const three = { n: 3 };
const one = [1, 0, 0, 0, 0, 0, 0, 0, 0];
const nothing = new Array(9).fill(0);

const unit = (k: number): number[] => nothing.map((_, i) => (i === k ? 1 : 0));
const standard: Term[] = [0, 1, 2].flatMap((i) =>
  [0, 1, 2].flatMap((j) => [0, 1, 2].map((k): Term => [unit(3 * i + j), unit(3 * j + k), unit(3 * i + k)])),
);

/** Found by the seed's walk, left to walk for 1.5 million steps. */
const short = [
  '..+...... .......++ -+......+',
  '.+....... .--.--... ..-..+...',
  '.+..+.... ...--+--- .....+...',
  '+-....... .--...... -.-......',
  '+.++..-+- -.+...... .-+......',
  '.......-. +.-+.-... +-+-+--+.',
  '.++.++... -++...+++ +-+......',
  '...-+.... ...++.... ...+.+...',
  '.......+. ..+..+... -+-+-++-+',
  '...-...+. +..++.... +-+-+-.+.',
  '....--.+. ....-.... +-+-+-...',
  '........- .......+. ......+-+',
  '...-..+.. .+....... .......+.',
  '.....-... ....-.-.. ...+.-...',
  '.+.+..... .++++.... +....+...',
  '......+-+ ......--. .-+...-..',
  '.....+... ....+..-. ....-+...',
  '.-..--... ....+.+++ +-+..-...',
  '..+...-+- -.+...++. .+-.....-',
  '..-.....+ -.+...+.- ........-',
  '...-..... --.--.... .-+.+-.+.',
  '------... -++...... +-+......',
  '......-+. -.....++. ......+.+',
].map((row) =>
  row.split(' ').map((factor) => [...factor].map((sign) => ({ '+': 1, '-': -1 })[sign] ?? 0)),
) as unknown as Term[];

const scoreOf = (output: unknown): number => {
  const verdict = judge(three, output);
  return 'score' in verdict ? verdict.score : Number.NaN;
};

test('the definition has rank 27, and a walk from it found rank 23', () => {
  assert.deepEqual(judge(three, standard), { score: -27, measures: { rank: 27, wrong: 0 } });
  assert.deepEqual(judge(three, short), { score: -23, measures: { rank: 23, wrong: 0 } });
  assert.equal(scoreOf(short.toReversed()), -23);
});

test('the seed saves one product, and four when it walks longer', async () => {
  const problem = await load('matmul-3x3');
  const seed = Object.values(problem.seeds[0]!)[0]!;
  const long = seed.replace('80000, 50000', '3000000, 300000');
  assert.equal(scoreOf(runAsText(problem, seed, three)), -26);
  assert.equal(scoreOf(runAsText(problem, long, three)), -23);
});

test('what the judge calls exact multiplies matrices', () => {
  const matrix = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 9, maxLength: 9 });
  const dot = (weights: readonly number[], entries: readonly number[]) =>
    weights.reduce((sum, weight, k) => sum + weight * entries[k]!, 0);
  fc.assert(
    fc.property(matrix, matrix, (a, b) => {
      const product = nothing.map((_, k) => {
        const [row, column] = [Math.floor(k / 3), k % 3];
        return [0, 1, 2].reduce((sum, j) => sum + a[3 * row + j]! * b[3 * j + column]!, 0);
      });
      for (const terms of [standard, short]) {
        const got = nothing.map((_, k) =>
          terms.reduce((sum, [u, v, w]) => sum + dot(u, a) * dot(v, b) * w[k]!, 0),
        );
        assert.deepEqual(got, product);
      }
    }),
  );
});

test('no list that is not exact scores as much as the longest exact one', () => {
  const padded = [...standard, ...new Array(mostTerms - 27).fill([nothing, one, one])];
  assert.equal(scoreOf(padded), -mostTerms);
  for (const terms of [standard, short]) {
    for (let t = 0; t < terms.length; t++) assert.ok(scoreOf(terms.toSpliced(t, 1)) < -mostTerms);
    for (let k = 0; k < 9 * 3 * terms.length; k++) {
      const bent = terms.map((term) => term.map((factor) => [...factor])) as unknown as number[][][];
      const factor = bent[Math.floor(k / 27)]![Math.floor(k / 9) % 3]!;
      factor[k % 9] = factor[k % 9] === 2 ? 1 : factor[k % 9]! + 1;
      assert.ok(scoreOf(bent) < -mostTerms);
    }
  }
  const coefficient = fc.integer({ min: -2, max: 2 });
  const factor = fc.array(coefficient, { minLength: 9, maxLength: 9 });
  const list = fc.array(fc.tuple(factor, factor, factor), { maxLength: mostTerms });
  fc.assert(fc.property(list, (terms) => scoreOf(terms) < -mostTerms));
});

test('zero terms, and a term with its negative, only cost', () => {
  assert.equal(scoreOf([...short, [nothing, nothing, nothing]]), -24);
  assert.equal(scoreOf([...short, [one, one, one], [one, one, one.map((x) => 0 - x)]]), -25);
});

test('a list that is nearer scores more: right terms count one by one, wrong and repeated ones do not', () => {
  const scores = standard.map((_, t) => scoreOf(standard.slice(0, t)));
  for (let t = 1; t < 27; t++) assert.ok(scores[t]! > scores[t - 1]!, `${t} terms`);
  assert.ok(scoreOf([standard[0], standard[0]]) < scores[1]!);
  assert.ok(scoreOf([...standard.slice(0, 20), [nothing, nothing, nothing]]) < scores[20]!);
});

test('entries of the sum are counted with their signs, and exactly', () => {
  assert.equal(wrongEntries(3, []), 27);
  assert.equal(wrongEntries(1, [[[2], [2], [-2]]]), 1);
  assert.equal(wrongEntries(1, [[[-1], [1], [-1]]]), 0);
  const full: Term = [nothing.map(() => 2), nothing.map(() => 2), nothing.map(() => 2)];
  assert.equal(wrongEntries(3, new Array(mostTerms).fill(full)), 729);
});

test('the judge rejects what is not a list of terms', () => {
  const with9 = (value: unknown) => [[[...one.slice(0, 8), value], one, one]];
  const sparse = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  delete sparse[4];
  const attacks: unknown[] = [
    ...junk,
    new Array(mostTerms + 1).fill([one, one, one]),
    new Array(2),
    [standard[0], null],
    [[one, one]],
    [[one, one, one, one]],
    [[one, one, one.slice(1)]],
    [[one, one, [...one, 0]]],
    [[one, one, { ...one, length: 9 }]],
    [[sparse, one, one]],
    [new Array(3)],
    { 0: standard[0], length: 1 },
    ...[3, -3, 0.5, NaN, null, Infinity, '1', true, [1], 2 ** 32 + 1].map(with9),
  ];
  for (const output of attacks) assert.ok('invalid' in judge(three, output), JSON.stringify(output));
  assert.ok('score' in judge(three, with9(2)));
  assert.ok('score' in judge(three, []));
});

test('ranks and wrong entries have words of their own, and the picture has a square for each coefficient', async () => {
  const problem = await load('matmul-3x3');
  assert.equal(problem.show!(-23), 'rank 23');
  assert.equal(problem.show!(scoreOf(standard.slice(0, 20))), '7 wrong entries');
  const picture = problem.picture!(three, short);
  assert.equal(picture.match(/<rect /g)!.length, 1 + 27 * 23);
  assert.match(picture, /<title>23 products/);
});
