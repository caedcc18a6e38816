import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { allocation, moreRollouts } from '../../../core/learning/sampling/allocate.ts';
import { dynamic } from '../../../core/learning/sampling/dynamic.ts';
import {
  branchesAt,
  editDistance,
  lookahead,
  lookaheadShare,
} from '../../../core/learning/sampling/lookahead.ts';
import { foremost, noVisits, puct, takeUp, visited } from '../../../core/learning/sampling/puct.ts';
import { resample, toolPenalty } from '../../../core/learning/sampling/resample.ts';
import { random } from '../../../core/search/random.ts';
import { close } from './near.ts';

const draws = 100_000;

/** Fails if a count is more than five deviations from what its probability makes of that many draws. */
function likely(counts: readonly number[], odds: readonly number[]): void {
  counts.forEach((count, i) => {
    const p = odds[i]!;
    const deviation = Math.sqrt(draws * p * (1 - p));
    assert.ok(Math.abs(count - draws * p) <= 5 * deviation, `place ${i}: ${count} of ${draws} by ${p}`);
  });
}

it('hard problems get the rollouts that the published schedule says', () => {
  const more = (schedule: 'equal' | 'hard') => [0, 1 / 8, 2 / 8].map((a) => moreRollouts(a, 8, schedule));
  assert.deepEqual(more('equal'), [24, 11, 3]);
  assert.deepEqual(more('hard'), [56, 24, 8]);
  // 3/8: S = 15/32, aim 4 or 5; (4 - 3.75) / S = 0.53 and (5 - 3.75) / S = 2.67.
  assert.equal(moreRollouts(3 / 8, 8, 'equal'), 1);
  assert.equal(moreRollouts(3 / 8, 8, 'hard'), 3);
  assert.equal(moreRollouts(1 / 2, 8, 'hard'), 0);
  assert.equal(moreRollouts(1, 8, 'hard'), 0);
  // Without a cap: S = 15/128; (4 - 15/16) / S = 26.13 and (7.5 - 15/16) / S = 56.
  assert.equal(moreRollouts(0, 8, 'equal', 1000), 27);
  assert.equal(moreRollouts(0, 8, 'hard', 1000), 56);
});

it('a harder problem never gets fewer, nor any more than there may be', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 30 }), fc.constantFrom('equal', 'hard'), (tried, schedule) => {
      const more = Array.from({ length: tried + 1 }, (_, good) =>
        moreRollouts(good / tried, tried, schedule),
      );
      for (let i = 1; i < more.length; i++) assert.ok(more[i]! <= more[i - 1]!, `${more}`);
      assert.ok(more.every((each) => each >= 0 && tried + each <= 64));
    }),
  );
});

it('proposals go to parents in proportion to what is owed to them', () => {
  const parents = [0, 1 / 8, 2 / 8, 5 / 8].map((accuracy) => ({ accuracy, tried: 8 }));
  close(allocation(parents, 'equal'), [24 / 38, 11 / 38, 3 / 38, 0]);
  close(allocation(parents, 'hard'), [56 / 88, 24 / 88, 8 / 88, 0]);
  close(allocation(parents.slice(3), 'hard'), [1]);
  const odds = allocation(parents, 'hard');
  const counts = odds.map(() => 0);
  const source = random('allocate');
  for (let i = 0; i < draws; i++) counts[source.weighted(odds)]!++;
  likely(counts, [56 / 88, 24 / 88, 8 / 88, 0]);
});

const candidate = (reward: number, penalty: number) => ({ reward, penalty });

it('failures are kept as chance has it, each as likely as any other', () => {
  // 4 of 8 are good, so 2 of 4 are kept of each.
  const group = [
    ...[1, 2, 3, 4].map((each) => candidate(1, each)),
    ...[1, 2, 3, 4].map((each) => candidate(-1, each)),
  ];
  const source = random('failures');
  const counts = group.map(() => 0);
  for (let i = 0; i < draws; i++) for (const k of resample(group, { keep: 4 }, source)) counts[k]!++;
  assert.deepEqual(counts.slice(0, 4), [draws, draws, 0, 0]);
  likely(counts.slice(4), [0.5, 0.5, 0.5, 0.5]);
});

