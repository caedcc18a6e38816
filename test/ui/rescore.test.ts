import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readManifest } from '../../core/journal/manifest.ts';
import { readJournal } from '../../core/journal/segments.ts';
import type { Event } from '../../core/search/event.ts';
import { atoll as started } from '../support/processes.ts';

const atoll = (...args: string[]) => started(args);

/** A problem whose programs return a number, with this judge. */
const problem = (judge: string) => `export default {
  name: 'number',
  brief: 'Return a large number.',
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'program.js': 'export function f(x) {\\n  return x * 1.5 + 1;\\n}\\n' }],
  cases: [{ id: 'one', input: 1, use: 'scored' }, { id: 'two', input: 2, use: 'validation' }],
  judge: (input, output) => ${judge},
};
`;

const first = problem('({ score: Math.min(9, Math.abs(Number(output)) || 0) })');

interface Run {
  readonly folder: string;
  readonly dir: string;
  write(text: string): void;
  resume(...more: string[]): ReturnType<typeof atoll>;
  events(): Promise<Event[]>;
}

/** Has `work` do something with a run of 60 evaluations that has ended. */
async function withRun(work: (run: Run) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'atoll-rescore-'));
  const path = join(folder, 'problem.js');
  const dir = join(folder, 'run');
  try {
    writeFileSync(path, first);
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    const ran = await atoll('run', path, '--dir', dir, '--evaluations', '60', '--workers', '1', '--plain');
    assert.equal(ran.code, 0, ran.stderr);
    await work({
      folder,
      dir,
      write: (text) => writeFileSync(path, text),
      resume: (...more) => atoll('resume', dir, '--workers', '1', '--plain', '--evaluations', '90', ...more),
      events: async () => Array.fromAsync(readJournal(dir)),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('a run whose judge was changed is not resumed unless its programs are scored again, and then goes on by the new scores', async () => {
  await withRun(async ({ dir, write, resume, events }) => {
    // The other way round: small is good.
    write(problem('({ score: -Math.abs(Number(output)) })'));
    const refused = await resume();
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /changed since in code .*atoll resume \S+run --rescore/);
    const before = await events();
    assert.equal(before.filter(({ type }) => type === 'rescored').length, 0);

    const gone = await resume('--rescore');
    assert.equal(gone.code, 0, gone.stderr);
    const after = await events();
    assert.deepEqual(after.slice(0, before.length), before);
    const rescored = after.find((each) => each.type === 'rescored')!;
    assert.ok(rescored.outcomes.length > 1);
    for (const { outcome } of rescored.outcomes) assert.ok(outcome.status === 'scored' && outcome.score <= 0);
    const { problem: kept, best } = readManifest(dir);
    assert.equal(kept.hash, rescored.problem.hash);
    assert.ok(best!.score <= 0 && best!.score > -2.5, `${best!.score}`);

    // What was taken up needs no second word, and its journal is read again to the same state.
    const again = await atoll('resume', dir, '--workers', '1', '--plain', '--evaluations', '120');
    assert.equal(again.code, 0, again.stderr);
    const report = await atoll('report', dir);
    assert.equal(report.code, 0, report.stderr);
    assert.ok(readFileSync(join(dir, 'report.html'), 'utf8').includes('number'));
  });
});

test('a program that fails by the changed judge leaves its island, and no island is left empty', async () => {
  await withRun(async ({ write, resume, events }) => {
    write(problem("Number(output) === 2.5 ? { score: 1 } : { invalid: 'not 2.5' }"));
    const gone = await resume('--rescore');
    assert.equal(gone.code, 0, gone.stderr);
    const rescored = (await events()).find((each) => each.type === 'rescored')!;
    assert.ok(rescored.outcomes.some(({ outcome }) => outcome.status === 'invalid'));
    for (const island of rescored.islands) assert.ok(island.length > 0);
  });
});

test('a problem by whose change no recorded score is another is taken up without a word', async () => {
  await withRun(async ({ dir, write, resume, events }) => {
    const { hash } = readManifest(dir).problem;
    write(first.replace('judge:', 'limits: { wallMs: 4000 },\n  judge:'));
    const gone = await resume();
    assert.equal(gone.code, 0, gone.stderr);
    assert.notEqual(readManifest(dir).problem.hash, hash);
    assert.ok((await events()).every(({ type }) => type !== 'rescored'));
  });
});

test('a search goes on past a program on which the judge throws', async () => {
  await withRun(async ({ folder }) => {
    const path = join(folder, 'throws', 'problem.js');
    mkdirSync(join(folder, 'throws'));
    writeFileSync(path, problem("{ if (!(output <= 4)) throw new Error('odd'); return { score: 1 } }"));
    const ran = await atoll('run', path, '--dir', join(folder, 'b'), '--evaluations', '40', '--json');
    assert.equal(ran.code, 0, ran.stderr);
    const failed = (await Array.fromAsync(readJournal(join(folder, 'b')))).filter(
      (each) => each.type === 'evaluated' && each.outcome.status === 'invalid',
    );
    assert.ok(failed.length > 0);
    assert.match(
      JSON.stringify(failed[0]),
      /Expected the judge of number to return a verdict, got Error: odd/,
    );
    const checked = await atoll('check', path);
    assert.equal(checked.code, 0, checked.stderr);
    assert.match(
      checked.stdout,
      /note: Expected the judge of number .* got Error: odd \(case one, output 1e\+308\)/,
    );
  });
});
