import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { javascript } from '../../core/languages/javascript/javascript.ts';
import { type Island, type Migration, settle } from '../../core/search/archive.ts';
import { random } from '../../core/search/random.ts';
import { defaultAxes, gridArchive } from '../../islands/grid.ts';
import { randomMigration, resetMigration, ringMigration } from '../../islands/migration.ts';
import { uniform } from '../../islands/parents.ts';
import { topArchive } from '../../islands/top.ts';
import { elite, ids, populate } from './elites.ts';

const archive = topArchive({ capacity: 3, sample: uniform() });
const { admit } = archive;

/** The islands after a migration, as the fold carries it out. */
function carryOut(islands: readonly Island[], { cleared, moves }: Migration): Island[] {
  const after = islands.map((island, i): Island => (cleared.includes(i) ? { elites: [] } : island));
  for (const { program, from, to, admission } of moves) {
    const resident = islands[from]!.elites.find((each) => each.elite.id === program)!;
    after[to] = settle(after[to]!, resident.elite, admission);
  }
  return after;
}

/** Islands whose bests have those scores, each with two worse programs. */
function islandsOf(...scores: readonly number[]): Island[] {
  return scores.map((score, i) =>
    populate(
      archive,
      [0, 1, 2].map((less) => elite(`trial-${10 * i + less}`, [score - less / 10])),
    ),
  );
}

describe('ring migration', () => {
  it('sends a copy of the best to the next island and removes none at its source', () => {
    const islands = islandsOf(1, 5, 3);
    const migration = ringMigration(islands, admit, random(1));
    assert.deepEqual(migration, {
      cleared: [],
      moves: [
        { program: 'trial-0', from: 0, to: 1, admission: { admitted: false } },
        { program: 'trial-10', from: 1, to: 2, admission: { admitted: true, removes: ['trial-22'] } },
        { program: 'trial-20', from: 2, to: 0, admission: { admitted: true, removes: ['trial-2'] } },
      ],
    });
    assert.deepEqual(carryOut(islands, migration).map(ids), [
      ['trial-20', 'trial-0', 'trial-1'],
      ['trial-10', 'trial-11', 'trial-12'],
      ['trial-10', 'trial-20', 'trial-21'],
    ]);
  });

  it('does not move a program to where it lives already', () => {
    const [island] = islandsOf(1);
    assert.deepEqual(ringMigration([island!, island!], admit, random(1)).moves, []);
  });
});

describe('random migration', () => {
  it('sends each best to some other island, each of them now and then', () => {
    const targets = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      for (const { from, to } of randomMigration(islandsOf(1, 5, 3), admit, random(seed)).moves) {
        assert.notEqual(from, to);
        targets.add(`${from} to ${to}`);
      }
    }
    assert.equal(targets.size, 6);
  });
});

it('two migrants to one island do not both push out the same resident', () => {
  const islands = islandsOf(9, 1, 8);
  let met = 0;
  for (let seed = 0; seed < 40; seed++) {
    const migration = randomMigration(islands, admit, random(seed));
    const leavers = migration.moves.flatMap(({ to, admission }) =>
      to === 1 && admission.admitted ? admission.removes : [],
    );
    met += leavers.length === 2 ? 1 : 0;
    assert.equal(new Set(leavers).size, leavers.length);
    assert.equal(carryOut(islands, migration)[1]!.elites.length, 3);
  }
  assert.ok(met > 0);
});

describe('reset migration', () => {
  it('empties the weaker half and restarts each from the best of a survivor', () => {
    const islands = islandsOf(1, 5, 3, 4, 2);
    for (let seed = 0; seed < 50; seed++) {
      const migration = resetMigration(islands, admit, random(seed));
      assert.deepEqual(migration.cleared, [0, 4]);
      for (const { admission } of migration.moves)
        assert.deepEqual(admission, { admitted: true, removes: [] });
      const after = carryOut(islands, migration);
      for (const i of [0, 4]) {
        assert.equal(after[i]!.elites.length, 1);
        assert.ok(['trial-10', 'trial-20', 'trial-30'].includes(ids(after[i]!)[0]!));
      }
      for (const i of [1, 2, 3]) assert.equal(after[i], islands[i]);
    }
  });

  it('draws lots between islands with the same best', () => {
    const [island] = islandsOf(1);
    const cleared = new Set<number>();
    for (let seed = 0; seed < 50; seed++) {
      cleared.add(resetMigration([island!, island!], admit, random(seed)).cleared[0]!);
    }
    assert.deepEqual([...cleared].sort(), [0, 1]);
  });
});

const migrations = { ringMigration, randomMigration, resetMigration };
const grid = gridArchive({ gridBins: 4, axes: defaultAxes(javascript), sample: uniform() });

for (const [name, migrate] of Object.entries(migrations)) {
  it(`${name} leaves one island alone`, () => {
    assert.deepEqual(migrate(islandsOf(1), admit, random(1)), { cleared: [], moves: [] });
  });

  it(`${name} keeps the best of all, leaves no island empty and none with one program twice, and is the same JSON for the same key`, () => {
    const populations = fc.array(fc.array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(populations, fc.constantFrom(archive, grid), fc.nat(), (lists, kind, seed) => {
        const islands = lists.map((list, i) =>
          populate(
            kind,
            list.map((scores, j) => elite(`trial-${1000 * i + j}`, scores)),
          ),
        );
        const migration = migrate(islands, kind.admit, random(seed));
        assert.deepEqual(JSON.parse(JSON.stringify(migration)), migration);
        assert.deepEqual(migrate(islands, kind.admit, random(seed)), migration);
        const best = (all: readonly Island[]) =>
          Math.max(...all.map((each) => each.elites[0]!.elite.outcome.score));
        const after = carryOut(islands, migration);
        assert.equal(best(after), best(islands));
        for (const { elites } of after)
          assert.equal(new Set(elites.map((each) => each.elite.id)).size, elites.length);
      }),
    );
  });
}
