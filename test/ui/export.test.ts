import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
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
import { after, test } from 'node:test';
import { Command } from 'commander';
import { frame } from '../../core/journal/lines.ts';
import { defineProblem } from '../../core/languages/define-problem.ts';
import type { Event } from '../../core/search/event.ts';
import { exporter } from '../../ui/commands/export.ts';
import { isSeed } from '../../ui/export/dataset/cut.ts';
import { kinds } from '../../ui/export/dataset/kinds.ts';
import { isPrivate } from '../../ui/export/dataset/private.ts';
import { type DatasetManifest, exportRuns } from '../../ui/export/export.ts';
import { keptApart } from '../../ui/export/gather.ts';
import { runsIn } from '../../ui/export/runs.ts';
import { verify } from '../../ui/export/verify.ts';
import { atoll } from '../support/processes.ts';

const fixtures = new URL('../fixtures/export/', import.meta.url).pathname;
const problem = join(fixtures, 'near-line');
const folder = mkdtempSync(join(tmpdir(), 'atoll-export-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A copy of the recorded run, its events changed or some left out. */
function runLike(name: string, change: (event: Event) => Event | undefined = (event) => event): string {
  const dir = join(folder, name);
  cpSync(join(fixtures, 'run'), dir, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8'));
  manifest.problem.path = join(problem, 'problem.ts');
  writeFileSync(join(dir, 'run.json'), JSON.stringify(manifest));
  const path = join(dir, 'journal-0001.jsonl');
  const lines = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const event = change(JSON.parse(line).event);
      return event ? [frame(JSON.stringify(event), 0)] : [];
    });
  writeFileSync(path, lines.join(''));
  return dir;
}

const run = runLike('near');

interface Given {
  readonly as: string;
  readonly from?: readonly string[];
  readonly limit?: number;
  readonly heldOut?: number;
  readonly text?: string;
}

let made = 0;
async function exported({ as, from = [run], limit = 10_000, heldOut = 0.2, text }: Given, into?: string) {
  const out = into ?? join(folder, `out-${++made}`);
  const kind = kinds.find(({ name }) => name === as)!;
  const apart = text === undefined ? undefined : { name: 'apart.txt', text };
  const runs = await runsIn(from);
  const manifest = await exportRuns({
    kind,
    runs,
    out,
    share: { limit, heldOut },
    licence: 'CC0-1.0',
    apart,
  });
  return { out, manifest };
}

const rowsIn = (out: string, path: string): any[] =>
  existsSync(join(out, path))
    ? readFileSync(join(out, path), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];
const took = ({ filters }: DatasetManifest, name: string): number =>
  filters.find(({ filter }) => filter === name)?.removed ?? 0;
const bytesIn = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => [
        join(parentPath, name).slice(out.length),
        readFileSync(join(parentPath, name), 'utf8'),
      ]),
  );

for (const { name: as } of kinds) {
  test(`${as}: the rows of the recorded run are the golden ones, twice the same bytes, and hold when they are run again`, async () => {
    const given = { as, limit: 4 };
    const first = await exported(given);
    const files = bytesIn(first.out);
    assert.deepEqual(bytesIn((await exported(given)).out), files);
    const { atoll: _, ...manifest } = first.manifest;
    const text = [
      JSON.stringify({ ...manifest, runs: manifest.runs.map(({ run }) => run) }),
      files['/train.jsonl'],
      files['/test.jsonl'],
    ]
      .filter(Boolean)
      .join('\n');
    const golden = join(fixtures, 'golden', `${as}.jsonl`);
    if (process.env.ATOLL_GOLDEN === 'write') {
      mkdirSync(join(fixtures, 'golden'), { recursive: true });
      writeFileSync(golden, text);
    }
    assert.equal(text, readFileSync(golden, 'utf8'), 'ATOLL_GOLDEN=write npm test rewrites the golden files');

    const all = await exported({ as });
    const { rows, programs, wrong } = await verify(all.out, problem);
    assert.deepEqual(wrong, []);
    assert.ok(rows > 0 && programs > 0, `${rows} rows, ${programs} programs`);
    for (const { path, rows: count, sha256 } of all.manifest.files) {
      const bytes = readFileSync(join(all.out, path));
      assert.equal(createHash('sha256').update(bytes).digest('hex'), sha256);
      assert.equal(bytes.toString().trimEnd().split('\n').length, count);
    }
    const whole = Object.values(bytesIn(all.out)).join('\n');
    assert.ok(
      !isPrivate(whole) && !whole.includes('127.0.0.1') && !whole.includes(folder),
      'what is private got out',
    );
  });
}

