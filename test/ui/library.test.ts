import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineProblem, type Event, type Found, type Settings, search } from '../../ui/library.ts';
import { openEvaluator } from '../../ui/run/compose.ts';
import { outcomeIn } from '../evaluators/doubling.ts';

const problem = defineProblem<number, number>({
  name: 'line',
  brief: 'Find f(x) = 3 x + 4.',
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'program.js': 'export function f(x) {\n  return x;\n}\n' }],
  cases: [0, 1, 2, 5].map((input) => ({ id: `x-${input}`, input, use: 'scored' })),
  judge: (x, y) => (Number.isFinite(y) ? { score: -Math.abs(3 * x + 4 - y) } : { invalid: 'not a number' }),
});

test('a search in ten lines: events as they happen, the best program last', async () => {
  const types = new Set<string>();
  let last: Event | Found | undefined;
  for await (const event of search(problem, { evaluations: 400, seed: 5 })) {
    types.add(event.type);
    last = event;
  }
  for (const type of ['opened', 'begun', 'proposed', 'evaluated', 'settled', 'closed', 'summary'])
    assert.ok(types.has(type), type);
  assert.equal(last?.type, 'summary');
  if (last?.type !== 'summary') return;
  assert.ok(last.best.score > last.baseline.score);
  assert.match(last.program['program.js']!, /export function f\(x\)/);
});

const ways: Partial<Settings>[] = [
  { archive: 'grid', parents: 'uniform', migration: 'random' },
  { parents: 'weighted', migration: 'reset', migrationEvery: 30 },
  { parents: 'tournament', migration: 'none', bandit: 'thompson' },
  { bandit: 'uniform', islands: 1, order: 'arrival', isolation: 'isolate' },
];

for (const way of ways) {
  test(`a search by ${JSON.stringify(way)} improves on its seed within its budget`, async () => {
    for await (const event of search(problem, { evaluations: 250, seed: 5, ...way })) {
      if (event.type !== 'summary') continue;
      assert.ok(event.best.score > event.baseline.score);
      assert.ok(event.evaluations <= 250 && (event.because === 'target' || event.evaluations > 200));
    }
  });
}

test('every baseline does without islands, and generational search crosses in nine trials of ten, and none fits numbers', async () => {
  for (const strategy of ['random', 'hill-climbing', 'best-of-n', 'generational'] as const) {
    const arms: string[] = [];
    const islands = new Set<number>();
    for await (const event of search(problem, {
      strategy,
      capacity: 10,
      evaluations: 500,
      'tune.maxEvaluations': 5,
      seed: 5,
    })) {
      if (event.type === 'opened')
        assert.ok(!event.arms.some(({ operator }) => operator === 'tune'), strategy);
      if (event.type !== 'begun') continue;
      arms.push(event.arm.operator);
      islands.add(event.island);
    }
    assert.deepEqual([...islands], [0], strategy);
    const later = arms.slice(40);
    const crossed = later.filter((arm) => arm === 'crossover').length / later.length;
    if (strategy === 'generational') assert.ok(crossed > 0.8 && crossed < 1, `${crossed}`);
    else if (strategy === 'random') assert.ok(crossed > 0 && crossed < 0.4, `${crossed}`);
    else assert.equal(crossed, 0, strategy);
  }
});

test('an operator left out by name is no arm', async () => {
  for await (const event of search(problem, { evaluations: 20, 'operators.disabled': 'crossover,tune' })) {
    if (event.type !== 'opened') continue;
    assert.deepEqual(event.arms.map(({ operator }) => operator).sort(), [
      'blend',
      'constants',
      'delete',
      'exchange',
      'insert',
      'move',
      'replace',
      'specialise',
      'swap',
    ]);
  }
});

test('leaving the loop stops the search and its processes', async () => {
  for await (const event of search(problem, { seed: 5 })) if (event.type === 'settled') break;
  // The test runner waits for this process to end: a child left behind would hang it.
});

test('a judge that throws is reported as the problem’s own fault', async () => {
  const judge = (): never => {
    throw new Error('late');
  };
  const broken = { ...problem, judge };
  await assert.rejects(async () => {
    for await (const _ of search(broken, { evaluations: 10 }));
  }, /Expected the judge of line to return a verdict/);
});

const shift = 'export const SHIFT = 1;\nexport function shifted(x) {\n  return x + SHIFT;\n}\n';
const several = {
  ...problem,
  seeds: [
    {
      'program.js':
        "import { SHIFT, shifted } from './lib.js';\nexport function f(x) {\n  return shifted(x) * SHIFT;\n}\n",
      'lib.js': shift,
    },
  ],
};

test('a program of two files is searched like any other, and found with both', async () => {
  let settled = 0;
  for await (const event of search(several, { evaluations: 300, seed: 5 })) {
    if (event.type === 'settled' && event.verdict !== 'malformed') settled++;
    if (event.type !== 'summary') continue;
    assert.ok(event.best.score > event.baseline.score, `${event.best.score}`);
    assert.deepEqual(Object.keys(event.program), ['program.js', 'lib.js']);
    assert.equal(event.program['lib.js'], shift);
  }
  assert.ok(settled > 100, `${settled} trials`);
});

test('a program of two files and the same in one have the same outcome, place of an error aside', async () => {
  await using evaluator = await openEvaluator(problem, 1);
  const main = "import { shifted } from './lib.js';\nexport const f = (x) => {\n  BODY\n};\n";
  const bodies = [
    'return shifted(x)',
    'return shifted(x) * Math.random()',
    'for (;;) shifted(x)',
    'return []',
  ];
  for (const body of bodies) {
    const text = main.replace('BODY', body);
    const one = shift.replaceAll('export ', '') + text.replace(/^.*\n/, '');
    const split = await outcomeIn(evaluator, { 'program.js': text, 'lib.js': shift }, 'scored');
    assert.deepEqual(split, await outcomeIn(evaluator, { 'program.js': one }, 'scored'), body);
  }
  const broken = {
    'program.js': main.replace('BODY', 'return shifted(x)'),
    'lib.js': shift.replace('x + SHIFT', 'x +\n    x.y.z'),
  };
  const outcome = await outcomeIn(evaluator, broken, 'scored');
  assert.equal(outcome.status, 'crashed');
  assert.match(outcome.feedback, /TypeError: .* \(lib\.js:4:9\)/);
});
