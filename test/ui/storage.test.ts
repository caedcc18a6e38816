import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { atoll, eventsOf } from '../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-storage-'));
const mounts: string[] = [];
after(() => {
  for (const place of mounts) execFileSync('umount', ['-l', place]);
  rmSync(folder, { recursive: true, force: true });
});

/** A small disk of its own, or why there can be none here. */
function disk(name: string, options: string): string | undefined {
  const place = join(folder, name);
  mkdirSync(place);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'atoll-test', place], { stdio: 'ignore' });
    mounts.push(place);
    return place;
  } catch {
    return undefined;
  }
}

const small = disk('small', 'size=200k');
const fixed = disk('fixed', 'ro');
const noDisk = (place: string | undefined) => ({
  skip: place === undefined && 'needs the right to mount a disk',
});

/** A problem folder whose seed adds one. */
function problemIn(place: string): string {
  mkdirSync(place, { recursive: true });
  writeFileSync(
    join(place, 'problem.mjs'),
    `export default { name: 'tiny', brief: 'Add.', language: 'javascript', entry: 'add',
  cases: [{ id: 'one', use: 'scored', input: 1 }], judge: (input, output) => ({ score: -Math.abs(output - 1e6) }) };\n`,
  );
  writeFileSync(join(place, 'seed.js'), 'export function add(x) {\n  return x + 1;\n}\n');
  return place;
}

const problem = problemIn(join(folder, 'problem'));
const kept = join(folder, 'kept');
before(async () => {
  const { code, stderr } = await atoll(['run', problem, '--evaluations', '60', '--plain', '--dir', kept]);
  assert.equal(code, 0, stderr);
});

test(
  'a search on a disk that gets full ends with one line, and goes on once there is room',
  noDisk(small),
  async () => {
    const dir = join(small!, 'run');
    const { code, stderr } = await atoll([
      'run',
      problem,
      '--evaluations',
      '100000',
      '--plain',
      '--dir',
      dir,
    ]);
    assert.equal(code, 1, stderr);
    assert.match(
      stderr,
      /^atoll: Expected to write to \S+, got ENOSPC.*: make room on that disk; nothing that was recorded is lost: atoll resume \S+\n$/,
    );
    const recorded = await eventsOf(dir);
    assert.ok(recorded.length > 50, `${recorded.length} events`);
    const still = await atoll(['resume', dir, '--plain']);
    assert.equal(still.code, 1, still.stderr);
    assert.match(still.stderr, /^atoll: Expected to write to \S+, got ENOSPC.*: atoll resume \S+\n$/);
    execFileSync('mount', ['-o', 'remount,size=40m', small!]);
    const again = await atoll(['resume', dir, '--evaluations', '2000', '--plain']);
    assert.equal(again.code, 0, again.stderr);
    const events = await eventsOf(dir);
    assert.deepEqual(events.slice(0, recorded.length), recorded);
  },
);

const wrong: [what: string, args: () => string[], said: RegExp, status: number, disk?: string | undefined][] =
  [
    [
      'a run directory that is a file',
      () => ['run', problem, '--dir', join(problem, 'seed.js')],
      /^atoll: Expected to write to \S+, got EEXIST.*: a file is where a folder has to be$/,
      2,
    ],
    [
      'a run directory below a file',
      () => ['run', problem, '--dir', join(problem, 'seed.js', 'x')],
      /^atoll: Expected to write to \S+, got ENOTDIR.*: a file is where a folder has to be$/,
      2,
    ],
    [
      'a run on a read-only disk',
      () => ['run', problem, '--dir', join(fixed!, 'run')],
      /^atoll: Expected to write to \S+, got EROFS.*: name a place on a disk that is not read-only$/,
      2,
      'fixed',
    ],
    [
      'a report on a read-only disk',
      () => ['report', kept, '--out', join(fixed!, 'r.html')],
      /^atoll: Expected to write to \S+, got EROFS.*$/,
      2,
      'fixed',
    ],
    [
      'a report over a folder',
      () => ['report', kept, '--out', problem],
      /^atoll: Expected to write to \S+, got E\w+.*$/,
      2,
    ],
    [
      'pictures into a file',
      () => ['report', kept, '--pictures', join(problem, 'seed.js')],
      /^atoll: Expected to write to \S+, got EEXIST.*$/,
      2,
    ],
    [
      'a data set into a file',
      () => ['export', kept, '--as', 'sft', '--out', join(problem, 'seed.js')],
      /^atoll: Expected .*, got .*$/,
      2,
    ],
    [
      'a data set on a read-only disk',
      () => ['export', kept, '--as', 'sft', '--out', join(fixed!, 'set')],
      /^atoll: Expected .*, got .*EROFS.*$/,
      2,
      'fixed',
    ],
    [
      'a new problem on a read-only disk',
      () => ['new', join(fixed!, 'mine')],
      /^atoll: Expected to write to \S+, got EROFS.*$/,
      2,
      'fixed',
    ],
    [
      'a run that is a file',
      () => ['resume', join(problem, 'seed.js')],
      /^atoll: Expected \S+ to be a run directory, got .*$/,
      2,
    ],
  ];

