import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sketch } from '../../../../core/languages/javascript/normal/sketch.ts';
import { random } from '../../../../core/search/random.ts';
import { groupsOf } from '../../../../ui/export/dataset/groups.ts';
import type { Choosing } from '../../../../ui/export/dataset/kind.ts';
import { kto } from '../../../../ui/export/dataset/kto.ts';
import { filterLog } from '../../../../ui/export/dataset/plan.ts';
import { questions } from '../../../../ui/export/dataset/predict.ts';
import { dpo } from '../../../../ui/export/dataset/preferences.ts';
import { refine } from '../../../../ui/export/dataset/refine.ts';
import { grpo } from '../../../../ui/export/dataset/rollouts.ts';
import { plainNote } from '../../../../ui/export/dataset/views.ts';
import { summaryAt } from './marks.ts';

const choosing = (): Choosing => ({ near: () => false, caps: { siblings: 8, shape: 4 }, into: filterLog() });
const pairsOf = (summaries: Parameters<typeof dpo.plans>[0], with_ = choosing()): string[] =>
  dpo.plans(summaries, with_).map((plan) => plan.summaries.map(({ at }) => at).join('>'));

test('answers to the very same prompt are a group, and the rest go by their parents', () => {
  const summaries = [
    summaryAt(0, { keys: { verbatim: 'q', synthetic: 's' } }),
    summaryAt(1, { keys: { verbatim: 'once', synthetic: 's' } }),
    summaryAt(2, { keys: { verbatim: 'q' } }),
    summaryAt(3, { keys: { synthetic: 's' } }),
    summaryAt(4, { keys: { verbatim: 'twice' } }),
  ];
  const groups = groupsOf(summaries).map(({ textKind, key, summaries: members }) => [
    textKind,
    key,
    ...members.map(({ at }) => at),
  ]);
  assert.deepEqual(groups, [
    ['verbatim', 'q', 0, 2],
    ['synthetic', 's', 1, 3],
  ]);
});

test('the better half is preferred to the worse, what works to what fails, and never the worse', () => {
  const scores = [1, 4, undefined, 3, 2];
  const summaries = scores.map((score, at) =>
    score === undefined
      ? summaryAt(at, { tier: 'crashed', reward: -0.2, score: undefined!, cases: undefined! })
      : summaryAt(at, { score, cases: [score, score], reward: score / 10 }),
  );
  // Sorted 4 3 2 1: halves 4>2 and 3>1; the failed one against the best. The 70th percentile of 1 2 3 4 is 3.
  assert.deepEqual(pairsOf(summaries).sort(), ['1>2', '1>4', '3>0']);
});

test('a preference that mutual scores of programs and cases do not share is left out', () => {
  // The second has the higher score, by one case of three; the others trust the cases that the first passes.
  const summaries = [
    summaryAt(0, { score: 2, cases: [3, 3, 0], reward: 0.2 }),
    summaryAt(1, { score: 4, cases: [0, 0, 12], reward: 0.4 }),
    summaryAt(2, { score: 1.9, cases: [3, 2.7, 0], reward: 0.19 }),
    summaryAt(3, { score: 1.8, cases: [2.7, 2.7, 0], reward: 0.18 }),
  ];
  const into = filterLog();
  assert.deepEqual(pairsOf(summaries, { ...choosing(), into }), ['0>3']);
  assert.equal(into.filters.find(({ filter }) => filter === 'distrusted')?.removed, 1);
});

test('of programs that score the same the one that needs half the processor time is preferred, if that was measured and is no noise', () => {
  const at = (number: number, cpuMs?: number) =>
    summaryAt(number, { score: 1, cases: [1], ...(cpuMs === undefined ? {} : { cpuMs }) });
  assert.deepEqual(pairsOf([at(0, 300), at(1, 100), at(2, 180)]), ['1>0']);
  assert.deepEqual(pairsOf([at(0, 30), at(1, 10)]), []);
  assert.deepEqual(pairsOf([at(0, 300), at(1), at(2)]), []);
});

