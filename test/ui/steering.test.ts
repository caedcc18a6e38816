import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { readManifest } from '../../core/journal/manifest.ts';
import { readJournal } from '../../core/journal/segments.ts';
import { checkBudgets } from '../../core/search/amendments.ts';
import { configure } from '../../core/search/configure.ts';
import type { Event } from '../../core/search/event.ts';
import { openSteering } from '../../core/search/steering.ts';
import { findProblem } from '../../ui/run/find-problem.ts';
import { openModels } from '../../ui/run/open-models.ts';
import { resume, start } from '../../ui/run/session.ts';
import type { Session, View } from '../../ui/text/view.ts';
import { openScriptedServer } from '../support/scripted-server.ts';
import { until } from '../support/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-steering-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const dir = join(folder, 'run');

/** A view that acts once `count` trials have settled. */
const acting = (acts: Record<number, (session: Session) => void>): View => {
  let session: Session | undefined;
  let settled = 0;
  return {
    signal: new AbortController().signal,
    start(started) {
      session = started;
    },
    event(event) {
      if (event.type === 'settled') acts[++settled]?.(session!);
    },
    async end() {},
  };
};

test('a search with a model is paused, told something, given another budget and stopped, and goes on from there', async () => {
  await using server = await openScriptedServer(5, 20);
  const { problem, path } = await findProblem('bin-packing-or3');
  const models = [`compatible:editor@${server.url}#price=1/4,tokens=2000`];
  const given = { calls: 30, 'operators.builtin': 'off', concurrency: 4 };
  let stoodStill = false;
  const view = acting({
    5: async ({ steering, elapsed }) => {
      steering.pause();
      // The trials in flight end first; the clock runs until then.
      await until(async () => {
        const before = elapsed();
        await setTimeout(20);
        return elapsed() === before;
      });
      stoodStill = true;
      steering.go();
    },
    8: ({ steering }) => steering.note('Prefer tight\nfits.'),
    9: ({ steering }) => steering.amend({ calls: 60 }),
    14: ({ steering }) => steering.stop(),
  });
  const settings = configure(given, true);
  const summary = await start({ problem, path, settings, models, dir, workers: 1 }, view);
  assert.ok(stoodStill, 'time stands still while nothing is running');
  assert.equal(summary.because, 'interrupted');
  assert.equal(readManifest(dir).status, 'interrupted');
  const first = await Array.fromAsync(readJournal(dir));
  const at = first.findIndex((_, i) => of(first.slice(0, i + 1), 'settled').length === 14);
  assert.deepEqual([of(first.slice(at + 1), 'asked'), of(first.slice(at + 1), 'begun')], [[], []]);
  assert.equal(of(first, 'asked').length, of(first, 'answered').length);
  assert.equal(server.requests.length, summary.calls);

  const again = await resume({ dir, budgets: {}, workers: 1 }, acting({}));
  assert.deepEqual([again.because, again.calls], ['calls', 60]);
  assert.equal(server.requests.length, 60);
  const events = await Array.fromAsync(readJournal(dir));
  assert.deepEqual(events.slice(0, first.length), first);
  const noted = events.findIndex(({ type }) => type === 'noted');
  const told = new Set(of(events.slice(noted), 'begun').map(({ trial }) => trial));
  for (const { trial, purpose, messages } of of(events, 'asked')) {
    if (purpose !== 'propose') continue;
    const says = messages.some(({ text }) => text.includes('- Prefer tight fits.'));
    assert.equal(says, told.has(trial), `trial ${trial}`);
  }
  const times = of(events, 'settled').map(({ elapsed }) => elapsed!);
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
});

test('dollars cannot become a budget where the price of a model is not known, and nothing changes then', async () => {
  await using open = await openModels({
    models: ['compatible:editor@http://models.invalid/v1'],
    settings: configure({}, true),
  });
  const steering = openSteering((budgets) => {
    checkBudgets(budgets);
    open.allow(budgets);
  });
  assert.throws(() => steering.amend({ dollars: 1 }), {
    name: 'ConfigError',
    message: /^Expected a price for compatible:editor.* since dollars are limited, got none/,
  });
  steering.amend({ dollars: null, calls: 7 });
  assert.deepEqual(steering.drain(), [{ type: 'amended', settings: { dollars: null, calls: 7 } }]);
});

function of<T extends Event['type']>(events: readonly Event[], type: T): Extract<Event, { type: T }>[] {
  return events.filter((event): event is Extract<Event, { type: T }> => event.type === type);
}
