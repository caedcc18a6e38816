import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Arm, armName, sameArm } from '../../core/search/arm.ts';
import { random } from '../../core/search/random.ts';
import type { Bandit, Tally } from '../../core/search/roles.ts';
import { begin, emptyTally, tally } from '../../core/search/tally.ts';

const sum = fc.double({ min: 0, max: 1e6, noNaN: true });
const record = fc.record({
  pulls: sum,
  gain: sum,
  evaluations: sum,
  dollars: sum,
  seconds: sum,
  pending: fc.nat(64),
});

/** Operators that may be asked of one model, of several, or of none; bandits by name know `cheap` and `dear`. */
const arms: readonly Arm[] = [
  { operator: 'cheap' },
  { operator: 'dear' },
  { operator: 'diff', model: 'a:one' },
  { operator: 'diff', model: 'b:two@host' },
  { operator: 'whole', model: 'a:one' },
];

const offered = fc
  .tuple(fc.subarray([...arms], { minLength: 1 }), fc.array(record, { minLength: 5, maxLength: 5 }))
  .map(([some, records]) => some.map((arm, i): Tally => ({ arm, ...records[i]! })));

/** What every bandit must do. */
export function banditContract(name: string, bandit: Bandit): void {
  describe(`the bandit ${name}`, () => {
    it('chooses an arm that it was offered, whatever the record', () => {
      fc.assert(
        fc.property(offered, fc.nat(), (tallies, seed) => {
          const chosen = bandit(tallies, random(seed));
          assert.ok(
            tallies.some(({ arm }) => sameArm(arm, chosen)),
            armName(chosen),
          );
        }),
      );
    });

    it('chooses the same for the same record and draws, and leaves the record as it was', () => {
      fc.assert(
        fc.property(offered, fc.nat(), (tallies, seed) => {
          const before = structuredClone(tallies);
          const chosen = bandit(tallies, random(seed));
          assert.deepEqual(bandit(tallies, random(seed)), chosen);
          assert.deepEqual(tallies, before);
        }),
      );
    });

    it('takes the only arm there is', () => {
      fc.assert(
        fc.property(record, fc.constantFrom(...arms), fc.nat(), (its, arm, seed) => {
          assert.deepEqual(bandit([{ arm, ...its }], random(seed)), arm);
        }),
      );
    });

    it('tells arms of one operator apart by their models, and tries each when none has a record', () => {
      const pair = arms.filter(({ operator }) => operator === 'diff').map((arm) => ({ arm, ...emptyTally }));
      const chosen = Array.from({ length: 60 }, (_, seed) => armName(bandit(pair, random('pair', seed))));
      assert.equal(new Set(chosen).size, 2);
    });

    it('goes through 300 trials, eight at a time, without an arm that is not offered', () => {
      let tallies: readonly Tally[] = arms.map((arm) => ({ arm, ...emptyTally }));
      const queue: Arm[] = [];
      for (let trial = 0; trial < 300; trial++) {
        const arm = bandit(tallies, random('trial', trial));
        queue.push(arm);
        tallies = begin(tallies, arm);
        if (queue.length < 8) continue;
        const done = queue.shift()!;
        const gain = random('gain', trial).next() < 0.1 ? 0.5 : 0;
        tallies = tally(tallies, { arm: done, gain, evaluations: 1, dollars: 0.01, seconds: 1 }, 100);
      }
      const pending = tallies.reduce((total, each) => total + each.pending, 0);
      assert.equal(pending, queue.length);
    });
  });
}
