import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { gae } from '../../../core/learning/advantages/gae.ts';
import { centred, leaveOneOutMean, standardised } from '../../../core/learning/advantages/group.ts';
import { effectOf, lineCredit, linesToTry, withLines } from '../../../core/learning/advantages/lines.ts';
import { returnsOf, stepAndEpisode } from '../../../core/learning/advantages/steps.ts';
import { type Branch, treeAdvantages } from '../../../core/learning/advantages/tree.ts';
import { random } from '../../../core/search/random.ts';
import { close } from './near.ts';

it('the group 1, 0, 0, 3 has mean 1 and deviation sqrt(3/2)', () => {
  // Squares about the mean: 0, 1, 1, 4; their mean is 6/4.
  assert.deepEqual(centred([1, 0, 0, 3]), [0, -1, -1, 2]);
  const unit = Math.sqrt(1.5) + 1e-4;
  close(standardised([1, 0, 0, 3]), [0, -1 / unit, -1 / unit, 2 / unit]);
  // Means of the others: 1, 4/3, 4/3, 1/3.
  close(leaveOneOutMean([1, 0, 0, 3]), [0, -4 / 3, -4 / 3, 8 / 3]);
});

it('equal rewards, and one alone, have no advantage', () => {
  for (const form of [standardised, centred, leaveOneOutMean]) {
    assert.deepEqual(form([5, 5, 5]), [0, 0, 0]);
    assert.deepEqual(form([5]), [0]);
    assert.deepEqual(form([]), []);
  }
});

it('advantages of a group add up to zero and know neither its origin nor its order; standardised ones no unit', () => {
  const rewards = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(rewards, fc.double({ min: -5, max: 5, noNaN: true }), (given, shift) => {
      for (const form of [standardised, centred, leaveOneOutMean]) {
        const its = form(given);
        close([its.reduce((sum, each) => sum + each, 0)], [0], 1e-9);
        close(form(given.toReversed()), its.toReversed(), 1e-9);
        close(form(given.map((each) => each + shift)), its, 1e-8);
      }
      fc.pre(Math.max(...given) - Math.min(...given) > 1);
      // But for the 1e-4 beside the deviation, which is at least 0.2 here.
      close(standardised(given.map((each) => 100 * each)), standardised(given), 0.003);
    }),
  );
});

it('generalised advantages are the discounted sum of what surprised the critic', () => {
  // delta = 1 + 0.5 * 2 - 1, 0 + 0.5 * 4 - 2, 3 + 0 - 4 = 1, 0, -1; gamma lambda = 0.25.
  const { advantages, returns } = gae([1, 0, 3], [1, 2, 4], [true, true, true], { gamma: 0.5, lambda: 0.5 });
  close(advantages, [1 + 0.25 * 0 + 0.0625 * -1, 0 + 0.25 * -1, -1]);
  close(returns, [1.9375, 1.75, 3]);
});

it('a masked step is passed over as if it were not there', () => {
  const plain = gae([1, 0, 3], [1, 2, 4], [true, true, true], { gamma: 0.9, lambda: 0.8 });
  const around = gae([1, 9, 0, 3, 9], [1, 7, 2, 4, 7], [true, false, true, true, false], {
    gamma: 0.9,
    lambda: 0.8,
  });
  close(around.advantages, [plain.advantages[0]!, 0, plain.advantages[1]!, plain.advantages[2]!, 0]);
});

it('with gamma and lambda of 1 an advantage is what is still to come less the value', () => {
  close(gae([1, 0, 3], [1, 2, 4], [true, true, true], { gamma: 1, lambda: 1 }).advantages, [
    4 - 1,
    3 - 2,
    3 - 4,
  ]);
});

it('steps are compared with the steps at the same place, episodes with episodes', () => {
  assert.deepEqual(returnsOf([1, 0, 4], 0.5), [1 + 0 + 1, 2, 4]);
  // Returns with gamma 1/2: [2, 2] and [1] and [0, 0]; sums of rewards 3, 1, 0.
  const given = [[1, 2], [1], [0, 0]];
  const episodes = standardised([3, 1, 0]);
  const [first, second] = [standardised([2, 1, 0]), standardised([2, 0])];
  const its = stepAndEpisode(given, { gamma: 0.5, weight: 0.7 });
  close(its[0]!, [episodes[0]! + 0.7 * first[0]!, episodes[0]! + 0.7 * second[0]!]);
  close(its[1]!, [episodes[1]! + 0.7 * first[1]!]);
  close(its[2]!, [episodes[2]! + 0.7 * first[2]!, episodes[2]! + 0.7 * second[1]!]);
});

const leaf = (logprob: number, reward: number): Branch => ({ logprob, reward, children: [] });

it('a node is worth the mean of its leaves by probability, an edge what its depth makes of it', () => {
  const tree: Branch = {
    logprob: 0,
    children: [
      // Probabilities 3/4 and 1/4 of rewards 4 and 0: 3.
      { logprob: Math.log(0.5), children: [leaf(Math.log(0.3), 4), leaf(Math.log(0.1), 0)] },
      leaf(Math.log(0.5), 1),
    ],
  };
  const nodes = treeAdvantages(tree);
  assert.deepEqual(
    nodes.map(({ depth }) => depth),
    [1, 1, 2, 2],
  );
  close(
    nodes.map(({ value }) => value),
    [3, 1, 4, 0],
  );
  // Depth 1: mean 2, deviation 1. Depth 2: mean 2, deviation 2.
  close(
    nodes.map(({ advantage }) => advantage),
    [1, -1, 1, -1],
    1e-7,
  );
});

it('pruning takes edges out of the loss and changes no advantage', () => {
  const tree: Branch = {
    logprob: 0,
    children: [
      { logprob: -1, children: [1, 5, 3].map((reward) => leaf(-1, reward)) },
      { logprob: -1, children: [2, 2].map((reward) => leaf(-1, reward)) },
    ],
  };
  const all = treeAdvantages(tree);
  const pruned = treeAdvantages(tree, { width: true, depths: [1] });
  close(
    pruned.map(({ advantage }) => advantage),
    all.map(({ advantage }) => advantage),
  );
  assert.ok(all.every(({ kept }) => kept));
  // Depth 1 is out; of 1, 5, 3 the middle one is; of two equal ones one stands for both ends.
  assert.deepEqual(
    pruned.map(({ kept }) => kept),
    [false, false, true, true, false, true, false],
  );
});

it('a line is worth its changes that broke the program less those that helped', () => {
  assert.deepEqual(
    [effectOf(1, undefined), effectOf(1, 0.5), effectOf(1, 1), effectOf(1, 1.05, 0.1), effectOf(1, 2)],
    ['breaks', 'breaks', 'keeps', 'keeps', 'helps'],
  );
  assert.deepEqual(
    lineCredit([['breaks', 'breaks'], ['breaks', 'helps'], ['helps'], ['keeps'], []]),
    [1, 0, -1, 0, 0],
  );
  assert.deepEqual(withLines(2, [1, -1], [0, 0, 1, 7], 0.5), [2.5, 2.5, 1.5, 2]);
});

it('each line is tried as often as any other', () => {
  const draws = random('lines');
  const counts = Array.from({ length: 5 }, () => 0);
  for (let i = 0; i < 100_000; i++) for (const line of linesToTry(5, 2, draws)) counts[line]!++;
  // 40,000 each, deviation 155.
  for (const count of counts) assert.ok(Math.abs(count - 40_000) < 700, `${counts}`);
  assert.deepEqual(linesToTry(2, 9, draws), [0, 1]);
});
