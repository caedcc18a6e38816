import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atoll, eventsOf } from '../../support/processes.ts';

const main = fileURLToPath(new URL('../../../ui/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'atoll-output-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A command whose standard output or error, a real pipe, is closed by its reader after the first text from it. */
async function closing(stream: 'stdout' | 'stderr', args: readonly string[]) {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (text) => {
      said[name] += text;
      if (name === stream) child[name].destroy();
    });
  }
  const [code] = await once(child, 'close');
  return { ...said, code };
}

/** A problem folder that prints wherever its own code runs, and keeps a timer. */
function noisy(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  writeFileSync(
    join(path, 'problem.mjs'),
    `console.log('loaded');
process.stdout.write('{"not": "ours"}\\n');
setInterval(() => {}, 1000);
export default {
  name: 'noisy',
  brief: 'Add.',
  language: 'javascript',
  entry: 'add',
  cases: [{ id: 'one', use: 'scored', input: 1 }],
  prepare(source) { console.info('prepared'); return source; },
  judge(input, output) { console.log('judged', output); process.stdout.write('raw\\n'); return { score: -Math.abs(output - 100) }; },
  residuals: (input, output) => { console.log('residual'); return [output - 100]; },
};
`,
  );
  writeFileSync(join(path, 'seed.js'), 'export function add(x) {\n  return x + 1;\n}\n');
  return path;
}

test('a listing whose reader goes away after one line ends quietly', async () => {
  for (const args of [['problems'], ['problems', '--json'], ['--help'], ['doctor']]) {
    const { code, stderr } = await closing('stdout', args);
    assert.deepEqual([code, stderr], [0, ''], args.join(' '));
  }
});

test('a search whose standard output is closed stops with one line, and its run can be resumed', async () => {
  for (const view of ['--json', '--plain']) {
    const dir = join(folder, `closed ${view}`);
    const args = ['run', 'symbolic-regression', '--evaluations', '200000', view, '--dir', dir];
    const { code, stderr } = await closing('stdout', args);
    assert.equal(code, 130, stderr);
    assert.equal(
      stderr,
      `atoll: standard output was closed, so the search stopped; nothing is lost: atoll resume '${dir}'\n`,
    );
    const { evaluations } = JSON.parse(
      (await atoll(['resume', dir, '--evaluations', '1', '--json'])).stdout.trim().split('\n').at(-1)!,
    );
    assert.ok(evaluations >= 1);
    assert.equal((await eventsOf(dir)).filter((line) => line.includes('"type":"opened"')).length, 1);
  }
});

test('a search whose standard error is closed goes on to its end', async () => {
  const args = [
    'run',
    noisy('unheard'),
    '--evaluations',
    '60',
    '--json',
    '--dir',
    join(folder, 'unheard-run'),
  ];
  const { code, stdout } = await closing('stderr', args);
  assert.equal(code, 0);
  assert.equal(JSON.parse(stdout.trim().split('\n').at(-1)!).because, 'evaluations');
});

test('what a problem and its judge print goes to standard error, and their timers keep no process', async () => {
  const path = noisy('loud');
  const dir = join(folder, 'loud-run');
  const run = await atoll(['run', path, '--evaluations', '60', '--json', '--dir', dir]);
  assert.equal(run.code, 0, run.stderr);
  const types = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).type);
  assert.equal(types.at(-1), 'summary');
  assert.ok(
    types.every((type) => typeof type === 'string'),
    run.stdout,
  );
  for (const words of ['loaded', '{"not": "ours"}', 'prepared', 'judged', 'raw'])
    assert.ok(run.stderr.includes(words), words);
  const seed = join(path, 'seed.js');
  for (const args of [
    ['evaluate', path, seed, '--json'],
    ['best', dir, '--json'],
  ]) {
    const { code, stdout, stderr } = await atoll(args);
    assert.equal(code, 0, stderr);
    assert.equal(typeof JSON.parse(stdout), 'object');
    assert.match(stderr, /loaded/);
  }
  const report = await atoll(['report', dir]);
  assert.match(report.stdout, /^.*report\.html \(\d+ kB\)\n$/);
  const check = await atoll(['check', path]);
  assert.match(check.stdout, /^seed 1, search cases: .*\n {2}one .*\nready: .*\n$/);
});

test('standard output on a full disk is a failure in one line', {
  skip: !existsSync('/dev/full') && 'needs /dev/full',
}, async () => {
  const full = openSync('/dev/full', 'w');
  const child = spawn(process.execPath, [main, 'problems'], { stdio: ['ignore', full, 'pipe'] });
  let stderr = '';
  child.stderr!.on('data', (text) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  assert.equal(code, 1);
  assert.match(stderr, /^atoll: Expected to write to standard output, got ENOSPC.*\n$/);
});

test('only one file of the commands writes to standard output', () => {
  const { globSync } = process.getBuiltinModule('node:fs');
  const root = fileURLToPath(new URL('../../../ui/', import.meta.url));
  const wrong = globSync('**/*.ts', { cwd: root }).filter(
    (path) =>
      path !== 'text/output.ts' &&
      /process\.stdout|console\.log/.test(readFileSync(join(root, path), 'utf8')),
  );
  assert.deepEqual(wrong, []);
});
