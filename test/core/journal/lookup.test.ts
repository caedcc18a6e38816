import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openJournal } from '../../../core/journal/journal.ts';
import { eventsOf } from '../../../core/journal/lookup.ts';
import type { Event } from '../../../core/search/event.ts';
import { talkingWorld, toyModel } from '../search/talk.ts';
import { toySearch } from '../search/toy.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-lookup-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Events with a long line for every tenth trial, so that halving meets long and short ones, which speaks of another trial. */
function withLongLines(events: readonly Event[]): readonly Event[] {
  return events.map((event) => {
    if (event.type !== 'proposed' || !('note' in event) || event.trial % 10 > 0) return event;
    return { ...event, note: `"trial":${event.trial + 1},"type":"begun"`.repeat(9000) };
  });
}

/** As a journal can say it: without a negative zero or what is undefined. */
const asJson = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

async function written(events: readonly Event[], segmentBytes: number): Promise<string> {
  const dir = mkdtempSync(join(folder, 'run-'));
  await using journal = await openJournal(dir, { segmentBytes });
  for (const event of events) await journal.append(event);
  return dir;
}

for (const order of ['strict', 'arrival'] as const) {
  test(`${order}: each trial's events are found, all of them and no other's, the opening, and nothing of one to come`, async () => {
    const model = toyModel((_, call) => ({ text: String((call * 37) % 200) }));
    const { events } = await toySearch(
      { seed: 3, order, evaluations: 150, concurrency: 9, patience: 300 },
      { world: talkingWorld(model, false) },
    );
    const cut = asJson(withLongLines(events.slice(0, -20)));
    const dir = await written(cut, 3 * 2 ** 20);
    const trials = cut.filter(({ type }) => type === 'begun').length;
    for (let trial = 1; trial <= trials; trial += trial < trials - 12 ? 7 : 1) {
      const found = await eventsOf(dir, trial);
      const wanted = cut.filter((event) => 'trial' in event && event.trial === trial);
      assert.deepEqual(found, wanted, `trial ${trial}`);
    }
    assert.deepEqual(await eventsOf(dir, 0), [cut[0]]);
    assert.deepEqual(await eventsOf(dir, trials + 1), []);
  });
}