test('no child of a program that is trained on is an answer of the test set, and none is in both', async () => {
  const parents = new Map<string, string[]>();
  for (const line of readFileSync(join(run, 'journal-0001.jsonl'), 'utf8').trimEnd().split('\n')) {
    const { event } = JSON.parse(line);
    if (event.type === 'begun')
      parents.set(
        `near/trial-${event.trial}`,
        event.parents.map((id: string) => `near/${id}`),
      );
  }
  let tested = 0;
  for (const as of ['dpo', 'grpo', 'edits', 'sft']) {
    const { out } = await exported({ as, heldOut: 0.3 });
    const ids = (split: string): string[] =>
      rowsIn(out, `provenance/${split}.jsonl`)
        .flatMap(({ answers }) => answers.map(({ id }: { id: string }) => id))
        .filter((id) => !isSeed(id));
    const trained = new Set(
      ids('train')
        .flatMap((id) => [id, ...parents.get(id)!])
        .filter((id) => !isSeed(id)),
    );
    for (const id of ids('test')) {
      tested++;
      for (const each of [id, ...parents.get(id)!])
        assert.ok(!trained.has(each), `${each} of ${as} is on both sides`);
    }
  }
  assert.ok(tested > 4, `${tested} held out`);
});

test('an answer that was changed is found out, also where its checksum was changed with it', async () => {
  const { out, manifest } = await exported({ as: 'predict', limit: 5, heldOut: 0 });
  const path = join(out, 'train.jsonl');
  const rows = rowsIn(out, 'train.jsonl');
  rows[1].answer = JSON.stringify('something else');
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  writeFileSync(path, text);
  assert.match((await verify(out)).wrong.join(), /train\.jsonl has other bytes/);
  const sha256 = createHash('sha256').update(text).digest('hex');
  writeFileSync(
    join(out, 'manifest.json'),
    JSON.stringify({ ...manifest, files: [{ path: 'train.jsonl', rows: rows.length, sha256 }] }),
  );
  const { wrong } = await verify(out);
  assert.equal(wrong.length, 1);
  assert.match(wrong[0]!, /train\.jsonl line 2: .* where "something else" is recorded/);
});

test('a text that is planted among the answers is kept out, and so are held-out cases', async () => {
  const { out, manifest } = await exported({ as: 'sft', heldOut: 0 });
  const rows = rowsIn(out, 'train.jsonl');
  const [longest] = rows.map((row): string => row.completion[0].content).sort((a, b) => b.length - a.length);
  const apart = await exported({ as: 'sft', heldOut: 0, text: `Something.\n${longest}` });
  assert.ok(took(apart.manifest, 'contaminated') > took(manifest, 'contaminated'));
  assert.ok(
    !rowsIn(apart.out, 'train.jsonl')
      .map((row): string => row.completion[0].content)
      .includes(longest!),
  );
  assert.equal(apart.manifest.apart!.name, 'apart.txt');

  const secret = Array.from({ length: 15 }, (_, i) => 1 + i * i);
  const shown = Array.from({ length: 15 }, (_, i) => 7 + i * i);
  const held = defineProblem({
    ...(await runsIn([run]))[0]!.problem,
    cases: [
      { id: 'a', input: shown, use: 'shown' },
      { id: 'b', input: [secret, shown], use: 'held-out' },
    ],
  });
  const reserved = keptApart([{ ...(await runsIn([run]))[0]!, problem: held }], '');
  assert.ok(reserved.meets(`export const table = [${secret.join(', ')}];`));
  assert.ok(!reserved.meets(`export const table = [${shown.join(', ')}];`));
});

