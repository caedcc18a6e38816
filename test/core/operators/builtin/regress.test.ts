import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparison, told } from '../../../../core/compare.ts';
import { bonds } from '../../../../core/operators/builtin/bond.ts';
import { descend } from '../../../../core/operators/builtin/descend.ts';
import { literal } from '../../../../core/operators/builtin/expression.ts';
import { product } from '../../../../core/operators/builtin/feature.ts';
import { explained, slopesOf, solveSymmetric, stepOf } from '../../../../core/operators/builtin/normal.ts';
import { regress } from '../../../../core/operators/builtin/regress.ts';
import { type Outcome, outcomeOf } from '../../../../core/outcome.ts';
import { mainFile, type Source } from '../../../../core/program.ts';
import { random } from '../../../../core/random.ts';
import type { Proposal, Reply, Step } from '../../../../core/roles.ts';
import { taskOf } from '../task.ts';
import { elite } from './parents.ts';

const draws = random('points');
const points = Array.from({ length: 80 }, () => [
  1 + 4 * draws.next(),
  1 + 4 * draws.next(),
  1 + draws.next(),
]);

type Law = (x: number, y: number, z: number) => number;

/** What became of a program `f(x, y, z)` that is to be `law`; its score is -log10 of the mean square. */
function measure(source: Source, law: Law): { outcome: Outcome; residuals?: number[] } {
  const f = new Function(`${mainFile(source).text.replace('export ', '')}; return f;`)() as Law;
  const residuals = points.map(([x, y, z]) => f(x!, y!, z!) - law(x!, y!, z!));
  const square = residuals.reduce((sum, each) => sum + each * each, 0) / residuals.length;
  if (!Number.isFinite(square)) return { outcome: { status: 'invalid', feedback: 'not finite' } };
  return { outcome: outcomeOf([{ case: 'all', score: Math.min(20, -Math.log10(square)) }]), residuals };
}

/** Performs the steps of a story, and counts the programs that were run. */
function tell<T>(story: Generator<Step, T, Reply>, law: Law, most = 1e9): { result: T; runs: number } {
  let runs = 0;
  for (let turn = story.next(); ; ) {
    if (turn.done) return { result: turn.value, runs };
    const step = turn.value;
    assert.ok('run' in step || 'compare' in step);
    const sources = 'run' in step ? step.run : step.compare;
    runs += sources.length;
    const measured = sources.map((each, i) =>
      runs - sources.length + i < most
        ? measure(each, law)
        : { outcome: { status: 'refused', feedback: '' } as const },
    );
    turn = story.next('run' in step ? measured.map(({ outcome }) => told(outcome)) : comparison(measured));
  }
}

function regressed(
  law: Law,
  text: string,
  key: number,
  allowance = 1501,
): { result: Proposal; runs: number } {
  const parent = elite({ text, language: 'javascript', entry: 'f', inputs: [] });
  const { outcome } = measure(parent.source, law);
  assert.ok(outcome.status === 'scored');
  const task = taskOf({
    parents: [{ ...parent, outcome }],
    comparable: true,
    allowance,
    random: random(key),
  });
  return tell(regress.propose(task), law);
}

const constant = 'export function f(x, y, z) {\n  return 1;\n}\n';
const best = (law: Law, text: string, keys: number): number => {
  const scores = Array.from({ length: keys }, (_, key) => {
    const { result } = regressed(law, text, key);
    if ('malformed' in result) return Number.NEGATIVE_INFINITY;
    const { outcome } = measure(result.source, law);
    return outcome.status === 'scored' ? outcome.score : Number.NEGATIVE_INFINITY;
  });
  return Math.max(...scores);
};

test('least squares brings both numbers of a curve to their values, to the last digits that are written', () => {
  const law: Law = (x) => 2.5 * Math.exp(-0.7 * x);
  const write = ([a, b]: readonly number[]): Source => ({
    'p.js': `export function f(x) { return ${1 + a!} * Math.exp(${-0.2 + b!} * x); }`,
  });
  const start = { point: [0, 0], score: -10 };
  const { result, runs } = tell(descend(start, write, 60), law);
  assert.ok(result.score > 14, `${result.score}`);
  assert.ok(Math.abs(result.point[0]! - 1.5) < 1e-6 && Math.abs(result.point[1]! + 0.5) < 1e-6);
  assert.ok(runs <= 60, `${runs}`);
});

