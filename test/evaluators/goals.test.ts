import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defineProblem } from '../../core/languages/define-problem.ts';
import type { ProblemDraft } from '../../core/search/problem.ts';
import { openEvaluator } from '../../ui/run/compose.ts';

const judge = (input: number, output: number) => ({
  score: output,
  measures: { error: Math.abs(output - 2 * input), height: output },
});

const problem = (change: Partial<ProblemDraft> = {}) =>
  defineProblem({
    name: 'two-aims',
    brief: 'Return twice the input.',
    language: 'javascript',
    entry: 'f',
    seeds: [{ 'p.js': 'export const f = (x) => x;' }],
    cases: [1, 2].map((input) => ({ id: `c${input}`, input, use: 'scored' })),
    objectives: { error: 'minimize' },
    constraints: { height: { atMost: 10 } },
    judge,
    ...change,
  });

const module = `data:text/javascript,export default { judge: ${encodeURIComponent(String(judge))} }`;

for (const [where, change] of [
  ['in the engine', {}],
  ['in a thread of its own', { module }],
] as const) {
  test(`a judge that runs ${where} decides by the objectives and constraints of its problem`, async () => {
    await using evaluator = await openEvaluator(problem(change), 1);
    const { outcome: kept } = await evaluator.evaluate(
      { 'p.js': 'export const f = (x) => 3 * x;' },
      'scored',
      'kept',
    );
    assert.ok(kept.status === 'scored', kept.feedback);
    assert.deepEqual(kept.measures, { error: 1.5, height: 4.5 });
    const { outcome: broken } = await evaluator.evaluate(
      { 'p.js': 'export const f = (x) => 6 * x;' },
      'scored',
      'broken',
    );
    assert.deepEqual(broken, {
      status: 'invalid',
      feedback: 'case c2: the constraint `height` is broken: expected at most 10, got 12',
    });
  });
}