test('a key in an answer and a path in a program reach no file', async () => {
  const key = `sk-${'0a1b2c3d'.repeat(4)}`;
  const path = '/home/ada/desk/notes.txt';
  let planted = 0;
  const dir = runLike('leaky', (event) => {
    if (event.type === 'answered' && 'text' in event.answer && event.trial % 2 === 0 && planted++ < 99)
      return { ...event, answer: { ...event.answer, text: `${key}\n${event.answer.text}` } };
    if (event.type === 'proposed' && 'source' in event && event.trial % 3 === 0 && planted++ < 99)
      return {
        ...event,
        source: {
          'program.js': event.source['program.js']!.replace('// EVOLVE-BLOCK-START\n', `$&// ${path}\n`),
        },
      };
    return event;
  });
  let removed = 0;
  for (const { name: as } of kinds) {
    const { out, manifest } = await exported({ as, from: [dir] });
    const text = Object.values(bytesIn(out)).join('\n');
    assert.ok(!text.includes(key) && !text.includes('/home/ada'), as);
    removed += took(manifest, 'private');
  }
  assert.ok(planted > 10 && removed > planted / 2, `${planted} planted, ${removed} removed`);
});

test('two runs make one data set, in which a program that both found is there once', async () => {
  const duplicate = runLike('again');
  const one = await exported({ as: 'sft', heldOut: 0 });
  const both = await exported({ as: 'sft', from: [run, duplicate], heldOut: 0 });
  assert.deepEqual(
    both.manifest.runs.map(({ run: name }) => name),
    ['near', 'again'],
  );
  assert.equal(both.manifest.trials, 2 * one.manifest.trials);
  assert.ok(took(both.manifest, 'duplicate') >= rowsIn(one.out, 'train.jsonl').length);
  const ids = (out: string): string[] =>
    rowsIn(out, 'provenance/train.jsonl').flatMap(({ answers }) =>
      answers.map(({ id }: { id: string }) => id),
    );
  assert.deepEqual(ids(both.out), ids(one.out));
});

test('probabilities that a model told with its answer, and the weights that gave it, are in its rollouts', async () => {
  const drawn = { tokens: [5, 6, 7], logprobs: [-0.5, -0.25, -1] };
  const [asked] = readFileSync(join(run, 'journal-0001.jsonl'), 'utf8').match(/"model":"compatible:[^"]+"/)!;
  const model = JSON.parse(`{${asked}}`).model as string;
  const dir = runLike('drawn', (event) => {
    if (event.type === 'answered' && 'text' in event.answer)
      return { ...event, answer: { ...event.answer, drawn } } as Event;
    return JSON.parse(JSON.stringify(event).replaceAll(model, `${model}#weights=step-3`));
  });
  const { out } = await exported({ as: 'grpo', from: [dir], heldOut: 0 });
  const rollouts = rowsIn(out, 'train.jsonl').flatMap((row) => row.rollouts);
  const own = rollouts.flatMap((each) => (each.own ?? (each.version === 'step-3' ? each : [])) as any[]);
  assert.ok(own.length > 10, `${own.length} of ${rollouts.length}`);
  for (const { tokens, logprobs, policy, version } of own) {
    assert.deepEqual(
      { tokens, logprobs, policy, version },
      { ...drawn, policy: 'compatible:editor', version: 'step-3' },
    );
  }
});

test('a run that has not begun, one in the midst of a line, and an export made again leave what they should', async () => {
  const out = join(folder, 'dataset');
  const { code, stdout } = await atoll([
    'export',
    runLike('young', (event) => (event.type === 'opened' ? event : undefined)),
    '--as',
    'sft',
    '--out',
    out,
    '--json',
  ]);
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(stdout).files, []);
  assert.deepEqual(readdirSync(out), ['manifest.json']);

  const torn = runLike('torn');
  appendFileSync(join(torn, 'journal-0001.jsonl'), '{"at":1,"length":9');
  const { manifest } = await exported({ as: 'sft', from: [torn], heldOut: 0.3 }, out);
  assert.deepEqual(
    manifest.files.map(({ path }) => path),
    ['train.jsonl', 'provenance/train.jsonl', 'test.jsonl', 'provenance/test.jsonl'],
  );
  await exported({ as: 'sft', heldOut: 0 }, out);
  assert.deepEqual(Object.keys(bytesIn(out)).sort(), [
    '/manifest.json',
    '/provenance/train.jsonl',
    '/train.jsonl',
  ]);
});

