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
import { shippedProblems } from '../../ui/run/find-problem.ts';
import { standsAlone } from '../problems/well-formed.ts';
import { drill } from '../support/drill.ts';
import { atoll } from '../support/processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-commands-'));
const dir = join(folder, 'run');
after(() => rmSync(folder, { recursive: true, force: true }));

let lines: Record<string, unknown>[] = [];
before(async () => {
  const { code, stdout, stderr } = await atoll([
    ...[
      'run',
      'symbolic-regression-centre-of-mass',
      '--seed',
      '3',
      '--evaluations',
      '400',
      '--json',
      '--dir',
      dir,
    ],
  ]);
  assert.equal(code, 0, stderr);
  lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
});

const json = async (...args: string[]) => {
  const { code, stdout, stderr } = await atoll(args);
  assert.equal(code, 0, stderr);
  return JSON.parse(stdout);
};

test('run --json prints the events of the journal and ends with the summary of the contract', () => {
  const summary = lines.at(-1)!;
  const fields = 'type run problem seed evaluations best baseline dollars tokens calls seconds because'.split(
    ' ',
  );
  assert.deepEqual(Object.keys(summary), fields);
  assert.equal(summary.type, 'summary');
  assert.equal(summary.run, dir);
  assert.ok(['evaluations', 'target'].includes(summary.because as string));
  const events = readFileSync(join(dir, 'journal-0001.jsonl'), 'utf8').trim().split('\n');
  assert.deepEqual(
    lines.slice(0, -1),
    events.map((line) => JSON.parse(line).event),
  );
});

test('best --json gives score, test, id, files and a lineage from a seed to the program', async () => {
  const best = await json('best', dir, '--json');
  assert.deepEqual(Object.keys(best), ['score', 'test', 'id', 'files', 'lineage']);
  assert.deepEqual({ id: best.id, score: best.score, test: best.test }, lines.at(-1)!.best);
  assert.match(best.lineage[0].id, /^seed-/);
  assert.equal(best.lineage.at(-1).id, best.id);
  for (const [i, step] of best.lineage.slice(1).entries()) assert.equal(step.parents[0], best.lineage[i].id);
});

test('best/ holds the best program, and evaluate gives it the score that the search gave it', async () => {
  const best = await json('best', dir, '--json');
  const [file, text] = Object.entries(best.files)[0] as [string, string];
  assert.equal(readFileSync(join(dir, 'best', file), 'utf8'), text);
  const problem = 'symbolic-regression-centre-of-mass';
  const search = await json('evaluate', problem, join(dir, 'best', file), '--json');
  const fields = ['status', 'score', 'measures', 'verdicts', 'feedback', 'milliseconds', 'usage'];
  assert.deepEqual(Object.keys(search), fields);
  assert.equal(search.score, best.score);
  const held = await json('evaluate', problem, join(dir, 'best', file), '--split', 'test', '--json');
  assert.equal(held.score, best.test);
});

