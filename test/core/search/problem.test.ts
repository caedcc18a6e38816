import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { defineProblem } from '../../../core/languages/define-problem.ts';
import type { ProblemDraft } from '../../../core/search/problem.ts';
import { verdictIn } from '../../../core/search/verdict.ts';

const draft: ProblemDraft = {
  name: 'toy',
  brief: 'Return 100.',
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'program.js': 'export const f = () => 1;\n' }],
  cases: [{ id: 'only', input: null, use: 'scored' }],
  judge: () => ({ score: 1 }),
};

/** What is said of a problem that differs from one that is well. */
function said(change: Record<string, unknown>): string {
  try {
    defineProblem({ ...draft, ...change });
  } catch (error) {
    assert.equal((error as Error).name, 'ConfigError');
    return (error as Error).message;
  }
  return 'nothing';
}

describe('a field that would be ignored is refused with what was meant', () => {
  for (const [change, meant] of [
    [
      { maximize: false },
      /got `maximize` \(problem toy\): a higher score is always better: let `judge` negate/,
    ],
    [{ minimize: true }, /a higher score is always better/],
    [{ direction: 'minimize' }, /state `objectives`/],
    [{ objective: 'error' }, /did you mean `objectives`\?/],
    [{ Judge: () => 1 }, /did you mean `judge`\?/],
    [{ refrences: [] }, /did you mean `references`\?/],
    [{ constrains: {} }, /did you mean `constraints`\?/],
    [{ timeout: 5 }, /did you mean `limits.wallMs`\?/],
    [{ zzz: 1 }, /Expected a problem to have no fields but name, .*module, got `zzz` \(problem toy\)$/],
    [
      { limits: { wallMS: 5 } },
      /Expected `limits` to have no fields but wallMs.*got `wallMS`.*did you mean `wallMs`/,
    ],
    [{ cases: [{ id: 'a', input: 1, use: 'scored', inputs: 2 }] }, /case a\): did you mean `input`\?/],
    [
      { cases: [{ id: 'a', input: 1, use: 'scored', expected: 2 }] },
      /what `judge` compares with is part of `input`/,
    ],
    [{ references: [{ name: 'A', scor: 1, score: 1, source: 'b' }] }, /a reference .*did you mean `score`\?/],
    [
      { objectives: { error: 'min' } },
      /Expected `objectives.error` to be `maximize` or `minimize`, got `min`/,
    ],
    [{ objectives: ['error'] }, /Expected `objectives` to name at least one measure, or to be left out/],
    [{ objectives: {} }, /Expected `objectives` to name at least one measure/],
    [{ objectives: { score: 'maximize' } }, /to be that of a measure, other than `score`, got `score`/],
    [{ constraints: { size: 5 } }, /Expected `constraints.size` to be a bound such as \{ atMost: 0 \}/],
    [{ constraints: { size: {} } }, /Expected `constraints.size` to be a bound/],
    [{ constraints: { size: { atmost: 5 } } }, /constraint size\): did you mean `atMost`\?/],
    [{ constraints: { size: { atMost: 5, atLeast: 1 } } }, /Expected `constraints.size` to be a bound/],
    [{ constraints: { size: { atMost: Number.NaN } } }, /Expected `constraints.size` to be a bound/],
    [{ target: Number.POSITIVE_INFINITY }, /Expected `target` to be a finite number/],
    [
      { references: [{ name: 'A', score: Number.NaN, source: 'b' }] },
      /`score` of each reference to be a finite/,
    ],
  ] as const) {
    it(JSON.stringify(change), () => assert.match(said(change), meant));
  }

  it('and what is known is not', () => {
    const goals = { objectives: { error: 'minimize' }, constraints: { size: { atMost: 5 } } };
    for (const change of [{}, goals, { target: undefined }, { limits: { wallMs: 5 } }]) {
      assert.equal(said(change), 'nothing');
    }
  });
});

describe('what a judge returns', () => {
  const read = (value: unknown) => verdictIn(value, 'the judge of toy to return a verdict', 'case a');
  it('is a verdict with no other fields than are read', () => {
    for (const verdict of [
      { score: 1 },
      { score: Number.NaN },
      { score: 1, measures: { a: 1 }, feedback: 'x' },
      { invalid: 'no' },
      { score: 1, feedback: undefined },
    ]) {
      assert.equal(read(verdict), verdict);
    }
  });

  for (const [value, meant] of [
    [{ score: 1, feedbak: 'x' }, /got `feedbak` \(case a\): did you mean `feedback`\?/],
    [
      { value: 1 },
      /Expected a verdict to have no fields but score, measures, feedback, invalid, got `value`/,
    ],
    [{ score: 1, objectives: { error: 1 } }, /objectives are measures: `measures: \{ error: 1.5 \}`/],
    [{ score: '1' }, /with a number as `score` or the reason as `invalid`/],
    [{ measures: { error: 1 } }, /with a number as `score` or the reason as `invalid`/],
    [{ invalid: false }, /Expected `invalid` to be a text/],
    [{ score: 1, feedback: ['x'] }, /Expected `feedback` to be a text/],
    [{ score: 1, measures: { a: '1' } }, /Expected `measures` to hold numbers by name/],
    [{ score: 1, measures: [1] }, /Expected `measures` to hold numbers by name/],
    [null, /Expected the judge of toy to return a verdict, got `null` \(case a\)/],
    [undefined, /Expected the judge of toy to return a verdict, got nothing/],
    [5, /Expected the judge of toy to return a verdict, got `5`/],
    [[1], /Expected the judge of toy to return a verdict/],
  ] as const) {
    it(`${JSON.stringify(value)} is none`, () =>
      assert.throws(() => read(value), { name: 'ConfigError', message: meant }));
  }
});
