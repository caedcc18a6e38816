import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { settings } from '../../../core/config.ts';
import { evolve } from '../../../core/evolve.ts';
import { readManifest } from '../../../core/journal/manifest.ts';
import { readJournal } from '../../../core/journal/segments.ts';
import { opening, type State } from '../../../core/state.ts';

test('a run that version 1 wrote is read as it was, and its settings are whole', async () => {
  const dir = fileURLToPath(new URL('../../fixtures/journal/version-1', import.meta.url));
  let state: State | undefined;
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened') state = opening(event);
    else evolve(state!, event);
  }
  const manifest = readManifest(dir);
  assert.deepEqual(
    { id: state!.best.id, score: state!.best.outcome.score },
    { id: manifest.best!.id, score: manifest.best!.score },
  );
  assert.equal(state!.evaluations, manifest.settings.evaluations);
  assert.equal(state!.closed, 'evaluations');
  assert.equal(state!.pending.size, 0);
  for (const whole of [state!.settings, manifest.settings]) {
    assert.deepEqual(Object.keys(whole).sort(), Object.keys(settings).sort());
    assert.equal(whole.novelty, 'exact');
    assert.equal(whole.memory, 1000);
  }
});
