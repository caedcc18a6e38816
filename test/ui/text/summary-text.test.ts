import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { defineProblem } from '../../../core/languages/define-problem.ts';
import { configure } from '../../../core/search/configure.ts';
import type { ProblemDraft } from '../../../core/search/problem.ts';
import type { Settings } from '../../../core/search/settings.ts';
import type { Summary } from '../../../ui/run/summary.ts';
import { summaryText } from '../../../ui/text/summary-text.ts';
import { unicodeIn } from '../../../ui/text/terminal.ts';

/** A problem like online bin packing, with as much of it changed. */
function packing(changes: Partial<ProblemDraft> = {}) {
  return defineProblem({
    name: 'packing',
    brief: 'Pack.',
    language: 'javascript',
    entry: 'priority',
    seeds: [{ 'program.js': 'export const priority = () => 0;' }],
    cases: [
      { id: 'one', input: 1, use: 'shown' },
      { id: 'two', input: 2, use: 'scored' },
      { id: 'three', input: 3, use: 'held-out' },
    ],
    judge: () => ({ score: 0 }),
    show: (score) => `${(0 - score).toFixed(3)} % excess`,
    references: [
      { name: 'first fit', score: -5.741, source: 'OR3' },
      { name: 'first fit', score: -5.5922, on: 'held-out', source: 'our cases' },
      { name: 'best fit', score: -5.1363, on: 'held-out', source: 'our cases' },
      { name: 'FunSearch', score: -3.026, on: 'held-out', source: 'our cases' },
      { name: 'FunSearch', score: -3.106, source: 'OR3' },
    ],
    ...changes,
  });
}

const summary: Summary = {
  type: 'summary',
  run: 'runs/packing',
  problem: 'packing',
  seed: 1,
  evaluations: 12_345,
  best: { id: 'trial-77', score: -3.05, test: -5.13634 },
  baseline: { id: 'seed-1', score: -5.11, test: -6 },
  dollars: 0,
  tokens: 0,
  calls: 0,
  seconds: 61,
  because: 'minutes',
};

const heights = [
  { evaluations: 1, score: -5.11 },
  { evaluations: 120, score: -4 },
  { evaluations: 4000, score: -3.05 },
];

const lines = (
  problem = packing(),
  more: Partial<Summary> = {},
  rows?: number,
  given: Partial<Settings> = {},
) => {
  const page = { columns: 80, rows, unicode: false };
  const facts = { settings: configure({ minutes: 1, ...given }), counts: { settled: 9000 }, curve: heights };
  return summaryText(problem, { ...summary, ...more }, 'program.js', facts, page);
};

test('the ending draws the climb, then says what it is worth beside each figure', () => {
  assert.equal(
    `${lines().join('\n')}\n`,
    `
....................................................******** 3.026 FunSearch
                                                    *        3.050 best, search
                                                    *
                                                    *
                              ***********************
                              *
                              *
                              *
                              *
*******************************............................. 5.136 best fit
                                                             5.136 best, test
............................................................ 5.592 first fit
+-------------+--------------+-------------+--------------+-
1             10             100           1k                evaluations
Up is better: % excess. Curve: 2 search cases. Lines: 1 test case.

Ended: the time is up, after 12,345 evaluations in 1:01.
Search score  3.050 % excess by trial-77 (baseline: 5.110 % excess)
Test score    5.136 % excess over 1 test case (baseline: 6.000 % excess)
better than   first fit  5.592 % excess  our cases
equal to      best fit   5.136 % excess  our cases
worse than    FunSearch  3.026 % excess  our cases
Published     on other cases than ours, so a guide only:
better than   first fit  5.741 % excess  OR3
worse than    FunSearch  3.106 % excess  OR3
Program       runs/packing/best/program.js
To continue   atoll resume runs/packing --minutes N, with N above 1
`,
  );
});

test('to go on, a search needs more of what it ended by, and nothing else', () => {
  const said = (because: Summary['because'], given: Partial<Settings> = {}, more: Partial<Summary> = {}) =>
    lines(packing({ target: -1 }), { because, ...more }, undefined, given)
      .find((line) => line.startsWith('To continue'))
      ?.replace(/^To continue +/, '');
  for (const name of ['evaluations', 'calls', 'tokens', 'dollars', 'minutes', 'target'] as const)
    assert.equal(said(name, { [name]: 7 }), `atoll resume runs/packing --${name} N, with N above 7`);
  assert.equal(said('target'), 'atoll resume runs/packing --target N, with N above -1');
  assert.equal(
    said('exhausted', { patience: 300 }),
    'atoll resume runs/packing --patience N, with N above 300',
  );
  assert.match(said('exhausted', { patience: 10_000 })!, /^start a new run with other seeds or operators/);
  assert.equal(said('interrupted'), 'atoll resume runs/packing');
});

