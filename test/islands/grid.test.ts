import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { javascript } from '../../core/languages/javascript/javascript.ts';
import { defaultAxes, gridArchive } from '../../islands/grid.ts';
import { powerLaw, uniform } from '../../islands/parents.ts';
import { archiveContract, elitistContract, rankedContract } from '../contracts/archive.ts';
import { elite, ids, populate } from './elites.ts';

const axes = defaultAxes(javascript);
const square = gridArchive({ gridBins: 4, axes, sample: powerLaw(1) });
elitistContract('grid', square);
rankedContract('grid', square);
archiveContract('grid', square, ({ elites }) => {
  const cells = new Set(elites.map((each) => each.cell));
  return cells.size < elites.length || cells.has(undefined) ? 'two in one cell, or one in none' : undefined;
});

const grid = (...places: number[][]) => {
  const left = [...places];
  return gridArchive({ gridBins: 10, axes: () => left.shift()!, sample: uniform() });
};

it('a worse program takes an empty cell, and its cell is recorded', () => {
  const archive = grid([0.05, 0.5], [0.15, 0.5]);
  const island = populate(archive, [elite('trial-1', [9]), elite('trial-2', [1])]);
  assert.deepEqual(ids(island), ['trial-1', 'trial-2']);
  assert.deepEqual(
    island.elites.map((each) => each.cell),
    ['0,5', '1,5'],
  );
});

it('a newcomer replaces the occupant of its cell when it is better and is refused otherwise', () => {
  const archive = grid([0.5], [0.55], [0.59]);
  const island = populate(archive, [elite('trial-1', [2])]);
  assert.deepEqual(archive.admit(island, elite('trial-2', [3])), {
    admitted: true,
    cell: '5',
    removes: ['trial-1'],
  });
  assert.deepEqual(archive.admit(island, elite('trial-3', [1])), { admitted: false });
});

it('places beyond the axes, and places that are no number, fall into the end cells', () => {
  const archive = grid([-1, 1, 7, Number.NaN, Number.POSITIVE_INFINITY, 0]);
  assert.deepEqual(archive.admit({ elites: [] }, elite('trial-1', [0])), {
    admitted: true,
    cell: '0,9,9,0,9,0',
    removes: [],
  });
});

it('the default axes tell a program of twice the size, more branches, or uneven scores apart', () => {
  const plain = axes(elite('trial-1', [1, 1], 128));
  assert.deepEqual(plain, [0.1, 0, 0]);
  assert.deepEqual(axes(elite('trial-1', [1, 1], 256, 'for (;;) if (a) b ? c : d')), [0.2, 0.2, 0]);
  assert.deepEqual(axes(elite('trial-1', [0, 2], 128)), [0.1, 0, 0.5]);
});

it('the default axes are numbers for scores of any size', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), { minLength: 1 }), (scores) => {
      for (const place of axes(elite('trial-1', scores))) assert.ok(!Number.isNaN(place));
    }),
  );
});
