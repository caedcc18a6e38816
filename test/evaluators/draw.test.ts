import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProblemDraft } from '../../core/search/problem.ts';
import { openPool } from '../../evaluators/javascript/pool.ts';
import { findProblem } from '../../ui/run/find-problem.ts';
import { doubling, good, outcomeIn } from './doubling.ts';

const one = { workers: 1, isolation: 'context' } as const;

/** What is drawn of a program, and what the problem was asked to draw. */
async function drawing(text: string, changes: Partial<ProblemDraft> = {}) {
  const asked: unknown[] = [];
  const picture = (input: unknown, output: unknown) => {
    asked.push([input, output]);
    return `<svg>${output}</svg>`;
  };
  await using pool = await openPool(doubling({ picture, ...changes }), one);
  return { ...(await pool.draw({ 'p.js': text }, 'scored', 'draw')), asked };
}

test('of a program that is scored the first case is drawn, and no other', async () => {
  const { outcome, picture, asked } = await drawing('export const f = (x) => x * 2');
  assert.equal(outcome.status, 'scored');
  assert.equal(picture, '<svg>2</svg>');
  assert.deepEqual(asked, [[1, 2]]);
});

test('nothing is drawn of a program that fails, on whichever case and in whichever way', async () => {
  const failing = {
    invalid: 'export const f = (x) => (x === 1 ? 2 : 0)',
    crashed: 'export const f = (x) => { if (x > 1) throw 1; return 2; }',
    timeout: 'export const f = (x) => { while (x > 1); return 2; }',
    output: 'export const f = (x) => (x > 1 ? "long".repeat(1e5) : 2)',
    refused: 'export const f = (',
  };
  for (const [status, text] of Object.entries(failing)) {
    const { outcome, picture, asked } = await drawing(text);
    assert.deepEqual([outcome.status, picture, asked], [status, undefined, []]);
  }
});

test('a picture that throws, or is no text, is reported as the fault of the problem, and the program stays scored', async () => {
  const oops = () => {
    throw new Error('oops');
  };
  const text = good()['p.js'];
  const thrown = await drawing(text, { picture: oops });
  assert.equal(thrown.outcome.status, 'scored');
  assert.match(thrown.undrawn!, /^case one: Expected doubling to draw a picture, got Error: oops$/);
  const number = await drawing(text, { picture: () => 7 as never });
  assert.match(number.undrawn!, /to draw a picture, got `7`$/);
});

test('drawing comes to the outcome of an evaluation, also where threads judge', async () => {
  const { problem } = await findProblem('cap-set-8');
  await using pool = await openPool(problem, one);
  const [seed] = problem.seeds;
  const { outcome, picture } = await pool.draw(seed!, 'scored', 'draw');
  assert.deepEqual(outcome, await outcomeIn(pool, seed!, 'scored'));
  assert.match(picture!, /A cap set of 256 of the 6561 vectors/);
});