for (const [what, args, said, status, needs] of wrong) {
  test(`${what}: one line that names it, status ${status}`, needs ? noDisk(fixed) : {}, async () => {
    const { code, stderr } = await atoll(args());
    assert.equal(stderr.trimEnd().split('\n').length, 1, stderr);
    assert.match(stderr.trimEnd(), said);
    assert.equal(code, status, stderr);
  });
}

test('simultaneous starts get a directory each by default, and never share one that was named', async () => {
  const at = join(folder, 'many');
  mkdirSync(at);
  const from = process.cwd();
  const args = ['run', problem, '--evaluations', '40', '--workers', '1', '--json'];
  const summaryOf = (stdout: string) => JSON.parse(stdout.trim().split('\n').at(-1)!);
  process.chdir(at);
  try {
    const ended = await Promise.all(Array.from({ length: 4 }, () => atoll(args)));
    for (const { code, stderr } of ended) assert.equal(code, 0, stderr);
    assert.equal(new Set(ended.map(({ stdout }) => summaryOf(stdout).run)).size, 4);
    assert.equal(readdirSync(join(at, 'runs')).length, 4);
  } finally {
    process.chdir(from);
  }
  const dir = join(at, 'one');
  const named = await Promise.all(Array.from({ length: 4 }, () => atoll([...args, '--dir', dir])));
  assert.equal(named.filter(({ code }) => code === 0).length, 1, named.map(({ stderr }) => stderr).join(''));
  for (const { code, stderr } of named.filter(({ code }) => code !== 0)) {
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^atoll: Expected \S+ to be (free|new or empty), got [^\n]*\n$/);
  }
  const events = (await eventsOf(dir)).map((line) => JSON.parse(line));
  assert.equal(events.filter(({ type }) => type === 'opened').length, 1);
  assert.equal(events.filter(({ type }) => type === 'closed').length, 1);
});

test('a run moved together with its problem is resumed, tested and reported; a problem moved alone is named once', async () => {
  const project = join(folder, 'project');
  problemIn(join(project, 'tiny'));
  const run = join(project, 'runs', 'one');
  assert.equal(
    (await atoll(['run', join(project, 'tiny'), '--evaluations', '30', '--plain', '--dir', run])).code,
    0,
  );
  const moved = join(folder, 'moved project');
  renameSync(project, moved);
  const dir = join(moved, 'runs', 'one');
  const resumed = await atoll(['resume', dir, '--evaluations', '40', '--plain']);
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal((await atoll(['report', dir])).stderr, '');
  // A copy goes by the problem beside it, and not by the one it was made from.
  const copy = join(folder, 'copy');
  cpSync(moved, copy, { recursive: true });
  rmSync(moved, { recursive: true });
  renameSync(join(copy, 'tiny'), join(copy, 'elsewhere'));
  const lost = await atoll(['resume', join(copy, 'runs', 'one'), '--evaluations', '50', '--plain']);
  assert.equal(lost.code, 2);
  assert.match(
    lost.stderr,
    /^atoll: Expected the problem of \S+ at '?.*, got nothing there; if it was moved: atoll resume \S+ --problem PATH\n$/,
  );
  const told = await atoll([
    'resume',
    join(copy, 'runs', 'one'),
    '--problem',
    join(copy, 'elsewhere'),
    '--evaluations',
    '50',
    '--plain',
  ]);
  assert.equal(told.code, 0, told.stderr);
  const after = await atoll(['resume', join(copy, 'runs', 'one'), '--evaluations', '60', '--plain']);
  assert.equal(after.code, 0, after.stderr);
  const other = await atoll(['resume', join(copy, 'runs', 'one'), '--problem', 'cap-set-8', '--plain']);
  assert.equal(other.code, 2);
  assert.match(other.stderr, /^atoll: Expected .* to be the problem of \S+ as it was/);
});

test('a journal that was emptied, cut in its first line, removed or shortened is refused in words with how to start a new one', async () => {
  const dir = join(folder, 'emptied');
  const path = join(dir, 'journal-0001.jsonl');
  cpSync(kept, dir, { recursive: true });
  const whole = readFileSync(path);
  const refused =
    /^atoll: Expected the journal of \S+ to hold the search whose best program is \S+, got one without events: put its files .* back, or start a new search: atoll run \S+problem\S* --seed 1 --evaluations 60\n$/;
  for (const left of [Buffer.alloc(0), whole.subarray(0, 40), undefined]) {
    if (left) writeFileSync(path, left);
    else rmSync(path);
    const { code, stderr } = await atoll(['resume', dir, '--evaluations', '70', '--plain']);
    assert.equal(code, 2, stderr);
    assert.match(stderr, refused);
  }
  writeFileSync(path, whole.subarray(0, whole.lastIndexOf(10, whole.length / 2) + 1));
  const short = await atoll(['resume', dir, '--evaluations', '70', '--plain']);
  assert.equal(short.code, 2);
  assert.match(
    short.stderr,
    /^atoll: Expected the journal of \S+ to have at least \d+ bytes, .* got \d+: put it back, or remove facts.json to resume from the rest\n$/,
  );
  writeFileSync(path, whole);
  assert.equal((await atoll(['resume', dir, '--evaluations', '70', '--plain'])).code, 0);
});
