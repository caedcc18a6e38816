import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { bestOf } from '../../ui/run/lineage.ts';
import { atoll } from '../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-extremes-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Scores and measures at both ends of the number range, whose sums over the cases are no numbers. */
const problem = `export default {
  name: 'huge', brief: 'x', language: 'javascript', entry: 'f', target: 1.7e308,
  seeds: [{ 'program.js': 'export function f(x) {\\n  return -1 * x - 0.5;\\n}\\n' }],
  cases: [1, 2].map((x) => ({ id: 'x-' + x, input: x, use: 'scored' })),
  judge: (_, y) => Number.isFinite(y)
    ? { score: Math.tanh(y) * 1.6e308, measures: { m: Math.tanh(y) * 1.7e308 } }
    : { invalid: 'no' },
};
`;

test('a search whose scores add up to no number ends by its budget, and is resumed and reported', async () => {
  const file = join(folder, 'problem.js');
  const dir = join(folder, 'run');
  writeFileSync(file, problem);
  const ran = await atoll(['run', file, '--seed', '1', '--evaluations', '60', '--dir', dir, '--json']);
  assert.equal(ran.code, 0, ran.stderr);
  const summary = JSON.parse(ran.stdout.trim().split('\n').at(-1)!);
  assert.equal(summary.because, 'evaluations');
  assert.ok(summary.best.score > 1e308 && summary.best.score <= 1.6e308, `${summary.best.score}`);
  assert.ok(!readFileSync(join(dir, 'journal-0001.jsonl'), 'utf8').includes('"score":null'));
  assert.equal((await bestOf(dir)).score, summary.best.score);
  const resumed = await atoll(['resume', dir, '--evaluations', '70', '--plain']);
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.ok((await bestOf(dir)).score >= summary.best.score);
  const reported = await atoll(['report', dir]);
  assert.equal(reported.code, 0, reported.stderr);
  assert.doesNotMatch(readFileSync(join(dir, 'report.html'), 'utf8'), />[^<]*\b(NaN|Infinity)\b/);
});