test('evaluate --answer judges what an answer makes of a program, and refuses one that cannot be applied', async () => {
  const problem = 'symbolic-regression-centre-of-mass';
  const best = await json('best', dir, '--json');
  const file = join(dir, 'best', Object.keys(best.files)[0]!);
  const [answer, wrong] = [join(folder, 'answer.md'), join(folder, 'wrong.md')];
  const text = readFileSync(file, 'utf8');
  const name = /export function (\w+)\(/.exec(text)![1]!;
  writeFileSync(
    answer,
    `NOTE: nothing is better\n\n\`\`\`js\nexport function ${name}() {\n  return 0;\n}\n\`\`\`\n`,
  );
  const zero = await json('evaluate', problem, file, '--answer', answer, '--form', 'part', '--json');
  assert.equal(zero.status, 'scored');
  assert.ok(zero.score < best.score, `${zero.score} and ${best.score}`);
  writeFileSync(wrong, '<<<<<<< SEARCH\nnowhere\n=======\nsomewhere\n>>>>>>> REPLACE\n');
  const refused = await json('evaluate', problem, file, '--answer', wrong, '--json');
  assert.deepEqual([refused.status, refused.score], ['refused', null]);
  assert.match(refused.feedback, /Block 1/);
  const { code, stderr } = await atoll(['evaluate', problem, file, '--answer', join(folder, 'none.md')]);
  assert.equal(code, 2);
  assert.match(stderr, /^atoll: Expected an answer that can be read, got .*\n$/);
});

test('evaluate and best draw one picture of one program, and say beside it what they always say', async () => {
  const [drawn, again] = [join(folder, 'evaluate.svg'), join(folder, 'best.svg')];
  const problem = 'symbolic-regression-centre-of-mass';
  const best = await json('best', dir, '--json', '--picture', again);
  assert.deepEqual(best, await json('best', dir, '--json'));
  const file = join(dir, 'best', Object.keys(best.files)[0]!);
  const outcome = await json('evaluate', problem, file, '--json', '--picture', drawn);
  assert.equal(outcome.score, best.score);
  const picture = readFileSync(drawn, 'utf8');
  standsAlone(picture);
  assert.match(picture, /centre-of-mass at 200 points/);
  assert.equal(readFileSync(again, 'utf8'), picture);
});

test('no picture is written of a program that breaks the rules, and evaluate says so', async () => {
  const [file, picture] = [join(folder, 'short.js'), join(folder, 'short.svg')];
  writeFileSync(file, 'export function score() {\n  return NaN;\n}\n');
  const { code, stdout, stderr } = await atoll(['evaluate', 'tsp-construct-50', file, '--picture', picture]);
  assert.equal(code, 0);
  assert.match(stdout, /^crashed: /);
  assert.equal(stderr, 'atoll: no picture, as the program was not scored but `crashed`\n');
  assert.equal(existsSync(picture), false);
});

test('evaluate says what is wrong with a program that fails, with the same fields', async () => {
  const file = join(folder, 'endless.js');
  writeFileSync(file, 'export function priority() {\n  for (;;);\n}\n');
  const outcome = await json('evaluate', 'bin-packing-or3', file, '--json');
  assert.deepEqual([outcome.status, outcome.score, outcome.verdicts], ['timeout', null, []]);
});

test('evaluate takes the files along that a program imports, and says which one is missing', async () => {
  const at = join(folder, 'several');
  mkdirSync(join(at, 'd'), { recursive: true });
  const whole = join(folder, 'whole.js');
  const rule = 'item - remaining + TINY * (capacity - remaining)';
  writeFileSync(
    whole,
    `const TINY = 0.5;\nexport const priority = (item, remaining, capacity) => ${rule};\n`,
  );
  writeFileSync(join(at, 'p.js'), "export { priority } from './d/rule.js';\n");
  writeFileSync(
    join(at, 'd', 'rule.js'),
    `import tiny from './tiny.json' with { type: 'json' };\nconst [TINY] = tiny;\nexport function priority(item, remaining, capacity) { return ${rule} }\n`,
  );
  const missing = await atoll(['evaluate', 'bin-packing-or3', join(at, 'p.js')]);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /^.*d\/rule\.js to import a file that can be read by `\.\/tiny\.json`.*\n$/);
  writeFileSync(join(at, 'd', 'tiny.json'), '[0.5]');
  const [several, one] = [
    await json('evaluate', 'bin-packing-or3', join(at, 'p.js'), '--json'),
    await json('evaluate', 'bin-packing-or3', whole, '--json'),
  ];
  assert.equal(one.status, 'scored');
  const timeless = (printed: object) => ({ ...printed, milliseconds: 0, usage: null });
  assert.deepEqual(timeless(several), timeless(one));
});

for (const [language, seed] of [
  ['javascript', 'seed.js'],
  ['typescript', 'seed.ts'],
] as const) {
  test(`a scaffolded problem in ${language} lives anywhere, is ready as it is, and gets better`, async () => {
    const path = join(folder, `my-${language}`);
    assert.equal((await atoll(['new', path, '--language', language])).code, 0);
    assert.deepEqual(readdirSync(path).sort(), ['README.md', 'package.json', 'problem.ts', seed]);
    const check = await atoll(['check', path]);
    assert.equal(check.code, 0, check.stderr);
    assert.match(check.stdout, /near {2}.*\n.*far {2}/);
    assert.match(check.stdout, /^ready: atoll run /m);
    const run = await atoll([
      'run',
      path,
      '--evaluations',
      '300',
      '--json',
      '--dir',
      join(folder, `mine-${language}`),
    ]);
    assert.equal(run.code, 0, run.stderr);
    assert.equal(run.stderr, '');
    const { best, baseline } = JSON.parse(run.stdout.trim().split('\n').at(-1)!);
    assert.ok(best.score > baseline.score, `${best.score} against ${baseline.score}`);
  });
}

test('a problem cannot be scaffolded in a language that is not registered', async () => {
  const { code, stderr } = await atoll(['new', join(folder, 'none'), '--language', 'fortran']);
  assert.equal(code, 2);
  assert.equal(stderr, 'atoll: Expected `language` to be `javascript` or `typescript`, got `fortran`\n');
  assert.ok(!existsSync(join(folder, 'none')));
});

