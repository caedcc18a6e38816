import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { gainOf } from '../../../core/search/gain.ts';
import { elite, islandOf } from '../../islands/elites.ts';

const home = islandOf(10, 9, 8, 7, 6, 5, 4, 3, 2, 1);
const best = home.elites[0]!.elite;
const scoring = (score: number) => elite('trial-99', [score]);
const gain = (child: number, ...parents: number[]) =>
  gainOf(scoring(child), parents.map(scoring), home, best);

it('a child no better than its best parent earns nothing', () => {
  assert.equal(gain(8, 8), 0);
  assert.equal(gain(8, 3, 9), 0);
});

it('the first step from a lone seed earns all there is', () => {
  const seed = elite('seed-1', [-5]);
  assert.equal(gainOf(scoring(-4.999), [seed], { elites: [{ elite: seed, offspring: 0 }] }, seed), 1);
});

it('the same step earns more the higher it ends', () => {
  assert.ok(gain(10.5, 9.5) > gain(8.5, 7.5));
  assert.ok(gain(8.5, 7.5) > gain(2.5, 1.5));
});

it('the longer step to the same place earns more, and a polish of the tenth digit next to nothing', () => {
  assert.ok(gain(10.5, 2) > gain(10.5, 10));
  assert.ok(gain(10 + 1e-9, 10) < 0.01);
  assert.ok(gain(10 + 1e-9, 10) > 0);
});

it('the best of an island that is not the best of all earns less than the best of all', () => {
  const far = elite('trial-50', [20]);
  assert.ok(gainOf(scoring(11), [scoring(9)], home, far) < gain(11, 9));
});

it('shifting and stretching every score changes no gain', () => {
  const stretch = (score: number) => 4 * score - 64;
  const there = islandOf(...home.elites.map((each) => stretch(each.elite.outcome.score)));
  for (const [child, parent] of [
    [10.5, 7],
    [5.5, 5],
    [1.5, 1],
  ] as const) {
    const moved = gainOf(scoring(stretch(child)), [scoring(stretch(parent))], there, there.elites[0]!.elite);
    assert.equal(moved, gain(child, parent));
  }
});

it('a gain is in (0, 1] for every improvement, whatever the scores', () => {
  const ends = [0, Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE];
  const finite = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...ends));
  fc.assert(
    fc.property(fc.array(finite, { maxLength: 9 }), finite, finite, (scores, a, b) => {
      fc.pre(a !== b);
      const [parent, child] = [scoring(Math.min(a, b)), scoring(Math.max(a, b))];
      const island = islandOf(...scores, Math.min(a, b));
      const its = gainOf(child, [parent], island, island.elites[0]!.elite);
      assert.ok(its > 0 && its <= 1, String(its));
    }),
  );
});
