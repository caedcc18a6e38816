import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gamma } from '../../../core/search/gamma.ts';
import { random } from '../../../core/search/random.ts';
import type { Tally } from '../../../core/search/roles.ts';
import { emptyTally } from '../../../core/search/tally.ts';
import { fixed, thompson, ucb, uniform } from '../../../islands/selection/bandit.ts';
import { floored } from '../../../islands/selection/floor.ts';
import { banditContract } from '../../contracts/bandit.ts';
import { average, scenarios } from '../../support/bandit-scenarios.ts';

const seeds = 20;
const price = { per: 'dollar', thrift: 0.5 } as const;
const policies = { ucb: ucb(0.5, price), thompson: thompson(price) };

for (const [name, bandit] of Object.entries(policies)) {
  describe(name, () => {
    it('gives the best of three arms two thirds of 200 trials', () => {
      const { shares } = average(bandit, scenarios.clear, seeds);
      assert.ok(shares[2]! > 0.66, String(shares));
    });

    it('finds the new best arm within 100 trials of a swap', () => {
      const { shares } = average(bandit, scenarios.swapped, seeds);
      assert.ok(shares[0]! > 0.6, String(shares));
    });

    it('gives the best arm the plurality where gains are rare', () => {
      const { shares } = average(bandit, scenarios.rare, seeds);
      assert.ok(shares[2]! > 0.5 && shares[0]! < shares[1]!, String(shares));
    });

    it('does not fall for an arm that never gains but costs a tenth', () => {
      const { shares } = average(bandit, scenarios.cheap, seeds);
      assert.ok(shares[3]! < 0.15 && shares[2]! > 0.6, String(shares));
    });

    it('gives an arm that never gains but costs a tenth of the dollars under 15% of 150 trials', () => {
      const { shares } = average(bandit, scenarios.frugal, seeds);
      assert.ok(shares[3]! < 0.15 && shares[2]! > 0.5, String(shares));
    });

    it('prefers the cheaper of two arms that gain as often', () => {
      const { shares } = average(bandit, scenarios.thrifty, seeds);
      assert.ok(shares[1]! > 0.6, String(shares));
    });

    it('judges a tuner by gain per evaluation, in both directions', () => {
      const [tuner, , cheap] = average(bandit, scenarios.dear, seeds).shares;
      assert.ok(cheap! > tuner!, `${tuner} ${cheap}`);
      assert.ok(average(bandit, scenarios.worthy, seeds).shares[0]! > 0.6);
    });

    it('does not stay with an arm that makes duplicates and uses no evaluations', () => {
      assert.ok(average(bandit, scenarios.duplicates, seeds).shares[1]! > 0.5);
    });
  });
}

banditContract('ucb', ucb(0.5));
banditContract('ucb with a price', policies.ucb);
banditContract('thompson', policies.thompson);
banditContract('uniform', uniform());
banditContract('odds', fixed(new Map([['cheap', 60]])));
banditContract('with a floor', floored(ucb(0.5), 'dear', 0.3));

const arm = (name: string, pulls: number, gain: number, pending = 0): Tally => ({
  arm: { operator: name },
  ...emptyTally,
  pulls,
  gain,
  evaluations: pulls,
  pending,
});

it('ucb tries each arm once before any twice, running trials included', () => {
  assert.equal(ucb(0.5)([arm('a', 9, 9), arm('b', 0, 0, 1), arm('c', 0, 0)], random(1)).operator, 'c');
});

it('ucb draws lots between arms with the same record', () => {
  const chosen = new Set(
    Array.from(
      { length: 60 },
      (_, seed) => ucb(0.5)([arm('a', 5, 1), arm('b', 5, 1), arm('c', 5, 1)], random(seed)).operator,
    ),
  );
  assert.equal(chosen.size, 3);
});

it('ucb spreads trials that begin at once evenly over arms of one record', () => {
  let tallies = [arm('a', 5, 1), arm('b', 5, 1), arm('c', 5, 1)];
  for (let trial = 0; trial < 30; trial++) {
    const chosen = ucb(0.5)(tallies, random(trial));
    tallies = tallies.map((each) => (each.arm === chosen ? { ...each, pending: each.pending + 1 } : each));
  }
  assert.deepEqual(
    tallies.map((each) => each.pending),
    [10, 10, 10],
  );
});

describe('fixed odds', () => {
  const odds = fixed(new Map([['a', 90]]));
  const draws = 20_000;
  const shares = (bandit: typeof odds, names: readonly string[]) => {
    const tallies = names.map((name, i) => arm(name, 9, 9 * i));
    const chosen = Array.from({ length: draws }, (_, seed) => bandit(tallies, random('odds', seed)));
    return names.map((name) => chosen.filter(({ operator }) => operator === name).length / draws);
  };
  const near = (share: number, expected: number) =>
    assert.ok(Math.abs(share - expected) < 4 * Math.sqrt(0.25 / draws), `${share} is not ${expected}`);

  it('give an arm its share whatever the record, and the rest to the others alike', () => {
    const [a, b, c] = shares(odds, ['a', 'b', 'c']);
    near(a!, 0.9);
    near(b!, 0.05);
    near(c!, 0.05);
  });

  it('share alike where the arm with a share cannot be chosen, or has all and cannot', () => {
    near(shares(odds, ['b', 'c'])[0]!, 0.5);
    near(shares(fixed(new Map([['a', 100]])), ['b', 'c'])[0]!, 0.5);
    assert.deepEqual(shares(fixed(new Map([['a', 100]])), ['a', 'b']), [1, 0]);
  });

  it('keep the odds between two arms where a third is not offered', () => {
    near(
      shares(
        fixed(
          new Map([
            ['a', 60],
            ['b', 20],
          ]),
        ),
        ['a', 'b'],
      )[0]!,
      0.75,
    );
  });
});

it('the uniform bandit heeds no record', () => {
  const { shares } = average(uniform(), scenarios.clear, seeds);
  for (const share of shares) assert.ok(Math.abs(share - 1 / 3) < 0.03, String(shares));
});

it('a gamma draw has the mean and the variance of its shape', () => {
  const draws = 100_000;
  for (const shape of [0.5, 1, 7.3]) {
    const stream = random('gamma', shape);
    const values = Array.from({ length: draws }, () => gamma(shape, stream));
    const mean = values.reduce((sum, each) => sum + each, 0) / draws;
    const variance = values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / draws;
    // Five standard errors of the mean; the variance's own is larger by its fourth moment.
    assert.ok(Math.abs(mean - shape) < 5 * Math.sqrt(shape / draws), `mean ${mean}`);
    assert.ok(
      Math.abs(variance / shape - 1) < 5 * Math.sqrt((2 + 6 / shape) / draws),
      `variance ${variance}`,
    );
  }
});
