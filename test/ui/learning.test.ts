import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Trained } from '../../core/search/event.ts';
import { atoll, eventsOf } from '../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-learning-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const args = ['symbolic-regression', '--seed', '3', '--plain', '--workers', '1', '--evaluations'];

async function trainedIn(dir: string): Promise<Trained[]> {
  const events = (await eventsOf(dir)).map((line) => JSON.parse(line));
  return events.filter(({ type }) => type === 'trained');
}

for (const kind of ['table', 'network']) {
  test(`a ${kind} killed with -9 in the midst of its trainings goes on with the same weights, to the same journal`, async () => {
    const [peace, dir] = [join(folder, `${kind}-peace`), join(folder, `${kind}-killed`)];
    const often = ['learning.batch=1', 'learning.minShare=0.3', 'link.minShare=0'];
    const set = ['500', ...[`learning=${kind}`, ...often].flatMap((each) => ['--set', each])];
    assert.equal((await atoll(['run', ...args, ...set, '--dir', peace])).code, 0);
    const trained = await trainedIn(peace);
    assert.ok(trained.length >= 4, `${trained.length} trainings`);
    // Struck as the second weights are written: mostly before the journal has the event that tells of them.
    const strike = { after: 0, from: join(dir, 'checkpoints', `${kind}-2.json`) };
    const ended = await atoll(['run', ...args, ...set, '--dir', dir], strike);
    assert.ok(ended.killed, ended.stderr);
    assert.equal((await atoll(['resume', dir, '--plain'])).code, 0);
    assert.deepEqual(await eventsOf(dir), await eventsOf(peace));
  });
}

test('each training names a file whose hash is right, starts from what was promoted last, and says what it measured', async () => {
  const dir = join(folder, 'table-peace');
  const trained = await trainedIn(dir);
  let from = 0;
  for (const event of trained) {
    assert.equal(event.from, from);
    if (event.promoted) from = event.version;
    assert.ok(event.rollouts >= 8 && event.heldOut && 'duplicates' in event.metrics);
    const { checkpoint } = event;
    assert.ok('path' in checkpoint);
    if (!readdirSync(join(dir, 'checkpoints')).includes(checkpoint.path.split('/')[1]!)) continue;
    const text = readFileSync(join(dir, checkpoint.path));
    assert.equal(createHash('sha256').update(text).digest('hex'), checkpoint.sha256);
  }
  assert.deepEqual(
    trained.map(({ version }) => version),
    trained.map((_, i) => i + 1),
  );
});

test('weights that were changed, or are gone, end a resume with one clear error', async () => {
  for (const [name, harm] of [
    ['changed', (path: string) => writeFileSync(path, '{}')],
    ['gone', (path: string) => rmSync(path)],
  ] as const) {
    const dir = join(folder, name);
    cpSync(join(folder, 'table-peace'), dir, { recursive: true });
    const last = (await trainedIn(dir)).findLast(({ promoted }) => promoted)!;
    harm(join(dir, (last.checkpoint as { path: string }).path));
    const { code, stderr } = await atoll(['resume', dir, '--evaluations', '900', '--plain']);
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^atoll: Expected checkpoints\/table-\d+\.json .* got .*\n$/);
  }
});

test('a search without learning trains nothing and keeps no weights', async () => {
  const dir = join(folder, 'off');
  assert.equal((await atoll(['run', ...args, '300', '--set', 'learning=off', '--dir', dir])).code, 0);
  assert.equal((await trainedIn(dir)).length, 0);
  assert.ok(!readdirSync(dir).includes('checkpoints'));
});