it('by odds, a tidy success is kept as often as its weight says', () => {
  // Penalties 0, 0.4, 0.9: weights 10, 2, 1, one of three is kept.
  const group = [0, 0.4, 0.9]
    .map((each) => candidate(1, each))
    .concat([0, 0, 0].map((each) => candidate(0, each)));
  const source = random('successes');
  const counts = group.map(() => 0);
  for (let i = 0; i < draws; i++)
    for (const k of resample(group, { keep: 2, least: 1, by: 'odds' }, source)) counts[k]!++;
  likely(counts, [10 / 13, 2 / 13, 1 / 13, 1 / 3, 1 / 3, 1 / 3]);
});

it('as many are kept as asked for, in proportion, at least two of either kind as far as there are', () => {
  const source = random('counts');
  const good = (all: number, these: number, keep: number): number => {
    const group = Array.from({ length: all }, (_, i) => candidate(i < these ? 1 : -1, i));
    const kept = resample(group, { keep }, source);
    assert.equal(kept.length, keep);
    assert.equal(new Set(kept).size, keep);
    return kept.filter((i) => i < these).length;
  };
  assert.equal(good(32, 8, 16), 4);
  assert.equal(good(32, 2, 16), 2);
  assert.equal(good(32, 1, 16), 1);
  assert.equal(good(32, 31, 16), 15);
  assert.equal(good(32, 30, 16), 14);
  // Halves go to the even number, as the authors' program rounds them.
  assert.deepEqual([good(16, 5, 8), good(16, 7, 8), good(16, 9, 8)], [2, 4, 4]);
  assert.deepEqual(
    resample(
      [1, 1, 1].map((each) => candidate(1, each)),
      { keep: 2 },
      source,
    ),
    [],
  );
  assert.deepEqual([toolPenalty(0, 0), toolPenalty(4, 1)], [0.5, 0.25]);
});

it('groups of equal rewards are replaced until there are enough or patience ends', () => {
  const story = dynamic<number[]>(3, 3, (group) => group);
  assert.deepEqual(story.next(), { value: 3, done: false });
  assert.deepEqual(
    story.next([
      [1, 1],
      [0, 1],
      [0, 0],
    ]),
    { value: 2, done: false },
  );
  assert.deepEqual(
    story.next([
      [2, 2],
      [3, 1],
    ]),
    { value: 1, done: false },
  );
  assert.deepEqual(story.next([[5, 5]]), {
    value: [
      [0, 1],
      [3, 1],
    ],
    done: true,
  });
});

it('a token is branched at where it is likely and nearly as likely as the likeliest', () => {
  assert.deepEqual(branchesAt([0.4, 0.3, 0.2, 0.1]), [1]);
  assert.deepEqual(branchesAt([0.3, 0.4, 0.2, 0.1], { most: 3 }), [0, 2]);
  assert.deepEqual(branchesAt([0.6, 0.3, 0.1]), []);
  assert.deepEqual(branchesAt([0.3, 0.14, 0.14, 0.14, 0.14, 0.14]), []);
});

it('looking ahead finds every way where plain samples find them all in 22 of 100 cases, for fewer tokens', () => {
  // Ten tokens 0 for all, then one of three ways, for good.
  const next = (prefix: readonly number[]) => {
    if (prefix.length < 10) return [1, 0, 0, 0];
    const way = prefix[10];
    return way === undefined ? [0, 0.4, 0.3, 0.3] : [0, 0, 0, 0].with(way, 1);
  };
  const source = random('ahead');
  const ways = (all: readonly (readonly number[])[]) => new Set(all.map((each) => each[10])).size;
  let all = 0;
  for (let i = 0; i < 1000; i++) {
    const ahead = lookahead(next, { width: 3, length: 24, most: 3 }, source);
    assert.equal(ways(ahead.trajectories), 3);
    // The first is asked for whole, two branches from their second token on.
    assert.equal(ahead.tokens, 24 + 13 + 13);
    const plain = Array.from({ length: 3 }, () => lookahead(next, { width: 1, length: 24 }, source));
    assert.equal(plain[0]!.tokens, 24);
    if (ways(plain.flatMap(({ trajectories }) => trajectories)) === 3) all++;
  }
  // 3! * 0.4 * 0.3 * 0.3 = 0.216, deviation 0.013.
  assert.ok(Math.abs(all / 1000 - 0.216) < 0.05, `${all}`);
});

