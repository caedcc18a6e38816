import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure } from '../../core/config.ts';
import { latestArchive, seedArchive } from '../../islands/baselines.ts';
import { uniform } from '../../islands/parents.ts';
import { toySearch, toyWorld } from '../core/toy.ts';

const begun = async (strategy: string, archive: ReturnType<typeof seedArchive>) => {
  const world = { ...toyWorld(), archive };
  const settings = configure({ strategy, evaluations: 60, seed: 2 });
  const { events } = await toySearch(settings, { world });
  const scored = new Set(['seed-1']);
  const parents: string[] = [];
  let latest = 'seed-1';
  for (const event of events) {
    if (event.type === 'begun') {
      parents.push(...event.parents);
      if (strategy === 'sequential') assert.deepEqual(event.parents, [latest]);
    }
    if (event.type === 'settled' && event.admission.admitted) {
      latest = `trial-${event.trial}`;
      scored.add(latest);
    }
  }
  return { parents, scored };
};

test('best-of-n has no parent but the seed', async () => {
  const { parents } = await begun('best-of-n', seedArchive(uniform()));
  assert.ok(parents.length > 30);
  assert.deepEqual(new Set(parents), new Set(['seed-1']));
});

test('sequential refinement goes on from the latest child, whatever it scores', async () => {
  const { parents, scored } = await begun('sequential', latestArchive(uniform()));
  assert.ok(new Set(parents).size > 5);
  for (const parent of parents) assert.ok(scored.has(parent));
});
