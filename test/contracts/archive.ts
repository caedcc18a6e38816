import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Island, settle } from '../../core/search/archive.ts';
import type { Elite } from '../../core/search/program.ts';
import { random } from '../../core/search/random.ts';
import { better } from '../../core/search/ranking.ts';
import type { Archive } from '../../core/search/roles.ts';
import { elite, populate } from '../islands/elites.ts';

/** Newcomers with few different scores and sizes, so that ties of every kind are met. */
const newcomers = fc
  .array(
    fc.record({
      scores: fc.tuple(fc.integer({ min: -3, max: 3 }), fc.nat(2)),
      size: fc.integer({ min: 60, max: 5000 }),
    }),
    {
      minLength: 1,
      maxLength: 60,
    },
  )
  .map((list) =>
    list.map(({ scores, size }, i) => {
      const born = elite(i === 0 ? 'seed-1' : `trial-${i}`, scores, size);
      return i === 0 ? born : { ...born, arm: { operator: 'swap' }, parents: ['seed-1'] };
    }),
  );

/** What every archive must do. `broken` says what is wrong with an island that this archive built, if anything. */
export function archiveContract(
  name: string,
  archive: Archive,
  broken: (island: Island) => string | undefined,
): void {
  describe(`the archive ${name}`, () => {
    it('never lets an island break its own rule', () => {
      fc.assert(
        fc.property(newcomers, (list) => {
          let island: Island = { elites: [] };
          for (const each of list) {
            island = settle(island, each, archive.admit(island, each));
            assert.equal(broken(island), undefined);
          }
        }),
      );
    });

    it('removes members that are there, each once, and none for a newcomer that it rejects', () => {
      fc.assert(
        fc.property(newcomers, (list) => {
          const newcomer = list.at(-1) as Elite;
          const island = populate(archive, list.slice(0, -1));
          const admission = archive.admit(island, newcomer);
          if (!admission.admitted) return assert.ok(!('removes' in admission));
          const members = island.elites.map(({ elite }) => elite.id);
          assert.deepEqual(
            admission.removes.filter((id) => !members.includes(id)),
            [],
          );
          assert.equal(new Set(admission.removes).size, admission.removes.length);
          const after = settle(island, newcomer, admission).elites.map(({ elite }) => elite.id);
          assert.equal(after.length, members.length - admission.removes.length + 1);
          assert.ok(after.includes(newcomer.id));
        }),
      );
    });

    it('decides in plain JSON, the same each time, and leaves the island as it was', () => {
      fc.assert(
        fc.property(newcomers, (list) => {
          const newcomer = list.at(-1) as Elite;
          const island = populate(archive, list.slice(0, -1));
          const before = structuredClone(island);
          const admission = archive.admit(island, newcomer);
          assert.deepEqual(JSON.parse(JSON.stringify(admission)), admission);
          assert.deepEqual(archive.admit(island, newcomer), admission);
          assert.deepEqual(island, before);
        }),
      );
    });

    it('samples distinct elites of the island, as many as asked for or as may breed, the same for the same draws', () => {
      fc.assert(
        fc.property(newcomers, fc.integer({ min: 1, max: 4 }), fc.nat(), (list, count, seed) => {
          const island = populate(archive, list);
          const sample = archive.sample(island, count, random(seed));
          const able = archive.breeders?.(island) ?? island.elites.length;
          assert.ok(able >= 1 && able <= island.elites.length);
          assert.equal(sample.length, Math.min(count, able));
          assert.equal(new Set(sample).size, sample.length);
          for (const each of sample) assert.ok(island.elites.some((resident) => resident.elite === each));
          assert.deepEqual(archive.sample(island, count, random(seed)), sample);
        }),
      );
    });
  });
}

/** What an archive must do besides whose parents are drawn by rank. */
export function rankedContract(name: string, archive: Archive): void {
  it(`the archive ${name} gives parents better ones first`, () => {
    fc.assert(
      fc.property(newcomers, fc.integer({ min: 1, max: 4 }), fc.nat(), (list, count, seed) => {
        const sample = archive.sample(populate(archive, list), count, random(seed));
        assert.deepEqual(sample, sample.toSorted(better));
      }),
    );
  });
}

/** What an archive must do besides that keeps the best. */
export function elitistContract(name: string, archive: Archive): void {
  describe(`the archive ${name}, which keeps the best`, () => {
    it('always holds the best program it was ever offered, first', () => {
      fc.assert(
        fc.property(newcomers, (list) => {
          const best = list.toSorted(better)[0];
          assert.equal(populate(archive, list).elites[0]?.elite, best);
        }),
      );
    });

    it('never removes a member that is better than the newcomer', () => {
      fc.assert(
        fc.property(newcomers, (list) => {
          const newcomer = list.at(-1) as Elite;
          const island = populate(archive, list.slice(0, -1));
          const admission = archive.admit(island, newcomer);
          if (!admission.admitted) return;
          for (const { elite } of island.elites) {
            if (admission.removes.includes(elite.id)) assert.ok(better(newcomer, elite) < 0);
          }
        }),
      );
    });
  });
}
