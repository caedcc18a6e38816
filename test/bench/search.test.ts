import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { chartOf } from '../../bench/search/figures.ts';
import { named, searches, strategies } from '../../bench/search/plan.ts';
import { keyOf, openLines, readRecords, type Searched, thinned } from '../../bench/search/records.ts';
import { tables } from '../../bench/search/table.ts';
import { configure } from '../../core/search/configure.ts';
import { findProblem } from '../../ui/run/find-problem.ts';
import { holdsOut, numberOf, tickOf, unitOf } from '../../ui/text/numbers.ts';

const { problem } = await findProblem('bin-packing-or3');
const record = (
  strategy: string,
  seed: number,
  test: number | null,
  changes: Partial<Searched> = {},
): Searched => ({
  problem: problem.name,
  strategy,
  seed,
  settings: {},
  evaluations: 300,
  minutes: null,
  workers: 1,
  best: { score: -4, test },
  baseline: { score: -5.2, test: -5.1 },
  used: 300,
  because: 'evaluations',
  seconds: 8,
  cpuSeconds: 9,
  curve: [
    [1, -5.2],
    [50, -4],
  ],
  version: '0.1.0',
  commit: 'abc',
  ...changes,
});

test('a file that a kill cut short in the middle of a line goes on after what is whole of it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atoll-records-'));
  const path = join(folder, 'deep', 'sweep.jsonl');
  try {
    assert.deepEqual(readRecords(path), []);
    const [first, second] = [record('atoll', 1, -4), record('atoll', 2, -4.5)];
    openLines(path)(first);
    appendFileSync(path, JSON.stringify(second).slice(0, 40));
    assert.deepEqual(readRecords(path), [first]);
    openLines(path)(second);
    assert.deepEqual(readRecords(path), [first, second]);
    writeFileSync(path, `{"torn\n${readFileSync(path, 'utf8')}`);
    assert.throws(() => readRecords(path), /Expected line 1 of .* to be JSON/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a search is made again when anything that decides it is another, and else not', () => {
  const one = record('atoll', 1, -4);
  const same = record('atoll', 1, -3, { seconds: 99, commit: 'def' });
  assert.equal(keyOf(one), keyOf(same));
  for (const other of [
    { seed: 2 },
    { strategy: 'random' },
    { evaluations: 301 },
    { settings: { islands: 1 } },
    { minutes: 2, evaluations: null },
  ])
    assert.notEqual(keyOf(one), keyOf({ ...one, ...other }), JSON.stringify(other));
});

test('every strategy of the plan is settings that a user may give, and each of them differs from the engine', async () => {
  const all = await searches({ problems: ['bin-packing-or3'], seeds: 2 });
  assert.equal(all.length, 2 * (Object.keys(strategies).length - named('extra').length));
  const plain = JSON.stringify(configure({}));
  for (const { strategy, settings } of all) {
    assert.equal(JSON.stringify(configure(settings)) === plain, strategy === 'atoll', strategy);
  }
  assert.equal(named('engine', 'baseline', 'ablation').length, 10);
  await assert.rejects(searches({ strategies: ['luck'] }), /Expected strategies among .* got luck/);
});

test('a sweep cut short has as many seeds of each strategy and problem', async () => {
  const all = await searches({
    problems: ['a', 'b'],
    strategies: ['atoll', 'random'],
    seeds: 2,
    evaluations: 9,
  });
  assert.deepEqual(
    all.slice(0, 4).map((each) => `${each.problem} ${each.strategy} ${each.seed}`),
    ['a atoll 1', 'a random 1', 'b atoll 1', 'b random 1'],
  );
});

test('a curve keeps sixty points, the last one exact, and never claims a score before it was reached', () => {
  const curve = Array.from({ length: 900 }, (_, i) => [i + 1, i] as const);
  const thin = thinned(curve);
  assert.ok(thin.length <= 60 && thin.length > 30, `${thin.length}`);
  assert.deepEqual(thin.at(-1), [900, 899]);
  for (const [evaluations, score] of thin) assert.equal(score, evaluations - 1);
  assert.deepEqual(thinned(curve.slice(0, 60)), curve.slice(0, 60));
});

