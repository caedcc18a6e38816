import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distinct } from '../../../ui/screen/distinct.ts';
import { width } from '../../../ui/screen/text.ts';

const cases: [what: string, names: string[], columns: number][] = [
  ['by their ends', ['diff@openai:gpt-5#effort=high', 'diff@openai:gpt-5#effort=low'], 16],
  ['by their beginnings', ['diff@openai:gpt-5-mini', 'whole@openai:gpt-5-mini'], 12],
  [
    'before an end that all share',
    ['diff@openai:gpt-5-mini#effort=high', 'diff@openai:gpt-5-nano#effort=high'],
    22,
  ],
  [
    'in few columns, before an end that all share',
    ['diff@openai:gpt-5-mini#effort=high', 'diff@openai:gpt-5-nano#effort=high'],
    12,
  ],
  ['with wide letters', ['diff@ollama:日本語モデル-7b', 'diff@ollama:日本語モデル-70b'], 14],
];

for (const [what, names, columns] of cases) {
  test(`long names stay distinguishable ${what}`, () => {
    const short = distinct(names, columns);
    assert.equal(new Set(short.values()).size, names.length, [...short.values()].join(' '));
    for (const name of names) {
      assert.ok(width(short.get(name)!) <= columns, short.get(name));
      assert.match(short.get(name)!, /…/);
    }
  });
}

test('a name that fits is left as it is', () => {
  assert.equal(distinct(['swap', 'diff@openai:gpt-5-mini'], 12).has('swap'), false);
});
