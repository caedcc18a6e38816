import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure } from '../../core/search/configure.ts';
import { random } from '../../core/search/random.ts';
import { generationArchive } from '../../islands/generations.ts';
import { tournament, uniform } from '../../islands/parents.ts';
import { fixed } from '../../islands/selection/bandit.ts';
import { archiveContract } from '../contracts/archive.ts';
import { timeless, toySearch, toyWorld } from '../core/search/toy.ts';
import { elite, populate } from './elites.ts';

for (const size of [1, 4]) {
  archiveContract(
    `generations of ${size}`,
    generationArchive({ capacity: size, sample: tournament(3) }),
    ({ elites }) => {
      const generations = Map.groupBy(elites, ({ cell }) => Number(cell));
      const newest = Math.max(...generations.keys());
      if (elites.length > 2 * size) return `${elites.length} elites`;
      if ([...generations.keys()].some((each) => each < newest - 2)) return 'one of a generation long past';
      const breeding = generations.get(newest)!.length >= size ? newest : newest - 1;
      const whole = generations.get(breeding)?.length === (breeding <= 0 ? 1 : size);
      return newest === 0 || whole ? undefined : `generation ${breeding} is not whole`;
    },
  );
}

const child = (trial: number, score = 0) => ({
  ...elite(`trial-${trial}`, [score]),
  arm: { operator: 'step' },
});
const archive = generationArchive({ capacity: 3, sample: uniform() });
const after = (trials: number) =>
  populate(archive, [elite('seed-1', [50]), ...Array.from({ length: trials }, (_, i) => child(i + 1))]);
const parents = (trials: number) =>
  archive
    .sample(after(trials), 9, random(1))
    .map(({ id }) => id)
    .sort();

test('the seed alone breeds until the first generation is complete, and never again, however good', () => {
  assert.deepEqual(parents(0), ['seed-1']);
  assert.deepEqual(parents(2), ['seed-1']);
  assert.deepEqual(parents(3), ['trial-1', 'trial-2', 'trial-3']);
  assert.deepEqual(parents(5), ['trial-1', 'trial-2', 'trial-3']);
  assert.deepEqual(parents(6), ['trial-4', 'trial-5', 'trial-6']);
  assert.equal(archive.breeders!(after(2)), 1);
  assert.equal(archive.breeders!(after(5)), 3);
});

test('one of the past leaves for each that is born, the oldest first', () => {
  assert.deepEqual(archive.admit(after(6), child(7)), { admitted: true, cell: '3', removes: ['trial-1'] });
  assert.deepEqual(archive.admit(after(7), child(8)), { admitted: true, cell: '3', removes: ['trial-2'] });
  assert.deepEqual(archive.admit(after(3), child(4)), { admitted: true, cell: '2', removes: ['seed-1'] });
  assert.deepEqual(archive.admit(after(2), child(3)), { admitted: true, cell: '1', removes: [] });
});

test('several seeds are one generation, and a copy that comes from elsewhere is born into the newest', () => {
  const seeds = [1, 2, 3, 4, 5].map((n) => elite(`seed-${n}`, [n]));
  assert.equal(archive.breeders!(populate(archive, seeds)), 5);
  const { elites } = populate(archive, [...seeds, child(1), elite('seed-9', [1])]);
  assert.deepEqual(
    elites.filter(({ cell }) => cell === '1').map((each) => each.elite.id),
    ['seed-9', 'trial-1'],
  );
});

// The toy world has few programs: if duplicates were rejected, it would soon run out of them.
const settings = {
  strategy: 'generational',
  novelty: 'off',
  capacity: 20,
  evaluations: 300,
  seed: 4,
} as const;
const world = () => ({
  ...toyWorld(),
  archive: generationArchive({ capacity: 20, sample: tournament(4) }),
  bandit: fixed(new Map([['both', 90]])),
});

test('every parent is of the last complete generation, nine in ten children have two, and the search gets better', async () => {
  const { events, state } = await toySearch(configure(settings), { world: world() });
  const generations = new Map([['seed-1', 0]]);
  const sizes = [1];
  let two = 0;
  let trials = 0;
  for (const event of events) {
    if (event.type === 'begun') {
      const newest = sizes.length - 1;
      const whole = newest === 0 || sizes[newest] === 20 ? newest : newest - 1;
      for (const id of event.parents) assert.equal(generations.get(id), whole, `trial ${event.trial}`);
      if (whole > 0) trials += 1;
      if (event.parents.length === 2) two += 1;
      if (whole === 0) assert.equal(event.parents.length, 1);
    }
    if (event.type === 'settled' && event.admission.admitted) {
      const born = Number(event.admission.cell);
      sizes[born] = (sizes[born] ?? 0) + 1;
      generations.set(`trial-${event.trial}`, born);
    }
  }
  assert.ok(sizes.length > 3, `${sizes}`);
  assert.deepEqual(new Set(sizes.slice(1, -1)), new Set([20]));
  assert.ok(two / trials > 0.85 && two / trials < 0.95, `${two} of ${trials}`);
  assert.ok(state.best.outcome.score > state.baseline.outcome.score + 10);
});

test('resumed from any cut, it writes the same journal', async () => {
  const { events } = await toySearch(configure({ ...settings, evaluations: 80 }), { world: world() });
  for (let cut = 1; cut < events.length; cut += 23) {
    const again = await toySearch({}, { world: world(), before: events.slice(0, cut) });
    assert.deepEqual(again.events.map(timeless), events.map(timeless), `cut after ${cut}`);
  }
});
