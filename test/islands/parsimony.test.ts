import assert from 'node:assert/strict';
import { it } from 'node:test';
import { uniform } from '../../islands/parents.ts';
import { parsimonyArchive } from '../../islands/parsimony.ts';
import { archiveContract, rankedContract } from '../contracts/archive.ts';
import { elite, ids, populate } from './elites.ts';

const archive = parsimonyArchive({ capacity: 3, sample: uniform() });
rankedContract('lean', archive);
archiveContract('lean', archive, ({ elites }) => (elites.length > 3 ? `${elites.length} elites` : undefined));

it('a small program stays although larger ones score higher, and a needless one goes for it', () => {
  const island = populate(archive, [
    elite('trial-1', [1], 100),
    elite('trial-2', [3], 300),
    elite('trial-3', [2], 400),
    elite('trial-4', [4], 500),
  ]);
  assert.deepEqual(ids(island), ['trial-4', 'trial-2', 'trial-1']);
});

it('the best of all that came is there, whatever came after', () => {
  const scores = [5, 1, 9, 2, 2.5, 8, 3, 7, 0, 6];
  const island = populate(
    archive,
    scores.map((score, i) => elite(`trial-${i + 1}`, [score], 1000 - 90 * i)),
  );
  assert.equal(island.elites[0]!.elite.outcome.score, 9);
});

it('where no program is needless, the worst goes', () => {
  const island = populate(archive, [
    elite('trial-1', [1], 100),
    elite('trial-2', [2], 200),
    elite('trial-3', [3], 300),
  ]);
  assert.deepEqual(archive.admit(island, elite('trial-4', [4], 400)), {
    admitted: true,
    removes: ['trial-1'],
  });
  assert.deepEqual(archive.admit(island, elite('trial-4', [2.5], 400)), { admitted: false });
});

it('of two programs of one behaviour the smaller stays', () => {
  const island = populate(archive, [elite('trial-1', [1, 2], 200)]);
  assert.deepEqual(archive.admit(island, elite('trial-2', [1, 2], 100)), {
    admitted: true,
    removes: ['trial-1'],
  });
  assert.deepEqual(archive.admit(island, elite('trial-2', [1, 2], 300)), { admitted: false });
});