test('a printed command is one that a shell takes as it stands, whatever the path', () => {
  for (const run of ["runs/it's here", 'runs/$(touch x)', 'runs/a;b', 'runs/ü & 5']) {
    const line = lines(packing(), { because: 'interrupted', run }).find((each) => /To continue/.test(each))!;
    const words = execFileSync('sh', ['-c', line.replace(/^To continue +atoll/, "printf '%s\\n'")]);
    assert.equal(String(words), `resume\n${run}\n`);
  }
});

test('a score that reads as a reference does is equal to it, and others are better or worse', () => {
  const said = (test: number) =>
    lines(packing(), { best: { ...summary.best, test } })
      .filter((line) => /our cases/.test(line))
      .map((line) => line.split('  ')[0]);
  assert.deepEqual(said(-5.1359), ['better than', 'equal to', 'worse than']);
  assert.deepEqual(said(-2), ['better than', 'better than', 'better than']);
  assert.deepEqual(said(-9), ['worse than', 'worse than', 'worse than']);
});

test('nothing is better or worse than a program that was not tested, or failed the test', () => {
  for (const because of ['interrupted', 'minutes'] as const) {
    const text = lines(packing(), { because, best: { ...summary.best, test: null } }).join('\n');
    assert.doesNotMatch(text, /better than|worse than|equal to|best, test/);
    assert.match(text, /^known +FunSearch +3.026 % excess +our cases$/m);
    assert.equal(/^Test score +failed/m.test(text), because === 'minutes');
  }
});

test('the program selected by validation cases is distinguished from the best in the search', () => {
  const of = (score: number) => lines(packing(), { best: { ...summary.best, score } }).join('\n');
  assert.match(
    of(-3.5),
    /^Search score +3.500 % excess by trial-77 .*\nSelected +by validation score; the best search score was 3.050 % excess\nTest score/m,
  );
  assert.doesNotMatch(of(-3.05), /Selected/);
});

test('published figures are drawn, and named as such, where there is none of the held-out cases', () => {
  const text = lines(packing({ references: [{ name: 'best', score: -3, source: 'a paper' }] })).join('\n');
  assert.match(text, /^\.{10,}.* 3\.000 best$/m);
  assert.match(text, /Curve: 2 search cases\. Lines: published results\.$/m);
  assert.doesNotMatch(text, /^Published/m);
});

test('a problem with no reference, no held-out case and no words for its scores has a curve all the same', () => {
  const { show: _, ...wordless } = packing({
    references: [],
    cases: [{ id: 'one', input: 1, use: 'scored' }],
  });
  const text = lines(wordless, { best: { id: 'trial-77', score: -1 / 3, test: null } }).join('\n');
  assert.match(text, /-0\.333333 best, search$/m);
  assert.match(text, /^Up is better\. Curve: 1 search case\.$/m);
});

test('in a window of few rows the curve is lower, and no line but paths is wider than the window', () => {
  assert.equal(lines().length - lines(packing(), {}, 24).length, 5);
  for (const line of lines()) assert.ok(line.length <= 80 || /resume/.test(line), line);
});

test('a terminal gets more than ASCII only where its locale is of UTF-8 and it is not dumb', () => {
  const ask = (env: Record<string, string>) => unicodeIn(env as NodeJS.ProcessEnv);
  assert.equal(ask({ LANG: 'en_GB.UTF-8', TERM: 'xterm' }), true);
  assert.equal(ask({ LC_CTYPE: 'C.utf8', LANG: 'C' }), true);
  assert.equal(ask({ LC_ALL: 'C', LANG: 'en_GB.UTF-8' }), false);
  assert.equal(ask({ LANG: 'en_GB.UTF-8', TERM: 'dumb' }), false);
  assert.equal(ask({ LANG: 'de_DE.ISO-8859-1' }), false);
  assert.equal(ask({}), false);
});
