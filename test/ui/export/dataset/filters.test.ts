import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sketch } from '../../../../core/languages/javascript/normal/sketch.ts';
import { near, nearDuplicateThreshold } from '../../../../islands/novelty/near.ts';
import { diverse } from '../../../../ui/export/dataset/diverse.ts';
import { reserved } from '../../../../ui/export/dataset/overlap.ts';
import { filterLog } from '../../../../ui/export/dataset/plan.ts';
import { isPrivate, publicArm, publicSpec } from '../../../../ui/export/dataset/private.ts';
import { summaryAt } from './marks.ts';

test('thirteen words in a row are an overlap, twelve are none, whatever stands between them', () => {
  const words = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen'.split(' ');
  const apart = reserved();
  apart.add(words.join(' '));
  assert.ok(apart.meets(`before, ${words.slice(0, 13).join(', ').toUpperCase()}; after`));
  assert.ok(apart.meets(words.slice(1).join('\n')));
  assert.ok(!apart.meets(`${words.slice(0, 12).join(' ')} and no more`));
  assert.ok(!apart.meets(words.toReversed().join(' ')));
  assert.equal(apart.size, 2);
});

test('rows of the same few numbers are no overlap, and what was let go of is none', () => {
  const apart = reserved();
  apart.add(Array(40).fill('0, 1').join(', '));
  assert.equal(apart.size, 0);
  const text = Array.from({ length: 20 }, (_, i) => i * 7).join(' ');
  apart.add(text);
  assert.ok(apart.meets(text));
  apart.release(text);
  assert.ok(!apart.meets(text));
});

test('keys and paths of a machine are private, programs and relative paths are not', () => {
  for (const text of [
    `key: sk-${'a1'.repeat(12)}`,
    `Authorization: Bearer ${'x'.repeat(24)}`,
    'AKIAABCDEFGHIJKLMNOP',
    '-----BEGIN RSA PRIVATE KEY-----',
    'at f (/home/ada/project/main.js:3:1)',
    'file:///Users/ada/x.js',
    'C:\\Users\\ada\\x.js',
  ])
    assert.ok(isPrivate(text), text);
  for (const text of [
    'a / b / tmp',
    "import './lib/tmp/x.js'",
    'return x/root/y;',
    'score -1/2',
    'task-list-of-things',
  ])
    assert.ok(!isPrivate(text), text);
});

test('a spec is shown without hosts, folders, commands and tails', () => {
  assert.equal(publicSpec('compatible:qwen@http://10.0.0.1:8000/v1#calls=3'), 'compatible:qwen');
  assert.equal(publicSpec('gguf:/home/ada/models/tiny.gguf'), 'gguf:tiny.gguf');
  assert.equal(publicSpec('exec:curl -H "key: 1"'), 'exec');
  assert.equal(publicSpec('manual:/home/ada/desk'), 'manual');
  assert.equal(publicSpec('openai:gpt-5#effort=high'), 'openai:gpt-5');
  assert.equal(publicArm({ operator: 'diff', model: 'exec:cat /home/ada' }), 'diff@exec');
  assert.equal(publicArm({ operator: 'crossover' }), 'crossover');
});

test('the best of what is alike is kept, and every filter says what it took', () => {
  const of = (text: string) => sketch({ 'p.js': `export const f = (x) => ${text};` }, 'javascript')!;
  const into = filterLog();
  const summaries = [
    summaryAt(0, { form: 'a', sketch: of('x + 1'), reward: 0.6 }),
    summaryAt(1, { form: 'a', sketch: of('x + 1'), reward: 0.9 }),
    summaryAt(2, { form: 'b', sketch: of('x + 1.001'), reward: 0.7 }),
    ...[5, 25, 125].map((n, i) =>
      summaryAt(3 + i, { form: `c${i}`, sketch: of(`x + ${n}`), reward: 0.5 + i / 100 }),
    ),
    summaryAt(6, { form: 'd', sketch: of('x * Math.sin(x)'), reward: 0.4 }),
    summaryAt(7, { form: 'e', sketch: of('x > 2 ? x : 3'), reward: 0.3 }),
  ];
  const alike = (all: Parameters<typeof near>[0], text: string) =>
    near(all, text, nearDuplicateThreshold, Number.POSITIVE_INFINITY) !== undefined;
  const kept = diverse(summaries, alike, { siblings: 4, shape: 2 }, into);
  // Of one parent the four best that are apart; of these two that differ in their number alone.
  assert.deepEqual(
    kept.map(({ at }) => at),
    [1, 5],
  );
  assert.deepEqual(
    into.filters.map(({ filter, removed }) => [filter, removed]),
    [
      ['duplicate', 1],
      ['near-duplicate', 1],
      ['siblings', 2],
      ['shape', 2],
    ],
  );
});
