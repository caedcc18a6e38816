import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { checkpointsIn } from '../../../core/journal/checkpoints.ts';

const dir = mkdtempSync(join(tmpdir(), 'atoll-checkpoints-'));
after(() => rmSync(dir, { recursive: true, force: true }));

test('the last few weights of each kind stay, and those in use however old they are', async () => {
  const checkpoints = checkpointsIn(dir, 3);
  await checkpoints.write('checkpoints/network-1.json', 'other', []);
  for (let version = 1; version <= 9; version++) {
    await checkpoints.write(`checkpoints/table-${version}.json`, `weights ${version}`, [
      'checkpoints/table-2.json',
    ]);
  }
  assert.deepEqual(readdirSync(join(dir, 'checkpoints')).sort(), [
    'network-1.json',
    'table-2.json',
    'table-7.json',
    'table-8.json',
    'table-9.json',
  ]);
  assert.equal(checkpoints.read('checkpoints/table-2.json'), 'weights 2');
  assert.equal(checkpoints.read('checkpoints/table-3.json'), undefined);
});
