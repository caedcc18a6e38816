import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { analyse } from '../../../../../core/languages/javascript/operators/analysis/analyse.ts';
import { Call } from '../../../../../core/languages/javascript/operators/constant-values.ts';
import { exchange } from '../../../../../core/languages/javascript/operators/exchange.ts';
import { random } from '../../../../../core/search/random.ts';
import type { Proposal, Task } from '../../../../../core/search/roles.ts';
import { taskOf } from '../../../prompts/task.ts';
import { elite, parents } from './parents.ts';

const program = (text: string) => elite({ text, language: 'javascript', entry: 'f', inputs: [] });

function exchanged(first: string, second: string, samples: Task['samples'], key: number): Proposal {
  const task = taskOf({
    parents: [program(first), program(second)],
    samples,
    random: random('exchange', key),
  });
  const turn = exchange.propose(task).next();
  assert.ok(turn.done);
  return turn.value;
}

const samples = Array.from({ length: 12 }, (_, i) => [i - 4, 3 * i + 1]);
test('with values known, what comes in is never worth on all sampled calls what went out', () => {
  const first = 'export function f(x, y) {\n  const s = x + y;\n  return s * 2 - (y > 3 ? x : 1);\n}\n';
  const second =
    'export function f(x, y) {\n  const s = y + x;\n  return (s + s) / (y > 3 ? 2 * x - x : Math.abs(-1));\n}\n';
  let checked = 0;
  for (let key = 0; key < 300; key++) {
    const proposal = exchanged(first, second, samples, key);
    if ('malformed' in proposal || / unchecked$/.test(proposal.note)) continue;
    checked++;
    const [, old, by] = /exchange: (.*) by (.*), [\d.]+ apart on 12 calls$/.exec(proposal.note)!;
    const at = (expression: string) =>
      runInNewContext(
        `(${JSON.stringify(samples)}).map(([x, y]) => { const s = x + y; return String(${expression}); }).join()`,
      );
    assert.notEqual(at(old!), at(by!), proposal.note);
  }
  assert.ok(checked > 200, `${checked} were checked`);
});

test('of several subtrees the one closest in value comes in, whose text may be far', () => {
  const first = 'export function f(x, y) {\n  return x * 10;\n}\n';
  const second =
    'export function f(x, y) {\n  return [-x, 1e6, y * y * y, 11 * Math.abs(x) * Math.sign(x)].length;\n}\n';
  const counts = new Map<string, number>();
  for (let key = 0; key < 300; key++) {
    const proposal = exchanged(first, second, samples, key);
    const by = 'note' in proposal && /^exchange: x \* 10 by (.*), [\d.]+ apart/.exec(proposal.note)?.[1];
    if (by) counts.set(by, (counts.get(by) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  assert.equal(most![0], '11 * Math.abs(x) * Math.sign(x)', JSON.stringify([...counts]));
  assert.ok(!counts.has('1e6') || counts.get('1e6')! < most![1] / 4, JSON.stringify([...counts]));
});

test('without samples it exchanges all the same, and says that nothing was checked', () => {
  for (let key = 0; key < 50; key++) {
    const proposal = exchanged(parents.tsp!.text, parents.regression!.text, [], key);
    if ('note' in proposal) assert.match(proposal.note, /, unchecked$/);
  }
});

test('a name is worth what it holds in that call, unless something may have changed it', () => {
  const text = `const LIMIT = 12;
const table = [1, 2, 3];
const kept = [4, 5];
kept.push(6);
export function f(x, v, w, point) {
  const half = x / 2;
  const more = half + table[1] + v[2] + point.y;
  let moves = 1;
  moves += x;
  w[0] = 1;
  for (const each of v) moves += each;
  const later = kept[0];
  return more * LIMIT + late;
}
const late = 1;
`;
  const read = analyse(text, 'javascript', 'f');
  assert.ok(typeof read !== 'string');
  const call = new Call(read, 'f', [8, [0, 1, 7], [2], { y: 100 }], { left: 1000 });
  const last = read.sites.find((each) => each.under.type === 'ReturnStatement')!;
  const worth = (name: string) => {
    const value = call.value({ type: 'Identifier', name, start: 0, end: 0 }, last.scope, last.start);
    return typeof value === 'symbol' ? value.description : value;
  };
  assert.equal(worth('LIMIT'), 12);
  assert.equal(worth('half'), 4);
  assert.equal(worth('more'), 113);
  assert.deepEqual(worth('v'), [0, 1, 7]);
  for (const name of ['moves', 'w', 'kept', 'later', 'late', 'f']) assert.equal(worth(name), 'unknown', name);
});

test('names whose values hang on each other in a circle, or in a long chain, are unknown', () => {
  const chain = Array.from({ length: 5000 }, (_, i) => `const c${i + 1} = c${i} + 1;`).join('\n');
  const text = `const a = b;\nconst b = a;\nconst c0 = 0;\n${chain}\nexport function f(x) {\n  return x + a + c5000;\n}\n`;
  const proposal = exchanged(text, 'export function f(x) {\n  return x * 2;\n}\n', [[1], [2]], 1);
  assert.ok('note' in proposal || 'malformed' in proposal);
});
