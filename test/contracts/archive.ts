import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Island, settle } from '../../core/archive.ts';
import { better, type Elite } from '../../core/program.ts';
import { random } from '../../core/random.ts';
import type { Archive } from '../../core/roles.ts';
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
      return i === 0 ? born : { ...born, arm: 'swap', parents: ['seed-1'] };
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

    it('never evicts anyone who is not there', () => {
      fc.assert(
        fc.property(newcomers, (list) => {
          const newcomer = list.at(-1) as Elite;
          const island = populate(archive, list.slice(0, -1));
          const admission = archive.admit(island, newcomer);
          if (!admission.admitted || admission.evicts === undefined) return;
          assert.ok(island.elites.some((each) => each.elite.id === admission.evicts));
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

    it('samples distinct elites of the island, better ones first, as many as asked for or as may breed', () => {
      fc.assert(
        fc.property(newcomers, fc.integer({ min: 1, max: 4 }), fc.nat(), (list, count, seed) => {
          const island = populate(archive, list);
          const sample = archive.sample(island, count, random(seed));
          const able = archive.breeders?.(island) ?? island.elites.length;
          assert.ok(able >= 1 && able <= island.elites.length);
          assert.equal(sample.length, Math.min(count, able));
          assert.equal(new Set(sample).size, sample.length);
          for (const each of sample) assert.ok(island.elites.some((resident) => resident.elite === each));
          assert.deepEqual(sample, sample.toSorted(better));
          assert.deepEqual(archive.sample(island, count, random(seed)), sample);
        }),
      );
    });
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

    it('never evicts for a newcomer that is not better', () => {
      fc.assert(
        fc.property(newcomers, (list) => {
          const newcomer = list.at(-1) as Elite;
          const island = populate(archive, list.slice(0, -1));
          const admission = archive.admit(island, newcomer);
          if (!admission.admitted || admission.evicts === undefined) return;
          const leaver = island.elites.find((each) => each.elite.id === admission.evicts);
          assert.ok(leaver && better(newcomer, leaver.elite) < 0);
        }),
      );
    });
  });
}
