import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createManifest } from '../../../core/journal/manifest.ts';
import { readJournal } from '../../../core/journal/segments.ts';
import { configure } from '../../../core/search/configure.ts';
import type { Event } from '../../../core/search/event.ts';
import { finalProgram } from '../../../core/search/final.ts';
import { lineOf } from '../../../ui/report/ancestors.ts';
import { gather } from '../../../ui/report/gather.ts';
import { page } from '../../../ui/report/page.ts';
import { readRunHistory } from '../../../ui/report/run-history.ts';
import { bestOf } from '../../../ui/run/lineage.ts';
import { replay } from '../../../ui/run/run-state.ts';
import { verdictCount, verdictsIn } from '../../core/search/verdicts.ts';
import { standsAlone } from '../../problems/well-formed.ts';
import { atoll } from '../../support/processes.ts';
import { until } from '../../support/until.ts';
import { readPage } from './page-tokens.ts';

const main = fileURLToPath(new URL('../../../ui/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'atoll-report-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const run = join(folder, 'run');

/** The text of the report of a run, and what was said on stderr. */
async function reportOf(dir: string, ...options: string[]) {
  const out = join(folder, 'out.html');
  const { code, stdout, stderr } = await atoll(['report', dir, '--out', out, ...options]);
  assert.equal(code, 0, stderr);
  return { ...readPage(readFileSync(out, 'utf8')), stdout, stderr };
}

/** A problem folder whose programs return a number; what returns more than `most` breaks the held-out case. */
function numbers(name: string, most = 1e9): string {
  const at = join(folder, name);
  mkdirSync(at, { recursive: true });
  writeFileSync(
    join(at, 'problem.ts'),
    `export default {
  name: '${name}', brief: 'A large number.', language: 'javascript', entry: 'f',
  seeds: [{ 'program.js': 'export function f(x) {\\n  return 1 + x;\\n}\\n' }],
  cases: [{ id: 'a', input: 1, use: 'scored' }, { id: 'b', input: 2, use: 'held-out' }],
  judge: (x, y) => x === 2 && y > ${most} ? { invalid: 'too large by far' } : { score: Math.min(1e6, Number(y)) },
};
`,
  );
  return at;
}

before(async () => {
  const args = ['symbolic-regression-centre-of-mass', '--seed', '3', '--evaluations', '400', '--json'];
  const { code, stderr } = await atoll(['run', ...args, '--dir', run]);
  assert.equal(code, 0, stderr);
});

test('a report stands in its run directory, and says what the journal says', async () => {
  const { code, stdout } = await atoll(['report', run]);
  assert.equal(code, 0);
  assert.match(stdout, /run\/report\.html \(\d+ kB\)\n$/);
  const { text, elements } = readPage(readFileSync(join(run, 'report.html'), 'utf8'));
  const { id, score, test: held, lineage } = await bestOf(run);
  const said = (value: number) => (10 ** -value).toExponential(3);
  assert.match(text, new RegExp(`symbolic-regression-centre-of-mass\\s+Finished: .*\\n${said(held!)}\\n`));
  assert.ok(text.includes(`${said(score)}${id}`), 'the best in the search');
  for (const step of lineage) assert.ok(text.includes(step.note), step.note);
  assert.equal(elements.filter(({ attributes }) => attributes.class === 'diff').length, lineage.length - 1);
  assert.ok(text.includes('atoll run symbolic-regression-centre-of-mass --seed 3 --evaluations 400'));
  const ids = elements.filter(({ name }) => name === 'section').map(({ attributes }) => attributes.id);
  assert.deepEqual(ids, 'picture course program lineage arms cost islands cases learnt again'.split(' '));
});

test('the command of a report makes the same search again', async () => {
  const { text } = await reportOf(run);
  const command = /atoll (run symbolic[^\n]*)/.exec(text)![1]!;
  const again = join(folder, 'again');
  const { code, stderr } = await atoll([...command.split(' '), '--plain', '--dir', again]);
  assert.equal(code, 0, stderr);
  assert.deepEqual((await bestOf(again)).files, (await bestOf(run)).files);
});

test('the report of a run agrees with the fold of its journal', async () => {
  const history = (await readRunHistory(readJournal(run)))!;
  const { state } = (await replay({ read: () => readJournal(run) }, run))!;
  const events = await Array.fromAsync(readJournal(run));
  const { islandHistory, pulls, best, programs, failures } = history;
  assert.deepEqual(
    islandHistory.bests.map((line) => line.at(-1)!.score),
    state.islands.map(({ elites }) => elites[0]!.elite.outcome.score),
  );
  assert.equal(islandHistory.migrations.length, state.rounds);
  const { id, source, outcome } = finalProgram(state);
  assert.deepEqual([best.id, best.source, best.outcome], [id, source, outcome]);
  for (const [arm, counts] of pulls.counts) {
    const ends = Object.values(verdictsIn(events).get(arm)!).reduce((sum, each) => sum + each, 0);
    assert.equal(
      counts.reduce((sum, each) => sum + each, 0),
      ends,
      arm,
    );
  }
  for (const { elites } of state.islands)
    for (const { elite } of elites) assert.equal(programs.get(elite.id)?.score, elite.outcome.score);
  const failed = verdictCount(events, 'failed');
  assert.ok([...failures.values()].reduce((sum, each) => sum + each, 0) >= failed);
  assert.deepEqual(
    lineOf(best.id, programs).map(({ id }) => id),
    (await bestOf(run)).lineage.map(({ id }) => id),
  );
});

test('the report shows notes of the user and trainings where there are any', async () => {
  const trained: Event = {
    type: 'trained',
    policy: 'table',
    version: 2,
    from: 1,
    rollouts: 64,
    metrics: { loss: 0.25 },
    heldOut: { before: -1.5, after: -1.25 },
    promoted: true,
    milliseconds: 12,
    checkpoint: { remote: 'somewhere' },
  };
  async function* events(): AsyncGenerator<Event> {
    yield* readJournal(run);
    yield { type: 'noted', text: 'Mind the <edges>.' };
    yield trained;
  }
  const history = await readRunHistory(events());
  const { text } = readPage(page({ ...(await gather(run)), history }));
  assert.match(text, /Notes to the models\s*Mind the <edges>\./);
  assert.match(text, /Training[\s\S]*table 2[\s\S]*64[\s\S]*-1\.5 to -1\.25[\s\S]*yes[\s\S]*0\.25/);
});

test('charts and the picture of the problem are written as files that stand alone', async () => {
  const pictures = join(folder, 'pictures');
  const { stdout } = await reportOf(run, '--pictures', pictures);
  const names = 'curve family arms endings evaluations islands picture'
    .split(' ')
    .map((name) => `${name}.svg`);
  assert.ok(stdout.endsWith(`${pictures}: ${names.join(' ')}\n`), stdout);
  standsAlone(readFileSync(join(pictures, 'picture.svg'), 'utf8'));
  for (const name of names) {
    const svg = readFileSync(join(pictures, name), 'utf8');
    assert.match(svg, /^<svg [^>]*viewBox="0 0 \d+ \d+"/);
    assert.doesNotMatch(svg, /NaN|undefined|Infinity|<script|href|url\(/);
  }
});

test('a run whose seeds were not scored yet gives a report that says so', async () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  const problem = { name: 'tsp-construct-50', hash: '0'.repeat(64), path: 'tsp-construct-50' };
  const versions = { atoll: '0.1.0', node: '24.0.0' };
  const settings = configure({ seed: 4 });
  await createManifest(empty, {
    version: 1,
    problem,
    settings,
    status: 'running',
    seconds: 0,
    versions,
    sessions: [],
  });
  const { text } = await reportOf(empty);
  assert.match(text, /Cut off; it can be resumed\./);
  assert.match(text, /There is nothing to report yet: the seed programs were not scored\./);
  assert.ok(text.includes('atoll run tsp-construct-50 --seed 4\n'));
});

test('a run whose best program is the seed gives a report that says so', async () => {
  const seeded = join(folder, 'seeded');
  const { code, stderr } = await atoll([
    'run',
    'tsp-construct-50',
    '--evaluations',
    '1',
    '--plain',
    '--dir',
    seeded,
  ]);
  assert.equal(code, 0, stderr);
  const { text } = await reportOf(seeded);
  assert.match(text, /No program was better than the baseline\./);
  assert.match(text, /The best program is the seed itself\./);
});

test('a best program that fails on the held-out cases is quoted by the search, with the failure beside it', async () => {
  const failing = join(folder, 'failing');
  const args = [numbers('too-large', 3), '--evaluations', '60', '--seed', '2', '--plain', '--dir', failing];
  const { code, stderr } = await atoll(['run', ...args]);
  assert.equal(code, 0, stderr);
  assert.equal(JSON.parse(readFileSync(join(failing, 'run.json'), 'utf8')).best.test, null);
  const { text } = await reportOf(failing);
  assert.match(text, /, on the search cases/);
  assert.match(text, /The best program fails on the 1 test case: invalid, case b: too large by far/);
});

test('a problem that is gone, or was changed since, is reported without being run, in words', async () => {
  const problem = numbers('moved');
  const moved = join(folder, 'moved-run');
  const { code, stderr } = await atoll(['run', problem, '--evaluations', '60', '--plain', '--dir', moved]);
  assert.equal(code, 0, stderr);
  const text = readFileSync(join(problem, 'problem.ts'), 'utf8');
  writeFileSync(join(problem, 'problem.ts'), text.replace('Math.min(1e6', 'Math.min(1e5'));
  const changed = await reportOf(moved);
  assert.match(changed.text, /The problem was changed since: the best program was not run again/);
  assert.match(changed.stderr, /^atoll: The problem was changed since/);
  rmSync(problem, { recursive: true });
  const gone = await reportOf(moved);
  assert.match(gone.text, /could not be loaded \(`atoll check` says why\), so scores are bare numbers/);
  assert.match(gone.text, /\d+\nscore, on the test cases|\d+\nscore, on the search cases/);
});

test('a run can be reported while it goes on, and is left as it was', async () => {
  const going = join(folder, 'going');
  const args = ['run', 'symbolic-regression', '--evaluations', '1000000', '--plain', '--dir', going];
  const child = spawn(process.execPath, [main, ...args], { stdio: 'ignore' });
  try {
    await until(() => existsSync(join(going, 'best', 'about.json')));
    const { text } = await reportOf(going);
    assert.match(text, /It is still running\./);
    assert.equal(child.exitCode, null);
  } finally {
    child.kill('SIGINT');
  }
  const [code] = child.exitCode === null ? await once(child, 'close') : [child.exitCode];
  assert.equal(code, 130);
  const { text } = await reportOf(going);
  assert.match(text, /Interrupted; it can be resumed/);
});

test('a folder that is no run, and a place that cannot be written, are refused in one line', async () => {
  const none = await atoll(['report', folder]);
  assert.deepEqual([none.code, none.stdout], [2, '']);
  assert.match(none.stderr, /^atoll: Expected .* to be a run directory, got no run\.json in it\n$/);
  const nowhere = await atoll(['report', run, '--out', join(folder, 'no', 'such', 'folder.html')]);
  assert.equal(nowhere.code, 2);
  assert.match(nowhere.stderr, /^atoll: Expected to write to \S+, got .*\n$/);
});

test('a journal of version 1 still gives a report', async () => {
  const old = join(folder, 'version-1');
  const fixture = fileURLToPath(new URL('../../fixtures/journal/version-1', import.meta.url));
  cpSync(fixture, old, { recursive: true });
  const { text } = await reportOf(old);
  assert.match(text, /Lineage/);
});
