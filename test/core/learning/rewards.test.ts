import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { centred, standardised } from '../../../core/learning/advantages/group.ts';
import { maskOf } from '../../../core/learning/mask.ts';
import { type Correctness, flawAware } from '../../../core/learning/rewards/flawed.ts';
import { gainOver, gainValue } from '../../../core/learning/rewards/gain.ts';
import { overlong } from '../../../core/learning/rewards/overlong.ts';
import { besideReferences } from '../../../core/learning/rewards/references.ts';
import { shaped } from '../../../core/learning/rewards/shaped.ts';
import { speed } from '../../../core/learning/rewards/speed.ts';
import { rewardTiers, tieredReward, tierOf } from '../../../core/learning/rewards/tiers.ts';
import { close } from './near.ts';

it('each tier earns more than the one below, the worst score more than no score', () => {
  const rewards = rewardTiers.map((tier) => tieredReward(tier, 0));
  assert.deepEqual(rewards, [-0.4, -0.3, -0.2, -0.1, 0]);
  assert.equal(tieredReward('valid', 0.7), 0.7);
});

it('a trial stands on the tier where it ended', () => {
  assert.equal(tierOf('malformed', undefined), 'unparsable');
  assert.equal(tierOf('failed', 'refused'), 'unparsable');
  assert.equal(tierOf('duplicate', undefined), 'unchanged');
  for (const status of ['crashed', 'timeout', 'memory', 'output'] as const)
    assert.equal(tierOf('failed', status), 'crashed');
  assert.equal(tierOf('failed', 'invalid'), 'invalid');
  for (const verdict of ['scored', 'improved', 'best'] as const)
    assert.equal(tierOf(verdict, 'scored'), 'valid');
});

it('a child that is better by the spread has come half way', () => {
  assert.equal(gainOver(5, 3, 2), 0.5);
  assert.equal(gainOver(1, 3, 2), -0.5);
  assert.equal(gainOver(3, 3, 2), 0);
  assert.equal(gainOver(3, 3, 0), 0);
  assert.equal(gainOver(4, 3, 0), 1);
  assert.equal(gainValue(5, 3, 2), 0.75);
  assert.equal(gainValue(3, 3, 2), 0.5);
});

it('a gain knows neither unit nor origin, is in [-1, 1], and changes sign when child and parent change places', () => {
  const score = fc.double({ min: -1e3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(score, score, fc.double({ min: 0.01, max: 1e3, noNaN: true }), (child, parent, spread) => {
      const its = gainOver(child, parent, spread);
      close([gainOver(3 * child - 7, 3 * parent - 7, 3 * spread)], [its], 1e-9);
      close([gainOver(parent, child, spread)], [-its]);
      assert.ok(Math.abs(its) <= 1);
    }),
  );
  assert.equal(gainOver(Number.MAX_VALUE, -Number.MAX_VALUE, 1), 1);
});

it('the shaped reward of 26 circles rises by the cube, and scores beyond the ends are taken for the ends', () => {
  const shape = { low: 0, high: 2.635, power: 3, most: 5 };
  close(
    [2.635, 2.635 / 2, 0, -1, 3].map((score) => shaped(score, shape)),
    [5, 5 / 8, 0, 0, 5],
  );
});

it('no incorrect program earns as much as any correct one, however fast', () => {
  assert.equal(speed({ status: 'correct', milliseconds: 10 }, 10), 1);
  assert.equal(speed({ status: 'correct', milliseconds: 20 }, 10), 0.75);
  assert.equal(speed({ status: 'correct', milliseconds: 1 }, 10), 1.5);
  const [uncompiled, crashed, wrong] = (['uncompiled', 'crashed', 'wrong'] as const).map((status) =>
    speed({ status }, 10),
  );
  const slowest = speed({ status: 'correct', milliseconds: 1e300 }, 10);
  assert.ok(uncompiled! < crashed! && crashed! < wrong! && wrong! < slowest);
});

it('beside several references a child is worth the mean of its gains over them', () => {
  // Over 1, 3 and 5 with spread 2: 2/4, 0, -2/4, and over 7 -4/6.
  close([besideReferences(3, [1, 3, 5, 7], 2)], [(0.5 + 0 - 0.5 - 4 / 6) / 4]);
  assert.equal(besideReferences(3, [], 2), 0);
});

it('a flawed rollout changes sign when correct ones outnumber wrong ones', () => {
  const group = (correct: number, wrong: number): Correctness[] => [
    'flawed',
    ...Array.from({ length: correct }, () => 'correct' as const),
    ...Array.from({ length: wrong }, () => 'wrong' as const),
  ];
  for (const form of [centred, standardised])
    for (const [correct, wrong, sign] of [
      [1, 3, 1],
      [2, 3, 1],
      [3, 3, 0],
      [3, 2, -1],
      [5, 1, -1],
    ] as const) {
      const [flawed] = form(group(correct, wrong).map((each) => flawAware(each)));
      assert.equal(Math.sign(flawed!), sign, `${correct} ${wrong}`);
    }
  // Rewards 0, 1, 1, -1 have mean 1/4.
  close(centred(group(2, 1).map((each) => flawAware(each))), [-0.25, 0.75, 0.75, -1.25]);
});

it('length costs nothing before the cushion, all in it, and no more beyond', () => {
  assert.deepEqual(
    [0, 80, 85, 90, 100, 101, 500].map((length) => overlong(length, 100, 20)),
    [0, 0, -0.25, -0.5, -1, -1, -1],
  );
});

it('only what the policy wrote is its own, and for imitation not what failed', () => {
  const turns = [
    { by: 'prompt', length: 2 },
    { by: 'policy', length: 1 },
    { by: 'tool', length: 2 },
    { by: 'policy', length: 2, failed: true },
    { by: 'policy', length: 1 },
  ] as const;
  const [no, yes] = [false, true];
  assert.deepEqual(maskOf(turns), [no, no, yes, no, no, yes, yes, yes]);
  assert.deepEqual(maskOf(turns, false), [no, no, yes, no, no, no, no, yes]);
});
