import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineProblem, type Event, type Found, type Settings, search } from '../../ui/library.ts';

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