test('an export by command lands in the run, says what it excludes, and is verified by command', async () => {
  const dir = runLike('commanded');
  const { code, stdout, stderr } = await atoll([
    'export',
    dir,
    '--as',
    'dpo',
    '--held-out',
    '0',
    '--licence',
    'MIT',
  ]);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /datasets\/dpo\/train\.jsonl {2}\d+ rows\n {2}left out \d+ trials: kind/);
  const out = join(dir, 'datasets', 'dpo');
  assert.equal(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).licence, 'MIT');
  const held = await atoll(['export', '--verify', out, '--problem', problem]);
  assert.equal(held.code, 0, held.stderr);
  assert.match(held.stdout, /^\d+ rows hold: \d+ programs were run again\n$/);
  appendFileSync(join(out, 'train.jsonl'), '\n');
  assert.equal((await atoll(['export', '--verify', out, '--problem', problem])).code, 1);
});

test('what cannot be exported is refused in one line with status 2', async () => {
  const full = join(folder, 'full');
  mkdirSync(full);
  writeFileSync(join(full, 'thesis.txt'), 'mine');
  const changed = runLike('changed');
  const manifest = JSON.parse(readFileSync(join(changed, 'run.json'), 'utf8'));
  writeFileSync(
    join(changed, 'run.json'),
    JSON.stringify({ ...manifest, problem: { ...manifest.problem, hash: 'f'.repeat(64) } }),
  );
  const cases: [string[], RegExp][] = [
    [['--as', 'sft'], /Expected the directory of a run, got none/],
    [[run], /Expected `--as` to be one of sft, .* got nothing/],
    [[run, '--as', 'poems'], /Expected `--as` to be one of sft, .* got `poems`/],
    [[run, run, '--as', 'sft'], /Expected each run once, got .* twice/],
    [[folder, '--as', 'sft'], /to be a run directory, got no run\.json in it/],
    [
      [run, '--as', 'sft', '--held-out', '1'],
      /Expected `--held-out` to be a number from 0 to below 1, got `1`/,
    ],
    [[run, '--as', 'sft', '--limit', '0'], /Expected `--limit` to be a whole number of at least 1, got `0`/],
    [[run, '--as', 'sft', '--decontaminate', join(folder, 'nothing')], /Expected a text that can be read/],
    [
      [run, '--as', 'sft', '--out', full],
      /to be new, empty or an earlier export, got a folder with thesis\.txt in it/,
    ],
    [[changed, '--as', 'sft'], /as it was \(hash ffffffff\), got one that was changed since/],
    [['--verify', full], /to be a data set, got no manifest\.json in it/],
    [['--verify', full, run], /Expected --verify to stand without runs/],
  ];
  for (const [args, wanted] of cases) {
    const command = new Command('atoll').exitOverride().configureOutput({ writeErr: () => {} });
    exporter(command);
    await assert.rejects(
      command.parseAsync(['export', ...args], { from: 'user' }),
      ({ name, message }: Error) => {
        assert.match(message, wanted, args.join(' '));
        assert.ok(!message.includes('\n'), message);
        return name === 'ConfigError';
      },
    );
  }
  const { code, stdout, stderr } = await atoll(['export', folder, '--as', 'sft']);
  assert.deepEqual({ code, stdout }, { code: 2, stdout: '' });
  assert.match(stderr, /^atoll: Expected .* to be a run directory, got no run\.json in it\n$/);
  assert.equal(readFileSync(join(full, 'thesis.txt'), 'utf8'), 'mine');
});