test('least squares stops where the budget ends and gives the best it has seen', () => {
  const law: Law = (x) => 3 * x;
  const write = ([a]: readonly number[]): Source => ({
    'p.js': `export function f(x) { return ${1 + a!} * x; }`,
  });
  const { result, runs } = tell(descend({ point: [0], score: -1 }, write, 60), law, 3);
  assert.ok(runs <= 6 && result.score >= -1);
});

test('a product of powers is found from a constant within a few trials', () => {
  assert.ok(best((x, y, z) => (3 * x * y) / z, constant, 12) > 12);
});

test('a sum of two terms is found', () => {
  assert.ok(best((x, y, z) => 2 * x * y + 0.5 * z * z, constant, 16) > 10);
});

test('a sum that hides in a denominator is found through its bond', () => {
  assert.ok(best((x, y) => 1 / (1 / x + 2 / y), constant, 30) > 10);
});

test('a trial keeps to its allowance', () => {
  for (const allowance of [61, 90, 200]) {
    const { runs } = regressed((x, y, z) => x * y - z, constant, 3, allowance);
    assert.ok(runs <= allowance - 1, `${runs} of ${allowance}`);
  }
});

test('a program that fails where it stands, or has nothing to add to, comes to nothing in words', () => {
  const { result } = regressed((x) => x, 'export function f() {\n  return 1;\n}\n', 1);
  assert.deepEqual(result, { malformed: 'nothing in scope to add' });
});

test('every bond leaves an expression as it is where the sum is 0', () => {
  for (const bond of bonds) {
    const { text } = bond(literal(2.5), literal(0));
    assert.ok(Math.abs(new Function(`return ${text}`)() - 2.5) < 1e-12, text);
  }
});

test('equal factors of a product are one, and those that cancel are gone', () => {
  const x = { text: 'x', level: 18 };
  const y = { text: 'y', level: 18 };
  assert.equal(
    product([
      { of: x, power: 1 },
      { of: y, power: -2 },
      { of: x, power: 1 },
    ]).text,
    'x ** 2 / y ** 2',
  );
  assert.equal(
    product([
      { of: x, power: 1 },
      { of: x, power: -1 },
    ]).text,
    '1',
  );
  assert.equal(
    product([
      { of: x, power: -1 },
      { of: y, power: 0.5 },
    ]).text,
    'Math.sqrt(y) / x',
  );
});

test('linear equations are solved, and a singular matrix is not', () => {
  const a = [
    [4, 1, 0],
    [1, 3, 1],
    [0, 1, 2],
  ];
  const x = solveSymmetric(a, [6, 10, 8])!;
  a.forEach((row, i) => {
    assert.ok(Math.abs(row.reduce((sum, each, j) => sum + each * x[j]!, 0) - [6, 10, 8][i]!) < 1e-12);
  });
  assert.equal(
    solveSymmetric(
      [
        [1, 1],
        [1, 1],
      ],
      [1, 2],
    ),
    undefined,
  );
});

test('slopes tell what one more term explains: all of it, or nothing that others do not', () => {
  // r0 = -b, and columns a = (1, 0), b = (0, 1), 2b.
  const rows = [
    [0, -1],
    [1, 0],
    [0, 1],
    [0, 2],
  ];
  const products = rows.map((p) => rows.map((q) => p[0]! * q[0]! + p[1]! * q[1]!));
  const slopes = slopesOf(products, 1);
  assert.equal(explained(slopes, [], 0), 0);
  assert.ok(explained(slopes, [], 1) > 1 - 1e-9);
  assert.ok(explained(slopes, [1], 2) < 1e-6);
  assert.deepEqual(stepOf(slopes, [1], 0), [0, 1, 0]);
});

test('what is compared are differences: small ones are not lost beside large residuals', () => {
  const scored = outcomeOf([{ case: 'one', score: 1 }]);
  const { products } = comparison([
    { outcome: scored, residuals: [1e8, 1] },
    { outcome: scored, residuals: [1e8, 1 + 1e-6] },
    { outcome: { status: 'crashed', feedback: '' } },
  ]);
  assert.ok(Math.abs(products[1]![1]! - 1e-12) < 1e-18);
  assert.deepEqual(products[2], [0, 0, 0]);
  assert.deepEqual(products[0]![1], products[1]![0]);
});
