import assert from 'node:assert/strict';
import { it } from 'node:test';
import { uniform, weighted } from '../../islands/parents.ts';
import { topArchive } from '../../islands/top.ts';
import { archiveContract, elitistContract, rankedContract } from '../contracts/archive.ts';
import { elite, ids, populate } from './elites.ts';

for (const [capacity, sample] of [
  [1, uniform()],
  [5, weighted(10)],
] as const) {
  elitistContract(`top ${capacity}`, topArchive({ capacity, sample }));
  rankedContract(`top ${capacity}`, topArchive({ capacity, sample }));
  archiveContract(`top ${capacity}`, topArchive({ capacity, sample }), ({ elites }) => {
    const behaviours = new Set(elites.map((each) => JSON.stringify(each.elite.outcome.verdicts)));
    if (elites.length > capacity) return `${elites.length} elites`;
    return behaviours.size < elites.length ? 'two of one behaviour' : undefined;
  });
}

const archive = topArchive({ capacity: 3, sample: uniform() });

it('a full island gives up its worst for a better newcomer and refuses a worse one', () => {
  const island = populate(
    archive,
    [3, 1, 2].map((score) => elite(`trial-${score}`, [score])),
  );
  assert.deepEqual(archive.admit(island, elite('trial-4', [1.5])), { admitted: true, removes: ['trial-1'] });
  assert.deepEqual(archive.admit(island, elite('trial-4', [0.5])), { admitted: false });
});

it('of two programs with one score on every case only the smaller stays, even where there is room', () => {
  const first = populate(archive, [elite('trial-1', [1, 2], 100), elite('trial-2', [0, 0])]);
  assert.deepEqual(archive.admit(first, elite('trial-3', [1, 2], 90)), {
    admitted: true,
    removes: ['trial-1'],
  });
  assert.deepEqual(archive.admit(first, elite('trial-3', [1, 2], 100)), { admitted: false });
});

it('programs of one mean that differ on a case live side by side', () => {
  const island = populate(archive, [elite('trial-1', [1, 2]), elite('trial-2', [2, 1])]);
  assert.deepEqual(ids(island), ['trial-1', 'trial-2']);
});
