import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { languageNamed } from '../../../core/languages/registry.ts';
import { configure } from '../../../core/search/configure.ts';
import { openArmUsage, wider } from '../../../ui/report/arm-usage.ts';
import { commandOf } from '../../../ui/report/command.ts';
import { withNames } from '../../../ui/run/operators.ts';

const of = (given: Record<string, unknown>, path = 'tsp-construct-50', models: string[] = []) =>
  commandOf({ problem: { name: 'p', hash: '', path }, models }, configure(given, models.length > 0));

test('a command says what differs from the defaults, and nothing else', () => {
  assert.equal(of({ seed: 3 }), 'atoll run tsp-construct-50 --seed 3');
  assert.equal(
    of({ seed: 1, islands: 9, minutes: 2, 'operators.disabled': 'none', concurrency: 3 }),
    'atoll run tsp-construct-50 --seed 1 --set concurrency=3 --islands 9 --set operators.disabled=none --minutes 2',
  );
  assert.equal(
    of({ strategy: 'generational', seed: 1 }),
    'atoll run tsp-construct-50 --seed 1 --set strategy=generational',
  );
});

test('operators and prompts that a run names one by one are left out where they are the defaults', () => {
  const settings = withNames(configure({ seed: 3 }), languageNamed('javascript'));
  assert.notEqual(settings['operators.disabled'], 'usual');
  const about = { problem: { name: 'p', hash: '', path: 'tsp-construct-50' }, models: [] };
  assert.equal(commandOf(about, settings), 'atoll run tsp-construct-50 --seed 3');
  const all = withNames(configure({ seed: 3, 'operators.disabled': 'none' }), languageNamed('javascript'));
  assert.equal(commandOf(about, all), 'atoll run tsp-construct-50 --seed 3 --set operators.disabled=none');
});

test('a model that is asked is named, and words that a shell would read are quoted', () => {
  assert.equal(
    of({ dollars: 2 }, join(process.cwd(), "it's here", 'problem.ts'), ['openai:m#effort=high']),
    "atoll run 'it'\\''s here/problem.ts' --model 'openai:m#effort=high' --seed 1 --dollars 2",
  );
});

test('pulls are counted in windows that become wider, and none is lost', () => {
  const pulls = openArmUsage([{ operator: 'a' }, { operator: 'b' }]);
  for (let i = 0; i < 1000; i++) pulls.add({ operator: i % 4 === 0 ? 'a' : 'b' });
  const [a, b] = [pulls.counts.get('a')!, pulls.counts.get('b')!];
  const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0);
  assert.deepEqual([sum(a), sum(b), a.length], [250, 750, b.length]);
  assert.ok(a.length <= 60 && a.length >= 30, `${a.length}`);
  for (const [i, count] of a.slice(0, -1).entries()) assert.equal(count + b[i]!, pulls.window);
  const twice = wider(pulls, 2);
  assert.deepEqual([twice.window, sum(twice.counts.get('a')!)], [2 * pulls.window, 250]);
});
