import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { atoll } from '../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-wrong-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const fine = {
  name: "'tiny'",
  brief: "'Add.'",
  language: "'javascript'",
  entry: "'add'",
  cases: "[{ id: 'one', use: 'scored', input: 1 }]",
  judge: '(input, output) => ({ score: output - 100 })',
};
const goodSeed = 'export function add(x) {\n  return x + 1;\n}\n';

/** A problem folder with some of its parts replaced. */
function folderWith(name: string, parts: Partial<typeof fine> = {}, seed = goodSeed): string {
  const path = join(folder, name);
  mkdirSync(path);
  const fields = Object.entries({ ...fine, ...parts }).map(([key, value]) => `  ${key}: ${value},`);
  writeFileSync(join(path, 'problem.mjs'), `export default {\n${fields.join('\n')}\n};\n`);
  writeFileSync(join(path, 'seed.js'), seed);
  return path;
}

const run = (problem: string, ...more: string[]) => {
  const dir = join(folder, 'refused');
  return atoll(['run', problem, '--evaluations', '30', '--plain', '--dir', dir, ...more]);
};

const wrong: [what: string, problem: () => string, more: string[], said: RegExp][] = [
  [
    'an unknown problem',
    () => 'no-such-problem',
    [],
    /^atoll: Expected a problem's name \(.*cap-set-8.*\) .*got `no-such-problem`$/,
  ],
  [
    'an unreadable path',
    () => '/no/such/folder',
    [],
    /^atoll: Expected a problem's name .*got `\/no\/such\/folder`$/,
  ],
  [
    'a module that does not load',
    () => folderWith('throws', { brief: 'nonsense' }),
    [],
    /^atoll: Expected .*problem.mjs to load, got nonsense is not defined$/,
  ],
  [
    'a problem with no cases',
    () => folderWith('caseless', { cases: '[]' }),
    [],
    /^atoll: Expected `cases` to hold at least one case, got `\[\]` \(problem tiny\)$/,
  ],
  [
    'a judge that throws',
    () => folderWith('judge', { judge: '() => { throw new Error("oops"); }' }),
    [],
    /^atoll: Expected a seed of tiny to be scored, got `invalid`: case one: Expected the judge of tiny to return a verdict, got .*oops.*$/,
  ],
  [
    'a judge that returns nonsense',
    () => folderWith('nonsense', { judge: '() => 42' }),
    [],
    /^atoll: Expected a seed of tiny to be scored, got `invalid`: case one: Expected the judge of tiny to return a verdict, got .*42.*$/,
  ],
  [
    'a seed that fails',
    () => folderWith('crash', {}, 'export function add() {\n  return nothing;\n}\n'),
    [],
    /^atoll: Expected a seed of tiny to be scored, got `crashed`: .*nothing is not defined.*$/,
  ],
  [
    'a seed that does not parse',
    () => folderWith('syntax', {}, 'export function add( {'),
    [],
    /^atoll: Expected .* of tiny to be scored, got `refused`: .*$/,
  ],
  [
    'a budget of -3',
    () => 'cap-set-8',
    ['--evaluations', '-3'],
    /^atoll: Expected `evaluations` to be a whole number of at least 1, or none for no limit, got `-3`$/,
  ],
  [
    'a budget in words',
    () => 'cap-set-8',
    ['--minutes', 'ten'],
    /^atoll: Expected `minutes` to be a number above 0, or none for no limit, got `ten`$/,
  ],
  [
    'a seed longer than programs may be',
    () =>
      folderWith(
        'long',
        { judge: '() => { throw new Error("was run"); }' },
        `${goodSeed}// ${'x'.repeat(20_000)}\n`,
      ),
    [],
    /^atoll: Expected seed 1 of tiny to have at most 20000 characters, as programs may have, got 200\d\d: shorten it, or allow more \(--set maxProgramSize=N, up to 100000\)$/,
  ],
  [
    'a seed longer than a setting allows',
    () => folderWith('short'),
    ['--set', 'maxProgramSize=20'],
    /^atoll: Expected seed 1 of tiny to have at most 20 characters, as programs may have, got \d+: .*$/,
  ],
  [
    'an unknown setting',
    () => 'cap-set-8',
    ['--set', 'sped=3'],
    /^atoll: Expected a setting \(docs\/settings.md\), got `sped`: did you mean `seed`\?$/,
  ],
  [
    'an unknown option',
    () => 'cap-set-8',
    ['--sped', '3'],
    /^atoll: unknown option '--sped': did you mean --seed\?$/,
  ],
  [
    'no operator left',
    () => 'cap-set-8',
    ['--set', 'operators.builtin=off'],
    /^atoll: Expected at least one operator, got none.*$/,
  ],
];

for (const [what, problem, more, said] of wrong) {
  test(`${what}: one clear line, status 2, no directory left`, async () => {
    const { code, stderr } = await run(problem(), ...more);
    assert.equal(code, 2, stderr);
    assert.match(stderr.trimEnd(), said);
    assert.equal(existsSync(join(folder, 'refused')), false);
  });
}