test('as many bad answers as good ones are labelled, first those to a prompt with a good one', () => {
  const good = summaryAt(0, { improved: true, score: 1, reward: 0.9, keys: { synthetic: 'a' } });
  const elsewhere = summaryAt(1, {
    score: -1,
    reward: 0.1,
    keys: { synthetic: 'b' },
    parents: ['r/trial-9'],
  });
  const beside = summaryAt(2, { score: -2, reward: 0.05, keys: { synthetic: 'a' } });
  const neither = summaryAt(3, { score: 0 });
  const plans = kto.plans([good, elsewhere, beside, neither], choosing());
  assert.deepEqual(
    plans.map(({ summaries }) => summaries[0]!.at),
    [0, 2],
  );
});

test('a group whose rewards are all alike teaches nothing and is left out; a large one keeps its best and worst', () => {
  const same = [0, 1].map((at) => summaryAt(at, { keys: { synthetic: 'same' } }));
  const many = Array.from({ length: 200 }, (_, i) =>
    summaryAt(10 + i, { reward: i / 200, keys: { synthetic: 'many' } }),
  );
  const [plan, ...others] = grpo.plans([...same, ...many], choosing());
  assert.equal(others.length, 0);
  assert.equal(plan!.summaries.length, 64);
  assert.deepEqual([plan!.summaries[0]!.at, plan!.summaries.at(-1)!.at], [10, 209]);
});

test('a failed child is repaired by the sibling that is like it and works, a parent by the child that passes its case', () => {
  const of = (text: string) =>
    sketch(
      {
        'p.js': `export const f = (x) => { const y = x * 3 + 4; let sum = Math.sqrt(y) - x; for (let i = 0; i < x; i++) sum += Math.cos(i) / (y + 2); ${text} };`,
      },
      'javascript',
    )!;
  const failed = summaryAt(0, { tier: 'crashed', score: undefined!, sketch: of('return sum.abs();') });
  const like = summaryAt(1, { score: 1, sketch: of('return sum;') });
  const far = summaryAt(2, {
    score: 2,
    sketch: sketch({ 'p.js': 'export const f = (a) => Math.sin(a) > 0 ? 1 : 2;' }, 'javascript')!,
  });
  const passing = summaryAt(3, {
    score: 1,
    repaired: true,
    parents: ['r/trial-8'],
    keys: { synthetic: 'r/trial-8' },
    sketch: of('return sum - 1;'),
  });
  const plans = refine.plans([failed, like, far, passing], choosing());
  assert.deepEqual(
    plans.map(({ summaries }) => summaries.map(({ at }) => at)),
    [[3], [0, 1]],
  );
});

test('a note is exported without the score that only a judge could know', () => {
  assert.equal(plainNote('tuning 3 constants: score -6.9 becomes -6.2'), 'tuning 3 constants');
  assert.equal(plainNote('regress: with x * y, score 1e-7 becomes 2'), 'regress: with x * y');
  assert.equal(plainNote('swap: Math.min becomes Math.max'), 'swap: Math.min becomes Math.max');
});

test('questions take turns between what is returned and what was given, and ask for nothing twice or too long', () => {
  const calls = [[1], [2], [3], [4], [5]];
  const returned = [
    { value: '3' },
    { value: '3' },
    { error: 'TypeError' },
    { value: `"${'x'.repeat(500)}"` },
    { value: '9' },
  ];
  const problem = { language: 'javascript', entry: 'f' } as const;
  const rows = questions(
    problem,
    'r/trial-1',
    { 'p.js': 'export function f() {}\n' },
    calls,
    returned,
    random('q'),
  );
  assert.deepEqual(rows.map(({ answer }) => answer).sort(), ['3', '9', 'TypeError']);
  for (const { task, answer, completion, arguments: given } of rows)
    assert.equal(completion[0]!.content, task === 'input' ? given : answer);
  assert.ok(rows.some(({ task }) => task === 'input') && rows.some(({ task }) => task === 'error'));
});
