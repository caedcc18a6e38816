import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Event } from '../../core/search/event.ts';
import type { Journal } from '../../core/search/journal.ts';

/** A place that keeps a journal: what is opened there again has what was appended before. */
export type Place = () => Promise<Journal>;

const event = (trial: number, canonical = `c${trial}`): Event => ({ type: 'passed', trial, canonical });
const events = (count: number): Event[] => Array.from({ length: count }, (_, i) => event(i + 1));
const all = (journal: Journal): Promise<Event[]> => Array.fromAsync(journal.read());

/** What every journal must do. `fresh` makes a place with nothing in it. */
export function journalContract(name: string, fresh: () => Place): void {
  describe(`the journal ${name}`, () => {
    it('has no event at first', async () => {
      await using journal = await fresh()();
      assert.deepEqual(await all(journal), []);
    });

    it('gives events back in the order in which they were appended, whether or not that was awaited', async () => {
      await using journal = await fresh()();
      const given = events(200);
      await Promise.all(given.map((each) => journal.append(each)));
      assert.deepEqual(await all(journal), given);
    });

    it('takes an event as it is at the moment of the call', async () => {
      await using journal = await fresh()();
      const changing = { type: 'passed' as const, trial: 1, canonical: 'before' };
      const durable = journal.append(changing);
      changing.canonical = 'after';
      await durable;
      assert.deepEqual(await all(journal), [event(1, 'before')]);
    });

    it('gives back texts of any kind, to the letter', async () => {
      await using journal = await fresh()();
      const given = [
        '',
        'a\nb\r\n\u2028',
        '{"type":"closed"}',
        'ü \ud83d\ude00 \ud800',
        '\u0000',
        'x'.repeat(3e6),
      ].map((text, i) => event(i, text));
      for (const each of given) await journal.append(each);
      assert.deepEqual(await all(journal), given);
    });

    it('goes on where it was closed, time and again', async () => {
      const place = fresh();
      for (let session = 0; session < 4; session++) {
        await using journal = await place();
        assert.deepEqual(await all(journal), events(session * 3));
        for (const each of events(session * 3 + 3).slice(-3)) await journal.append(each);
      }
    });

    it('closes with all that was appended, also where that was not awaited', async () => {
      const place = fresh();
      {
        await using journal = await place();
        for (const each of events(50)) void journal.append(each);
      }
      await using again = await place();
      assert.deepEqual(await all(again), events(50));
    });

    it('can be read while it is written, from the first event each time', async () => {
      await using journal = await fresh()();
      await journal.append(event(1));
      const reading = journal.read()[Symbol.asyncIterator]();
      assert.deepEqual((await reading.next()).value, event(1));
      await journal.append(event(2));
      await reading.return?.();
      assert.deepEqual(await all(journal), events(2));
    });
  });
}