test('check finds a seed that is longer than programs may be', async () => {
  const { code, stderr } = await atoll([
    'check',
    folderWith('longer', {}, `${goodSeed}// ${'x'.repeat(20_000)}\n`),
  ]);
  assert.equal(code, 2);
  assert.match(stderr, /^atoll: Expected seed 1 of tiny to have at most 20000 characters, .*\n$/);
});

test('check warns of a case that outweighs all others, and of none where they are of one scale', async () => {
  const cases = "['one', 'two', 'three'].map((id, i) => ({ id, use: 'scored', input: i + 1 }))";
  const lines = async (name: string, scale: number) => {
    const judge = `(input, output) => ({ score: (input === 2 ? ${scale} : 1) * -Math.abs(output - 100) })`;
    const { code, stdout, stderr } = await atoll(['check', folderWith(name, { cases, judge })]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^ready: /m);
    return stdout.match(/^warning: .*$/m)?.[0];
  };
  assert.match(
    (await lines('uneven', 1e4))!,
    /^warning: case two makes 99 % of the differences between the scores of \d+ programs, .*: the score is the mean over cases, /,
  );
  assert.equal(await lines('even', 1), undefined);
});

test('a judge that throws on some programs fails those, with its message, and the search ends as usual', async () => {
  const judge = '(input, output) => { if (output !== 2) throw new Error("late"); return { score: output }; }';
  const dir = join(folder, 'late-run');
  const { code, stderr } = await atoll([
    'run',
    folderWith('late', { judge }),
    '--evaluations',
    '200',
    '--dir',
    dir,
  ]);
  assert.equal(code, 0, stderr);
  assert.match(
    readFileSync(join(dir, 'journal-0001.jsonl'), 'utf8'),
    /"status":"invalid","feedback":"[^"]*Expected the judge of tiny to return a verdict, got Error: late/,
  );
  assert.equal(JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')).status, 'finished');
});

const kept = join(folder, 'kept');
before(async () => {
  const { code, stderr } = await atoll([
    'run',
    folderWith('good'),
    '--evaluations',
    '40',
    '--plain',
    '--dir',
    kept,
  ]);
  assert.equal(code, 0, stderr);
});

const journal = join(kept, 'journal-0001.jsonl');
const more = ['--evaluations', '60', '--plain'];

test('a problem that draws nothing, and a file that cannot be written, are refused in one line with status 2', async () => {
  const seed = join(folder, 'good', 'seed.js');
  const none = /^atoll: Expected tiny to draw pictures, got a problem without `picture`$/;
  const out = join(folder, 'none.svg');
  for (const args of [
    ['evaluate', join(folder, 'good'), seed],
    ['best', kept],
  ]) {
    const { code, stdout, stderr } = await atoll([...args, '--picture', out]);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr.trimEnd(), none);
  }
  assert.equal(existsSync(out), false);
  const path = folderWith('draws', { judge: "() => ({ score: 1 }),\n  picture: () => '<svg/>'" });
  const { code, stderr } = await atoll(['evaluate', path, join(path, 'seed.js'), '--picture', folder]);
  assert.equal(code, 2);
  assert.match(stderr.trimEnd(), /^atoll: Expected a file that can be written, got `.*`: EISDIR.*$/);
});

test('a directory that is no run is refused', async () => {
  const { code, stderr } = await atoll(['resume', folder]);
  assert.equal(code, 2);
  assert.match(stderr.trimEnd(), /^atoll: Expected .* to be a run directory, got .*$/);
});

test('a run directory that is there already is not searched into', async () => {
  const before = readFileSync(journal);
  const { code, stderr } = await atoll(['run', 'cap-set-8', '--evaluations', '30', '--dir', kept]);
  assert.equal(code, 2);
  assert.match(stderr.trimEnd(), /^atoll: Expected .*kept to be new or empty, got .*$/);
  assert.deepEqual(readFileSync(journal), before);
});

test('a broken line in the middle of a journal is refused with its place, and the file is left as it is', async () => {
  const whole = readFileSync(journal);
  const broken = Buffer.from(whole);
  // Inside an event: the time of a line is under no checksum.
  broken[broken.indexOf('"event":', Math.floor(broken.length / 2)) + 12]! ^= 1;
  writeFileSync(journal, broken);
  const { code, stderr } = await atoll(['resume', kept, ...more]);
  assert.equal(code, 2, stderr);
  assert.match(stderr.trimEnd(), /^atoll: Expected .*journal-0001.jsonl line \d+ .*, got .*$/);
  assert.deepEqual(readFileSync(journal), broken);
  writeFileSync(journal, whole);
});

test('the journal of another problem is refused, and goes on once the problem is as it was', async () => {
  const path = join(folder, 'good', 'problem.mjs');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('input: 1', 'input: 2'));
  const { code, stderr } = await atoll(['resume', kept, ...more]);
  assert.equal(code, 2);
  assert.match(
    stderr.trimEnd(),
    /^atoll: Expected .* to be the problem of .*kept as it was .*, got one that was changed since.*$/,
  );
  writeFileSync(path, text);
  const again = await atoll(['resume', kept, ...more]);
  assert.equal(again.code, 0, again.stderr);
});

test('wrong use leaves nothing behind in the folder it was called from', () => {
  assert.deepEqual(
    readdirSync(folder).filter((name) => name.startsWith('runs')),
    [],
  );
});
