import assert from 'node:assert/strict';
import { test } from 'node:test';
import { configure } from '../../core/search/configure.ts';
import { random } from '../../core/search/random.ts';
import { latestArchive, recentArchive, seedArchive, singleArchive } from '../../islands/baselines.ts';
import { uniform } from '../../islands/parents.ts';
import { archiveContract, rankedContract } from '../contracts/archive.ts';
import { toySearch, toyWorld } from '../core/search/toy.ts';
import { elite, ids, populate } from './elites.ts';

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
  const { parents } = await begun('best-of-n', seedArchive({ sample: uniform() }));
  assert.ok(parents.length > 30);
  assert.deepEqual(new Set(parents), new Set(['seed-1']));
});

test('sequential refinement goes on from the latest child, whatever it scores', async () => {
  const { parents, scored } = await begun('sequential', latestArchive({ sample: uniform() }));
  assert.ok(new Set(parents).size > 5);
  for (const parent of parents) assert.ok(scored.has(parent));
});

test('hill climbing has one parent at a time, which gives way to what scores no lower and to nothing else', async () => {
  const world = { ...toyWorld(), archive: singleArchive({ sample: uniform() }) };
  const { events } = await toySearch(
    configure({ strategy: 'hill-climbing', novelty: 'off', evaluations: 100, seed: 5 }),
    {
      world,
    },
  );
  let parent = { id: 'seed-1', score: -99 };
  let drifted = 0;
  const scores = new Map<number, number>();
  for (const event of events) {
    if (event.type === 'begun') assert.deepEqual(event.parents, [parent.id]);
    if (event.type === 'evaluated' && event.outcome.status === 'scored')
      scores.set(event.trial, event.outcome.score);
    if (event.type !== 'settled' || !scores.has(event.trial)) continue;
    const score = scores.get(event.trial)!;
    assert.equal(event.admission.admitted, score >= parent.score);
    if (score === parent.score) drifted += 1;
    if (score >= parent.score) parent = { id: `trial-${event.trial}`, score };
  }
  assert.ok(parent.score > -20, `${parent.score}`);
  assert.ok(drifted > 0, 'no equal was met');
});

for (const [name, archive, most] of [
  ['latest', latestArchive({ sample: uniform() }), 1],
  ['single', singleArchive({ sample: uniform() }), 1],
  ['recent', recentArchive({ capacity: 7, sample: uniform() }), 7],
  ['seeds', seedArchive({ sample: uniform() }), 1],
] as const) {
  rankedContract(name, archive);
  archiveContract(name, archive, ({ elites }) =>
    elites.length > most ? `${elites.length} elites` : undefined,
  );
}

test('the last ones stay, however badly they score', () => {
  const archive = recentArchive({ capacity: 3, sample: uniform() });
  const island = populate(
    archive,
    [9, 5, 7, 1, 2].map((score, i) => elite(`trial-${i + 1}`, [score])),
  );
  assert.deepEqual(new Set(ids(island)), new Set(['trial-3', 'trial-4', 'trial-5']));
});

test('random search breeds from the poor as often as from the good', () => {
  const archive = recentArchive({ capacity: 10_000, sample: uniform() });
  const island = populate(
    archive,
    Array.from({ length: 10 }, (_, i) => elite(`trial-${i + 1}`, [i < 5 ? -1e9 : i])),
  );
  const draws = 20_000;
  const drawn = Array.from({ length: draws }, (_, i) => archive.sample(island, 1, random('each', i))[0]!.id);
  for (const id of ids(island)) {
    const share = drawn.filter((each) => each === id).length / draws;
    assert.ok(Math.abs(share - 0.1) < 0.012, `${id} ${share}`);
  }
});
