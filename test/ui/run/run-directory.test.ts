import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readManifest } from '../../../core/journal/manifest.ts';
import { configure } from '../../../core/search/configure.ts';
import { findProblem } from '../../../ui/run/find-problem.ts';
import { hashOf, partsOf } from '../../../ui/run/problem-hash.ts';
import { createRunDirectory, openRunDirectory } from '../../../ui/run/run-directory.ts';
import type { Summary } from '../../../ui/run/summary.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-run-directory-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A run directory whose only session ended as interrupted. */
async function interrupted(name: string): Promise<string> {
  const dir = join(folder, name);
  const { problem, path } = await findProblem('cap-set-8');
  const about = { name: problem.name, hash: hashOf(problem), path, parts: partsOf(problem) };
  await using run = await createRunDirectory(dir, { problem: about, settings: configure({}), models: [] });
  const best = { id: 'seed-1', score: 1, test: null };
  const program = {
    id: 'seed-1',
    trial: 0,
    source: { 'seed.js': '' },
    outcome: { status: 'scored', score: 1, verdicts: [], measures: {} },
    arm: { operator: 'seed' },
    parents: [],
  } as unknown as Parameters<typeof run.end>[1];
  await run.end({ because: 'interrupted', seconds: 3, best } as unknown as Summary, program);
  return dir;
}

test('opening a run directory and closing it again leaves its run.json as it was', async () => {
  const dir = await interrupted('opened');
  const before = readManifest(dir);
  assert.equal(before.status, 'interrupted');
  {
    await using _ = await openRunDirectory(dir);
    assert.deepEqual(readManifest(dir), before);
  }
  assert.deepEqual(readManifest(dir), before);
});

test('a session that starts and does not end leaves its run as failed', async () => {
  const dir = await interrupted('failed');
  {
    await using run = await openRunDirectory(dir);
    await run.start();
    assert.equal(readManifest(dir).status, 'running');
  }
  const { status, sessions } = readManifest(dir);
  assert.equal(status, 'failed');
  assert.equal(sessions.length, 2);
});

test('a problem that was moved keeps what its hash is made of', async () => {
  const dir = await interrupted('moved');
  const { parts } = readManifest(dir).problem;
  {
    await using run = await openRunDirectory(dir);
    await run.moved(join(folder, 'elsewhere', 'problem.ts'));
  }
  const { problem } = readManifest(dir);
  assert.deepEqual(problem.parts, parts);
  assert.equal(problem.fromRun, join('..', 'elsewhere', 'problem.ts'));
});
