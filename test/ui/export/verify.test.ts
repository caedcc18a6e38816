import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { Provenance } from '../../../ui/export/dataset/kind.ts';
import { verify } from '../../../ui/export/verify.ts';
import { findProblem } from '../../../ui/run/find-problem.ts';
import { hashOf } from '../../../ui/run/problem-hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-verify-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const path = new URL('../../fixtures/export/near-line', import.meta.url).pathname;
const { problem } = await findProblem(path);
const [base] = problem.seeds;

const replacing = (body: string): string =>
  `NOTE: exact\n<<<<<<< SEARCH\n  return slope * x + 2;\n=======\n${body}\n>>>>>>> REPLACE\n`;

/** Two answers with the same score; the slow one loops some millions of times for each case. */
const fast = replacing('  return 3 * x + 4;');
const slow = replacing(
  '  let sum = 0;\n  for (let i = 0; i < 4e6; i++) sum = (sum + i) % 7;\n  return 3 * x + 4 + 0 * sum;',
);

const completion = (content: string) => [{ role: 'assistant', content }];

/** A data set of pairs: its rows with the processor times that their provenance records. */
function dataset(name: string, rows: readonly (readonly [row: object, cpuMs: readonly number[]])[]): string {
  const dir = join(folder, name);
  const provenance = rows.map(([, times], i): Provenance => {
    const answers = [0, 1].map((k) => ({
      id: `r/trial-${2 * i + k + 1}`,
      score: 0,
      ...(times[k] === undefined ? {} : { cpuMs: times[k] }),
    }));
    return { form: 'diff', base: base!, answers };
  });
  const files = [
    ['train.jsonl', rows.map(([row]) => row)],
    ['provenance/train.jsonl', provenance],
  ].map(([file, list]) => {
    const text = (list as object[]).map((each) => `${JSON.stringify(each)}\n`).join('');
    mkdirSync(dirname(join(dir, file as string)), { recursive: true });
    writeFileSync(join(dir, file as string), text);
    return { path: file, rows: rows.length, sha256: createHash('sha256').update(text).digest('hex') };
  });
  const runs = [{ run: 'r', problem: problem.name, hash: hashOf(problem) }];
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify({ version: 1, kind: 'dpo', files, runs }));
  return dir;
}

test('a preference between equal scores is measured again, and holds only for the program that is faster now', async () => {
  const pair = (chosen: string, rejected: string) => ({
    prompt: [],
    chosen: completion(chosen),
    rejected: completion(rejected),
  });
  const dir = dataset('pairs', [
    [pair(fast, slow), [1, 100]],
    // The recorded times say that it is the faster one.
    [pair(slow, fast), [1, 100]],
    [{ input: {}, preferred_output: completion(slow), non_preferred_output: completion(fast) }, [1, 100]],
  ]);
  const { rows, programs, wrong } = await verify(dir, path);
  assert.deepEqual({ rows, programs }, { rows: 3, programs: 6 });
  assert.equal(wrong.length, 2, wrong.join('\n'));
  for (const [i, line] of [2, 3].entries())
    assert.match(
      wrong[i]!,
      new RegExp(
        `^train\\.jsonl line ${line}: prefers [\\d.]+ ms of processor time to [\\d.]+ ms, where 1 ms and 100 ms are recorded$`,
      ),
    );
});

test('a preference between equal scores without less recorded processor time is wrong, whatever the programs need', async () => {
  const row = { prompt: [], chosen: completion(fast), rejected: completion(slow) };
  const dir = dataset('unrecorded', [
    [row, []],
    [row, [100, 100]],
  ]);
  const { wrong } = await verify(dir, path);
  assert.deepEqual(wrong, [
    'train.jsonl line 1: prefers one of two answers that score 0 without less processor time recorded for it',
    'train.jsonl line 2: prefers one of two answers that score 0 without less processor time recorded for it',
  ]);
});