it('a branch that comes to say the same is removed with what left it, and what is shared is asked for once', () => {
  // After the first token, of which there are two, all say 2 for ever.
  const asked: string[] = [];
  const next = (prefix: readonly number[]) => {
    asked.push(prefix.join());
    return prefix.length === 0 ? [0.5, 0.5, 0] : [0, 0, 1];
  };
  const options = { width: 3, length: 8, looks: [4] };
  const pruned = lookahead(next, options, random(1));
  // The branch is grown to 4 tokens, 3 of which are those of the other: 1/4 is below 0.4. Two plain samples take its place.
  assert.equal(pruned.tokens, 8 + 3 + 8 + 8);
  assert.equal(asked.length, pruned.tokens);
  const kept = lookahead(next, { ...options, distance: 0.25 }, random(1));
  assert.equal(kept.tokens, 8 + 7 + 8);
  assert.deepEqual(
    kept.trajectories.slice(0, 2).map(([first]) => first),
    [0, 1],
  );
});

it('until there are enough trajectories the likeliest token is taken, and from then on tokens are sampled', () => {
  const next = (prefix: readonly number[]) => (prefix.length === 5 ? [0.3, 0.4, 0.3] : [0.1, 0.8, 0.1]);
  const all = Array.from(
    { length: 200 },
    (_, i) => lookahead(next, { width: 2, length: 30 }, random(i)).trajectories,
  );
  for (const [first, second] of all) {
    assert.deepEqual(first!.slice(0, 6), [1, 1, 1, 1, 1, 1]);
    assert.deepEqual(second!.slice(0, 6), [1, 1, 1, 1, 1, 0]);
  }
  const later = all.flat().flatMap((tokens) => tokens.slice(6));
  const share = later.filter((token) => token === 1).length / later.length;
  assert.ok(Math.abs(share - 0.8) < 0.02, `${share}`);
});

it('a branch is not held against a trajectory that has ended', () => {
  const next = (prefix: readonly number[]) => (prefix.length === 0 ? [0.5, 0.5, 0] : [0, 0, 1]);
  const { tokens } = lookahead(next, { width: 3, length: 8, looks: [4], end: 2 }, random(1));
  // Two tokens each, the first asked for once, and a plain sample of two.
  assert.equal(tokens, 2 + 1 + 2);
});

it('a trajectory ends at the token that ends it', () => {
  const { trajectories } = lookahead(
    () => [0.5, 0.5],
    { width: 4, length: 50, end: 1, looks: [] },
    random(3),
  );
  for (const each of trajectories) assert.ok(each.length === 50 || each.indexOf(1) === each.length - 1);
  assert.deepEqual([0, 99, 100, 250, 300, 9000].map(lookaheadShare), [1, 1, 0.75, 0.5, 0.25, 0.25]);
});

it('edit distance counts what must be inserted, deleted or exchanged', () => {
  const letters = (text: string) => Array.from(text, (each) => each.charCodeAt(0));
  assert.equal(editDistance(letters('kitten'), letters('sitting')), 3);
  assert.equal(editDistance([], [1, 2]), 2);
  assert.equal(editDistance([1, 2], []), 2);
});

const program = (id: string, score: number, ...ancestors: string[]) => ({ id, score, ancestors });

it('what is promising is what led to good children, ranks high or was not taken up', () => {
  const programs = [program('seed', 1), program('a', 3, 'seed'), program('b', 5, 'a', 'seed')];
  // Scale 4, priors 1/6, 2/6, 3/6.
  close(puct(programs, noVisits), [1 + 4 / 6, 3 + 8 / 6, 5 + 12 / 6]);
  let visits = visited(noVisits, programs[2]!, 4);
  visits = visited(visits, programs[2]!, undefined);
  visits = visited(visits, programs[1]!, 7);
  // b was taken up twice, a once and twice by its descendant, the seed thrice by its; the best child of b has 4, of a 7.
  close(puct(programs, visits), [1 + (4 / 6) * (2 / 4), 7 + (8 / 6) * (2 / 4), 4 + (12 / 6) * (2 / 3)]);
  assert.equal(visits.total, 3);
});

it('a batch takes no two programs of one line of descent', () => {
  const programs = [
    program('seed', 1),
    program('a', 3, 'seed'),
    program('b', 5, 'a', 'seed'),
    program('c', 2, 'seed'),
  ];
  assert.deepEqual(
    takeUp(programs, noVisits, 3).map(({ id }) => id),
    ['b', 'c'],
  );
  assert.deepEqual(
    takeUp(programs, noVisits, 1).map(({ id }) => id),
    ['b'],
  );
  assert.deepEqual(
    foremost(programs).map(({ id }) => id),
    ['b', 'a'],
  );
});
