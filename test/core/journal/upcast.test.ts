import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readManifest } from '../../../core/journal/manifest.ts';
import { readJournal } from '../../../core/journal/segments.ts';
import { upcast } from '../../../core/journal/upcast.ts';
import type { Event, Settled } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import { settings } from '../../../core/search/settings.ts';
import { initialState, type State } from '../../../core/search/state.ts';

async function foldOf(version: string): Promise<{ events: Event[]; state: State; dir: string }> {
  const dir = fileURLToPath(new URL(`../../fixtures/journal/${version}`, import.meta.url));
  const events = await Array.fromAsync(readJournal(dir));
  const [first, ...rest] = events;
  if (first?.type !== 'opened') throw new Error('a journal begins with opened');
  const state = initialState(first);
  for (const event of rest) if (event.type !== 'opened') applyEvent(state, event);
  return { events, state, dir };
}

test('a run that version 1 wrote is read as it was, and its settings are whole', async () => {
  const { state, dir } = await foldOf('version-1');
  const manifest = readManifest(dir);
  assert.deepEqual(
    { id: state.best.id, score: state.best.outcome.score },
    { id: manifest.best!.id, score: manifest.best!.score },
  );
  assert.equal(state.evaluations, manifest.settings.evaluations);
  assert.equal(state.closed, 'evaluations');
  assert.equal(state.pending.size, 0);
  for (const whole of [state.settings, manifest.settings]) {
    assert.deepEqual(Object.keys(whole).sort(), Object.keys(settings).sort());
    assert.equal(whole.novelty, 'exact');
    assert.equal(whole.banditHorizon, 1000);
  }
});

test('a run that version 2 wrote is read as it was: its arms are pairs, its admissions remove what they evicted', async () => {
  const { state, events, dir } = await foldOf('version-2');
  const manifest = readManifest(dir);
  assert.equal(state.best.id, manifest.best!.id);
  assert.equal(state.evaluations, manifest.settings.evaluations);
  assert.deepEqual(
    state.tallies.map(({ arm }) => arm),
    [
      ...['constants', 'swap', 'replace', 'insert', 'delete', 'crossover', 'policy'].map((operator) => ({
        operator,
      })),
      { operator: 'whole', model: 'exec:node test/fixtures/journal/answer.mjs' },
    ],
  );
  const lines = readFileSync(join(dir, 'journal-0001.jsonl'), 'utf8');
  const evicted = Array.from(lines.matchAll(/"evicts":"([^"]+)"/g), ([, id]) => id!);
  const removed = events.flatMap((event) => {
    const admissions =
      event.type === 'settled'
        ? [event.admission]
        : event.type === 'migrated'
          ? event.moves.map(({ admission }) => admission)
          : [];
    return admissions.flatMap((each) => (each.admitted ? each.removes : []));
  });
  assert.ok(evicted.length > 10 && state.rounds > 0 && events.some(({ type }) => type === 'trained'));
  assert.deepEqual(removed, evicted);
  for (const { elites } of state.islands) assert.ok(elites.length <= state.settings.capacity);
});

test('arms of models that were trained, and what closes, come up as pairs, however often the model names hold an @', () => {
  const trained = { type: 'trained', arms: ['diff@compatible:a@b'], closes: ['whole@x:y', 'swap'] };
  assert.deepEqual(upcast(trained), {
    type: 'trained',
    arms: [{ operator: 'diff', model: 'compatible:a@b' }],
    closes: [{ operator: 'whole', model: 'x:y' }, { operator: 'swap' }],
  });
  assert.deepEqual(upcast({ type: 'begun', trial: 1, arm: 'audit@exec:cat' }), {
    type: 'begun',
    trial: 1,
    arm: { operator: 'audit', model: 'exec:cat' },
  });
});

test('an admission of any version says what it removes', () => {
  const brought = (admission: object): unknown =>
    (upcast({ type: 'settled', admission }) as Settled).admission;
  assert.deepEqual(brought({ admitted: false }), { admitted: false });
  assert.deepEqual(brought({ admitted: true }), { admitted: true, removes: [] });
  assert.deepEqual(brought({ admitted: true, cell: '1,2', evicts: 'trial-3' }), {
    admitted: true,
    cell: '1,2',
    removes: ['trial-3'],
  });
  const now = { admitted: true, removes: ['trial-3', 'trial-4'] };
  assert.deepEqual(brought(now), now);
});

test('events of this version come through as they are, and those of a later one are refused', () => {
  const event = { type: 'begun', trial: 1, arm: { operator: 'diff', model: 'a:b' } };
  assert.equal(upcast(event), event);
  assert.throws(() => upcast({ type: 'opened', version: 4, arms: [], seeds: [] }), {
    name: 'JournalError',
    message: 'Expected a journal of version 1, 2 or 3, got one of version 4: use a newer Atoll',
  });
});