test('the table has medians, leads, wins and p, and a program that failed the test counts as the worst', () => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
  const records = [
    ...seeds.map((seed) => record('atoll', seed, -3 - seed / 100)),
    ...seeds.map((seed) => record('random', seed, -4 - seed / 100)),
    ...seeds.map((seed) => record('hill-climbing', seed, seed > 1 ? -3 - seed / 100 : null)),
    ...seeds.map((seed) => record('no-crossover', seed, -3 - seed / 100)),
    ...seeds.map((seed) => record('one-island', seed, -3.5 - seed / 100)),
  ];
  const text = tables([{ problem, budget: '300 evaluations', records }]);
  const row = (start: string) => text.split('\n').find((line) => line.startsWith(`| ${start}`))!;
  assert.equal(row('Atoll |'), '| Atoll | **3.045** | 3.063 to 3.027 |  |  |  |');
  // 2 of the C(16, 8) = 12870 deals are as far apart.
  assert.equal(row('random search |'), '| random search | 4.045 | 4.063 to 4.027 | +1 | 0.00016 | 8, 0 |');
  assert.match(row('hill climbing'), /\| 1, 0 \|$/);
  assert.match(row('random search | 1: bin-packing-or3 | 0 | 0'), /random/);
  assert.equal(
    row('hill climbing (1+1) | 0 | 0 | 1'),
    '| hill climbing (1+1) | 0 | 0 | 1: bin-packing-or3 |',
  );
  assert.equal(row('bin-packing-or3 |'), '| bin-packing-or3 | **+0.5 (0.00016)** |  |  | 0 (1) |  |');
  assert.ok(text.includes('FunSearch 3.026, our held-out cases'), text);
});

test('by the clock the table has a column for each moment', () => {
  const marks = [
    { minutes: 1, evaluations: 900, score: -4, test: -3.5 },
    { minutes: 2, evaluations: 1900, score: -4, test: -3.25 },
  ];
  const timed = [1, 2].map((seed) =>
    record('atoll', seed, -3.25, { evaluations: null, minutes: 2, workers: 2, marks }),
  );
  const text = tables([{ problem, budget: '2 minutes', records: timed }]);
  assert.ok(text.includes('| problem | seeds | seed program | 1 min | 2 min | published instances |'), text);
  assert.ok(text.includes('| bin-packing-or3, % excess | 2 | 5.100 | 3.500 | 3.250 |  |'), text);
});

test('a chart of a problem has a line for each strategy that was run and one name for each reference', () => {
  const svg = chartOf({
    problem,
    budget: '300 evaluations',
    records: [record('atoll', 1, -4), record('random', 1, -4), record('no-crossover', 1, -4)],
  })!;
  assert.ok(svg.includes('>Atoll<') && svg.includes('>random search<') && !svg.includes('crossover'));
  assert.equal(svg.match(/>best fit</g)?.length, 1);
});

test('numbers and their meaning are distinguished, whatever the problem says around them', async () => {
  const regression = (await findProblem('symbolic-regression')).problem;
  const capSet = (await findProblem('cap-set-8')).problem;
  assert.deepEqual(
    [unitOf(problem), numberOf(problem, -3.5), tickOf(problem, -3.5)],
    ['% excess', '3.500', '3.5'],
  );
  assert.deepEqual(
    [unitOf(regression), tickOf(regression, 0.5), tickOf(regression, 12)],
    ['NMSE', '0.32', '1.0e-12'],
  );
  assert.deepEqual([unitOf(capSet), numberOf(capSet, 436)], ['a cap set of … vectors', '436']);
  assert.equal(numberOf(problem, Number.NEGATIVE_INFINITY), 'failed');
  assert.deepEqual([holdsOut(problem), holdsOut(capSet)], [true, false]);
});
