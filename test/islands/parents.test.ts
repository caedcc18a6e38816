import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { random } from '../../core/search/random.ts';
import { powerLaw, type Sampler, tournament, uniform, weighted } from '../../islands/parents.ts';
import { islandOf } from './elites.ts';

const draws = 100_000;
const ten = islandOf(10, 9, 8, 7, 6, 5, 4, 3, 2, 1).elites;

/** How often each resident, by place, was drawn alone. */
function counts(sampler: Sampler, residents = ten): number[] {
  const stream = random('parents', draws);
  const result = residents.map(() => 0);
  const place = new Map(residents.map(({ elite }, i) => [elite, i]));
  for (let i = 0; i < draws; i++) result[place.get(sampler(residents, 1, stream)[0]!)!]! += 1;
  return result;
}

/** Chi-square of the draws against expected weights; 27.9 is passed once in 1,000 times with 9 degrees of freedom. */
function surprise(observed: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, each) => sum + each, 0);
  return observed.reduce((sum, count, i) => {
    const due = (draws * weights[i]!) / total;
    return sum + (count - due) ** 2 / due;
  }, 0);
}

it('powerLaw draws rank r with odds r ** -alpha', () => {
  const ranks = ten.map((_, i) => i + 1);
  for (const alpha of [0, 1, 2.5]) {
    const odds = ranks.map((rank) => rank ** -alpha);
    assert.ok(surprise(counts(powerLaw(alpha)), odds) < 27.9, `alpha ${alpha}`);
  }
});

it('uniform draws each alike, and not as powerLaw does', () => {
  const observed = counts(uniform());
  assert.ok(surprise(observed, Array(10).fill(1)) < 27.9);
  assert.ok(
    surprise(
      observed,
      ten.map((_, i) => 1 / (i + 1)),
    ) > 1000,
  );
});

it('tournament draws the best of its entrants', () => {
  for (const size of [1, 2, 5]) {
    const odds = ten.map((_, i) => (10 - i) ** size - (9 - i) ** size);
    assert.ok(surprise(counts(tournament(size)), odds) < 27.9, `size ${size}`);
  }
});

it('weighted draws by the sigmoid of the distance to the median, over offspring', () => {
  const residents = ten.map((each, i) => ({ ...each, offspring: i % 4 }));
  const odds = residents.map(({ elite, offspring }) => {
    const step = (elite.outcome.score - 5.5) / 2.5;
    return 1 / (1 + Math.exp(-2 * step)) / (1 + offspring);
  });
  assert.ok(surprise(counts(weighted(2), residents), odds) < 27.9);
});

it('weighted goes by offspring alone where all scores are equal', () => {
  const residents = islandOf(...Array<number>(10).fill(-7)).elites.map((each, i) => ({
    ...each,
    offspring: i,
  }));
  const odds = residents.map(({ offspring }) => 1 / (1 + offspring));
  assert.ok(surprise(counts(weighted(10), residents), odds) < 27.9);
});

it('weighted still tells scores apart where most of them are equal', () => {
  const observed = counts(weighted(10), islandOf(2, 1, 1, 1, 1, 1, 1, 1, 1, 0).elites);
  assert.ok(observed[0]! > 1.8 * observed[5]!);
  assert.ok(observed[9]! < 0.01 * observed[5]!);
});

it('weighted does not change when all scores are shifted or stretched', () => {
  const stretched = islandOf(...ten.map(({ elite }) => 4 * elite.outcome.score - 1000)).elites;
  assert.deepEqual(counts(weighted(3), stretched), counts(weighted(3)));
});

it('weighted knows the worse from the better at the ends of the number range', () => {
  const most = Number.MAX_VALUE;
  const observed = counts(weighted(10), islandOf(most, most, -most).elites);
  assert.ok(observed[2]! < 10 && observed[0]! > 0.4 * draws && observed[1]! > 0.4 * draws);
});

it('a resident whose odds round to nothing can still be drawn beside the best', () => {
  const { elites } = islandOf(3, 2, 1);
  const stream = random('least');
  const seconds = new Set(Array.from({ length: 50 }, () => powerLaw(5000)(elites, 2, stream)[1]));
  assert.equal(seconds.size, 2);
});

it('every sampler draws distinct residents, better ones first, whatever the scores', () => {
  const samplers = [uniform(), tournament(3), powerLaw(1), powerLaw(400), weighted(10), weighted(1e300)];
  const finite = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0, -1, 1, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE),
  );
  fc.assert(
    fc.property(fc.array(finite, { minLength: 1, maxLength: 12 }), fc.nat(), (scores, seed) => {
      const { elites } = islandOf(...scores);
      const order = elites.map((each) => each.elite);
      for (const sampler of samplers) {
        for (const count of [1, 2, scores.length + 1]) {
          const places = sampler(elites, count, random(seed)).map((each) => order.indexOf(each));
          assert.equal(places.length, Math.min(count, scores.length));
          for (let i = 1; i < places.length; i++) assert.ok(places[i - 1]! < places[i]!);
        }
      }
    }),
  );
});
