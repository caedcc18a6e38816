import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { onCases } from '../../core/prompts/describe.ts';
import { outcomeOf } from '../../core/search/outcome.ts';
import { briefingOf, type Case, casesFor, uses } from '../../core/search/problem.ts';
import { ael, firstFit, funSearchOr3, reevo } from '../support/published-rules.ts';
import { harnessOf, load, runAsText } from './guest.ts';

/** By name: cases of each use, a hash of the inputs of all but validation, and what the seed earns on the scored and held-out ones. */
const suite = {
  'bin-packing-or3': {
    cases: [30, 30, 60, 60],
    hash: '7363902b93070068',
    scored: -5.109508710788112,
    heldOut: -5.136327228488686,
  },
  'bin-packing-weibull': {
    cases: [4, 2, 4, 10],
    hash: '39859d64ac9ec55c',
    scored: -4.022226107667165,
    heldOut: -4.118832476854232,
  },
  'tsp-construct-50': {
    cases: [64, 64, 128, 256],
    hash: 'cd51a61840ec50f0',
    scored: -6.988479312735369,
    heldOut: -6.964449198334213,
  },
  'circle-packing-26': {
    cases: [1, 0, 0, 1],
    hash: '06aadda37df2b3b3',
    scored: 2.6195471059069373,
    heldOut: 2.6195471059069373,
  },
  'minmax-ratio-16': {
    cases: [1, 0, 0, 1],
    hash: '09c13f65eeba49ea',
    scored: -13.563692663724543,
    heldOut: -13.563692663724543,
  },
  'heilbronn-triangle-11': {
    cases: [1, 0, 0, 1],
    hash: 'aedc18235296ad43',
    scored: 0.0265070928516743,
    heldOut: 0.0265070928516743,
  },
  'erdos-overlap': {
    cases: [1, 0, 0, 1],
    hash: '03f2c1b6bbcb9998',
    scored: -0.3815239012473851,
    heldOut: -0.3815239012473851,
  },
  'autocorrelation-1': {
    cases: [1, 0, 0, 1],
    hash: 'ee0d13bf2b958ea8',
    scored: -1.5346294359463235,
    heldOut: -1.5346294359463235,
  },
  'symbolic-regression': {
    cases: [1, 1, 1, 1],
    hash: 'f810f2a774092dee',
    scored: -0.555878424026322,
    heldOut: -0.5626229572226058,
  },
  'matmul-3x3': { cases: [1, 0, 0, 1], hash: '37fd07f9fb6823a0', scored: -26, heldOut: -26 },
  'kernel-speed': { cases: [2, 2, 4, 8], hash: '71933055606cd430', scored: 0, heldOut: 0 },
  'humaneval-js-20': { cases: [20, 0, 0, 20], hash: '81af068390f90b4a', scored: 0, heldOut: 0 },
  'cap-set-8': { cases: [0, 1, 0, 1], hash: '2d5ad988801bce16', scored: 256, heldOut: 256 },
};

for (const [name, pinned] of Object.entries(suite)) {
  test(`${name} has the cases it always had`, async () => {
    const problem = await load(name);
    assert.equal(problem.name, name);
    const counts = uses.map((use) => problem.cases.filter((each) => each.use === use).length);
    assert.deepEqual(counts, pinned.cases);
    const guiding = problem.cases.filter(({ use }) => use !== 'validation');
    const inputs = JSON.stringify(guiding.map(({ input }) => input));
    assert.equal(createHash('sha256').update(inputs).digest('hex').slice(0, 16), pinned.hash);
  });

  test(`the seed of ${name}, sent as text into a frozen context, earns its figure`, async () => {
    const problem = await load(name);
    const program = Object.values(problem.seeds[0]!)[0]!;
    assert.match(program, /EVOLVE-BLOCK-START[\s\S]*EVOLVE-BLOCK-END/);
    const score = (use: 'scored' | 'held-out') => {
      const verdicts = casesFor(problem, use).map(({ id, input }) => ({
        case: id,
        ...problem.judge(input, runAsText(problem, program, input)),
      }));
      const outcome = outcomeOf(verdicts);
      return outcome.status === 'scored' ? outcome.score : outcome.feedback;
    };
    assert.equal(score('scored'), pinned.scored);
    assert.equal(score('held-out'), pinned.heldOut);
  });

  test(`${name} says scores and references in the field's words`, async () => {
    const problem = await load(name);
    const words = problem.show!(pinned.heldOut);
    assert.match(words, /\d/);
    assert.doesNotMatch(words, /NaN|undefined|-0\b(?!\.)/);
    const scores = problem.references!.map((each) => each.score);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => a - b),
      'references go from worst to best',
    );
  });
}

test('no two cases of a drawn problem have the same input', async () => {
  for (const name of ['bin-packing-or3', 'bin-packing-weibull', 'tsp-construct-50', 'symbolic-regression']) {
    const { cases } = await load(name);
    assert.equal(new Set(cases.map(({ input }) => JSON.stringify(input))).size, cases.length, name);
  }
});

test('what references say of our held-out cases is what the published rules earn there', async () => {
  const rules = { 'first fit': firstFit, FunSearch: funSearchOr3, AEL: ael, ReEvo: reevo } as Record<
    string,
    any
  >;
  let checked = 0;
  for (const name of ['bin-packing-or3', 'bin-packing-weibull', 'tsp-construct-50']) {
    const problem = await load(name);
    const cases = casesFor(problem, 'held-out');
    for (const reference of problem.references!) {
      const rule = rules[reference.name];
      if (!rule || reference.on !== 'held-out') continue;
      const scores = cases.map(({ input }) => {
        const verdict = problem.judge(input, harnessOf(problem)(rule, input));
        return 'score' in verdict ? verdict.score : Number.NaN;
      });
      const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
      assert.equal(mean.toFixed(4), reference.score.toFixed(4), `${name}: ${reference.name}`);
      checked++;
    }
  }
  assert.equal(checked, 5);
});

test('what the judge says of a construction is quoted to models, for its case holds no secret', async () => {
  const problem = await load('matmul-3x3');
  const [{ id, input }] = casesFor(problem, 'scored') as [Case];
  const outcome = outcomeOf([{ case: id, ...problem.judge(input, []) }]);
  assert.ok(outcome.status === 'scored');
  assert.equal(
    onCases(outcome, briefingOf(problem)),
    'Feedback of the judge:\n0 terms, but 27 of 729 entries of their sum are not those of the tensor',
  );
});
