import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cma } from '../../../../../core/languages/javascript/operators/cma.ts';
import { tune } from '../../../../../core/languages/javascript/operators/tune.ts';
import { mainFile } from '../../../../../core/search/program.ts';
import { random } from '../../../../../core/search/random.ts';
import type { Proposal, RunOutcome } from '../../../../../core/search/roles.ts';
import { taskOf } from '../../../prompts/task.ts';
import { elite } from './parents.ts';

const text = `export function f(x) {
  let sum = 0;
  for (let i = 0; i < 3; i++) sum += 2 * x ** 2; // twice
  return sum > 5 ? sum - 1 : -0.5;
}
`;

/** Tunes with a score that is a function of the literals `a`, `b`, `c`, `d` as they stand. */
function fit(
  evaluations: number,
  allowance: number,
  score: (values: readonly number[]) => number | undefined,
  key = 1,
): { proposal: Proposal; runs: string[] } {
  const parent = elite({ text, language: 'javascript', entry: 'f', inputs: [] });
  const numbers = (each: string) =>
    [...each.matchAll(/sum \+= (.+?) \* x|> (.+?) \?|sum - (.+?) :|: (.+?);/g)].map((m) =>
      Number(m.slice(1).find(Boolean)!.replace(/[()]/g, '')),
    );
  const task = taskOf({
    parents: [{ ...parent, outcome: { ...parent.outcome, score: score(numbers(text))! } }],
    allowance,
    maxProgramSize: 1000,
    random: random(key),
  });
  const story = tune(evaluations).propose(task);
  const runs: string[] = [];
  for (let step = story.next(); ; ) {
    if (step.done) return { proposal: step.value, runs };
    assert.ok('run' in step.value);
    const texts = step.value.run.map((each) => mainFile(each).text);
    runs.push(...texts);
    step = story.next(
      texts.map((each): RunOutcome => {
        const value = score(numbers(each));
        return value === undefined
          ? { status: 'refused', feedback: '' }
          : { status: 'scored', score: value, cases: [value] };
      }),
    );
  }
}

const goal = [2.7, 4.1, 0.3, -1.2];
const near = (values: readonly number[]) => -values.reduce((sum, each, i) => sum + (each - goal[i]!) ** 2, 0);

test('tuning brings the constants near the best ones and leaves loops, exponents and comments alone', () => {
  const { proposal, runs } = fit(200, 1000, near);
  assert.ok('source' in proposal);
  const best = mainFile(proposal.source).text;
  const score = Number(/becomes (\S+)$/.exec(proposal.note)![1]);
  assert.ok(score > -0.01, proposal.note);
  assert.equal(runs.length, 200);
  assert.match(best, /let sum = 0;\n {2}for \(let i = 0; i < 3; i\+\+\) sum \+= .* \* x \*\* 2; \/\/ twice/);
});

test('tuning uses no more runs than its allowance less the one of the child', () => {
  assert.equal(fit(200, 31, near).runs.length, 30);
});

test('tuning stops when the budget is gone and keeps the best it has seen', () => {
  let left = 20;
  const { proposal, runs } = fit(200, 1000, (values) => (left-- > 0 ? near(values) : undefined));
  assert.ok(runs.length < 30);
  assert.ok('source' in proposal);
});

test('constants that cannot be bettered are said to be so', () => {
  assert.deepEqual(fit(40, 1000, () => 1).proposal, { malformed: 'tuning 4 constants led nowhere' });
});

test('CMA-ES goes down a narrow bent valley', () => {
  const valley = ([x, y]: readonly number[]) => -(100 * (y! - x! ** 2) ** 2 + (1 - x!) ** 2);
  const search = cma([-1, 1], 0.5, random('valley'));
  let best = -Infinity;
  for (let used = 0; used < 800; ) {
    const points = search.ask();
    const scores = points.map(valley);
    search.tell(scores);
    used += points.length;
    best = Math.max(best, ...scores);
  }
  assert.ok(best > -1e-6, String(best));
});