test('the plain log has a line per improvement, ever better, and ends with the test', async () => {
  const { stdout, code } = await atoll([
    ...[
      'run',
      'symbolic-regression',
      '--seed',
      '2',
      '--evaluations',
      '400',
      '--plain',
      '--dir',
      join(folder, 'plain'),
    ],
  ]);
  assert.equal(code, 0);
  const errors = Array.from(stdout.matchAll(/^ *(?:baseline|[\d,]+) {2}NMSE (\S+)/gm), (match) =>
    Number(match[1]),
  );
  assert.ok(errors.length >= 3, stdout);
  assert.deepEqual(
    errors,
    errors.toSorted((a, b) => b - a),
  );
  assert.match(stdout, /^Test score +NMSE \S+ over 1 test case \(baseline: NMSE 3\.653e\+0\)$/m);
  assert.match(stdout, /^better than +the mean +NMSE 1\.000e\+0 +by definition of NMSE$/m);
  assert.ok(stairs(stdout).length > 3, stdout);
});

/** Rows of a log's curve that its stair passes through. */
const stairs = (stdout: string) =>
  stdout
    .split(/^ *[┴+][─┴+-]+$/m)[0]!
    .split('\n')
    .filter((row) => /[\u2800-\u28ff*]/.test(row));

test('a log that goes on with a search draws all of its curve, in ASCII where nothing else can be shown', async () => {
  const run = join(folder, 'plain');
  const draw = async (env: Record<string, string>) => {
    for (const [name, value] of Object.entries({ LC_ALL: '', LC_CTYPE: '', LANG: '', ...env }))
      process.env[name] = value;
    const { stdout, code } = await atoll(['resume', run, '--plain']);
    assert.equal(code, 0);
    return stdout;
  };
  const before = { ...process.env };
  try {
    const plain = await draw({ LANG: 'C' });
    assert.ok(stairs(plain).length > 3, plain);
    assert.doesNotMatch(plain, /[^\n\x20-\x7e]/);
    const rich = await draw({ LANG: 'C.UTF-8', TERM: 'xterm' });
    assert.ok(stairs(rich).length > 3, rich);
    assert.match(rich, /[\u2800-\u28ff]/);
    assert.doesNotMatch(await draw({ LANG: 'C.UTF-8', TERM: 'dumb' }), /[^\n\x20-\x7e]/);
  } finally {
    for (const name of ['LC_ALL', 'LC_CTYPE', 'LANG', 'TERM']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
});

test('problems lists the suite with what is known of each', async () => {
  const { stdout } = await atoll(['problems']);
  for (const name of [
    'bin-packing-or3',
    'bin-packing-weibull',
    'tsp-construct-50',
    'circle-packing-26',
    'cap-set-8',
  ]) {
    assert.match(stdout, new RegExp(`^${name}$`, 'm'));
  }
  assert.match(stdout, /FunSearch 3\.106 % excess/);
});

test('a shipped problem is ready: its seed is scored, the same twice, on every case', async () => {
  // One in three here and all in the drills: test/problems/suite.test.ts scores the seed of each.
  for (const name of shippedProblems().filter((_, i) => i % drill(3, 1) === 0)) {
    const { code, stdout, stderr } = await atoll(['check', name]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`^ready: atoll run ${name}$`, 'm'));
    assert.match(stdout, /^seed 1, test cases: .* ms of \d+ allowed, the same twice$/m);
  }
});

test('doctor runs a good and an endless program and says so', async () => {
  const { stdout, code } = await atoll(['doctor']);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^ok {4}sandbox: a good program is scored, an endless one timeout, the next scored$/m);
});

test('Ctrl-C before the seeds are scored ends with status 130 and one line, and the search can begin', async () => {
  const run = join(folder, 'early');
  const strike = { after: 0, from: join(run, 'run.json'), signal: 'SIGINT' } as const;
  const args = ['run', 'symbolic-regression', '--evaluations', '30', '--plain', '--dir', run];
  const { code, stdout, stderr } = await atoll(args, strike);
  assert.deepEqual([code, stdout], [130, '']);
  assert.equal(stderr, 'atoll: interrupted before the seeds were scored\n');
  assert.equal((await atoll(['resume', run, '--plain'])).code, 0);
});

test('Ctrl-C ends with status 130, and the search goes on from there', async () => {
  const run = join(folder, 'interrupted');
  const { code, stdout } = await atoll(
    ['run', 'symbolic-regression', '--evaluations', '1000000', '--json', '--dir', run],
    { after: 1000, from: join(run, 'best', 'about.json'), signal: 'SIGINT' },
  );
  assert.equal(code, 130);
  const summary = JSON.parse(stdout.trim().split('\n').at(-1)!);
  assert.equal(summary.because, 'interrupted');
  const more = `${summary.evaluations + 200}`;
  const again = await atoll(['resume', run, '--evaluations', more, '--json']);
  assert.equal(again.code, 0, again.stderr);
  assert.equal(JSON.parse(again.stdout.trim().split('\n').at(-1)!).because, 'evaluations');
});
