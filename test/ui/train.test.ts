import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atoll, killed } from '../../bench/kills.ts';
import { accountOf, alone, harass, immortal, tokensIn, toyIn } from '../../bench/trainer-kills.ts';
import type { Event } from '../../core/event.ts';
import { readQueue } from '../../core/journal/queue.ts';
import { readJournal } from '../../core/journal/segments.ts';
import { queueOf } from '../../ui/training.ts';
import { openAdapterServer } from '../fixtures/adapter-server.ts';
import { openTrainerServer, saved } from '../fixtures/trainer-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-train-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { problem, tokenizer } = toyIn(folder);
const key = 'tml-secret-4711';
const trainerScript = fileURLToPath(new URL('../fixtures/adapter-trainer.ts', import.meta.url));

before(() => {
  process.env.TINKER_API_KEY = key;
  process.env.ATOLL_API_KEY = key;
});
after(() => {
  delete process.env.TINKER_API_KEY;
  delete process.env.ATOLL_API_KEY;
});

const policyAt = (url: string, more = ''): string =>
  `tinker:toy@${url}#tokenizer=${tokenizer},chat=plain,tokens=40${more}`;
const eventsIn = async (dir: string): Promise<Event[]> => {
  const events: Event[] = [];
  for await (const event of readJournal(dir)) events.push(event);
  return events;
};
const runOf = (dir: string, policy: string, evaluations: number, ...more: string[]): string[] => [
  ...['run', problem, '--json', '--seed', '2', '--model', policy, '--evaluations', String(evaluations)],
  ...['--dir', dir, ...alone, ...more],
];
const judgementsIn = (events: readonly Event[]) => events.filter((event) => event.type === 'trained');

/** Every text that a run left on disk. */
function textsIn(dir: string): string {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return files.map((each) => readFileSync(join(each.parentPath, each.name), 'utf8')).join('\n');
}

test('a model is trained while it is asked: versions that do no worse get arms, earn trials, and write better programs', async () => {
  const serverDir = join(folder, 'server-1');
  await using server = await openTrainerServer({ dir: serverDir, key });
  const dir = join(folder, 'run-1');
  const policy = policyAt(server.url);
  const { code, stdout, stderr } = await atoll(runOf(dir, policy, 900, '--trainer', 'tinker#rate=2'));
  assert.equal(code, 0, stderr);
  const events = await eventsIn(dir);
  const judgements = judgementsIn(events);
  assert.ok(judgements.length >= 3, `${judgements.length} versions`);
  for (const { heldOut, model, arms, promoted, version, from } of judgements) {
    assert.ok(heldOut && model!.includes('weights=') && version > from);
    assert.equal(arms !== undefined, promoted);
  }
  const arms = judgements.flatMap((each) => each.arms ?? []);
  const pulled = new Set(events.filter((event) => event.type === 'begun').map(({ arm }) => arm));
  assert.ok(arms.length > 1 && arms.slice(0, -1).every((arm) => pulled.has(arm)), 'new arms have trials');
  const { worth, versions, handedOut, twice, wrong } = await accountOf(dir, serverDir, policy);
  assert.deepEqual({ twice, wrong }, { twice: 0, wrong: [] });
  assert.ok(worth.after > worth.before + 1, `${worth.before} before, ${worth.after} after`);
  assert.ok(handedOut >= 24 * versions);
  // Held-out trials and audits are measured by, and never learnt from.
  const learnt = new Set(
    readQueue(queueOf(dir)).flatMap((each) => each.keys.map((name) => Number(name.split('/')[0]))),
  );
  for (const event of events) {
    if (event.type === 'begun' && (event.trial % 5 === 0 || event.audits))
      assert.ok(!learnt.has(event.trial));
  }
  assert.ok(!textsIn(dir).includes(key) && !stdout.includes(key) && !stderr.includes(key));
});

test('a version that writes worse programs is not promoted, gets no arms, and the next starts from the one before', async () => {
  await using server = await openTrainerServer({ dir: join(folder, 'server-2'), harmful: true });
  const dir = join(folder, 'run-2');
  const { code, stderr } = await atoll(runOf(dir, policyAt(server.url), 200, '--trainer', 'tinker'));
  assert.equal(code, 0, stderr);
  const events = await eventsIn(dir);
  const judgements = judgementsIn(events);
  assert.ok(judgements.length >= 2, `${judgements.length} versions`);
  for (const { promoted, heldOut, arms, from } of judgements) {
    assert.deepEqual({ promoted, arms, from }, { promoted: false, arms: undefined, from: 0 });
    assert.ok(heldOut!.after < heldOut!.before);
  }
  const bad = new Set(judgements.map(({ model }) => model));
  const asked = events.filter((event) => event.type === 'begun' && !event.audits);
  assert.ok(
    asked.every((event) => event.type === 'begun' && ![...bad].some((spec) => event.arm.model === spec)),
  );
});

test('engine and server are both killed -9 at random moments, and no answer is learnt from twice or lost', async () => {
  const serverDir = join(folder, 'server-3');
  await using server = await immortal({ dir: serverDir, delay: 8 });
  const dir = join(folder, 'run-3');
  const policy = policyAt(server.url);
  const over = new AbortController();
  const harassed = harass(server, 3, 2000, over.signal);
  const [, ...args] = runOf(dir, policy, 160, '--trainer', 'tinker#rate=1').filter(
    (each, i, all) => each !== '--dir' && all[i - 1] !== '--dir',
  );
  await killed(args, dir, 3, 2500);
  over.abort();
  await harassed;
  const { code, stderr } = await atoll(['train', dir, '--every', '2']);
  assert.equal(code, 0, stderr);
  const { versions, handedOut, twice, wrong } = await accountOf(dir, serverDir, policy);
  assert.deepEqual({ twice, wrong }, { twice: 0, wrong: [] });
  assert.ok(versions >= 2 && handedOut >= 48, `${versions} versions of ${handedOut} answers`);
  // What is left are the trials that are kept from training.
  const again = await atoll(['train', dir, '--every', '2']);
  assert.match(again.stdout, /nothing to train on/);
});

test('answers drawn in pieces go on after a kill where they were cut off: no token is drawn a second time', async () => {
  const serverDir = join(folder, 'server-4');
  await using server = await openTrainerServer({ dir: serverDir, delay: 15 });
  const dir = join(folder, 'run-4');
  const policy = policyAt(server.url, ',piece=2');
  const [, ...args] = runOf(dir, policy, 40).filter(
    (each, i, all) => each !== '--dir' && all[i - 1] !== '--dir',
  );
  const kills = await killed(args, dir, 3, 1500);
  assert.ok(kills >= 2, `killed ${kills} times`);
  const { drawn, journaled } = await tokensIn(dir, serverDir);
  assert.ok(journaled > 150);
  assert.equal(drawn, journaled);
});

test('train trains on a finished run, batch by batch and each answer once; resume measures what came of it', async () => {
  const serverDir = join(folder, 'server-5');
  await using server = await openTrainerServer({ dir: serverDir });
  const dir = join(folder, 'run-5');
  const policy = policyAt(server.url);
  assert.equal((await atoll(runOf(dir, policy, 90))).code, 0);
  assert.ok(!existsSync(queueOf(dir)));
  const first = await atoll([
    ...['train', dir, '--trainer', 'tinker#rate=1', '--objective', 'dapo', '--every', '30'],
    ...['--rounds', '1', '--json'],
  ]);
  assert.equal(first.code, 0, first.stderr);
  const line = JSON.parse(first.stdout.trim());
  assert.deepEqual([line.type, line.version, line.from], ['version', 1, 0]);
  assert.ok(line.rollouts >= 40, `${line.rollouts} answers`);
  const second = await atoll(['train', dir, '--trainer', 'tinker']);
  assert.match(second.stdout, /nothing to train on: fewer than 24 new answers/);
  const journal = readFileSync(join(dir, 'journal-0001.jsonl'), 'utf8');
  const warm = await atoll(['train', dir, '--trainer', 'tinker#rate=1', '--warm', '--rounds', '1', '--json']);
  assert.equal(warm.code, 0, warm.stderr);
  const replayed = JSON.parse(warm.stdout.trim());
  assert.deepEqual([replayed.version, replayed.from], [2, 1]);
  assert.equal(saved(serverDir, replayed.weights).lineage.length, line.rollouts + replayed.rollouts);
  assert.equal(readFileSync(join(dir, 'journal-0001.jsonl'), 'utf8'), journal, 'nothing was run');
  const resumed = await atoll([
    'resume',
    dir,
    '--json',
    '--trainer',
    'tinker#rate=1',
    '--evaluations',
    '200',
  ]);
  assert.equal(resumed.code, 0, resumed.stderr);
  const [judgement] = judgementsIn(await eventsIn(dir));
  assert.deepEqual([judgement!.version, judgement!.rollouts], [2, replayed.rollouts]);
});

for (const harm of [false, true]) {
  const what = harm
    ? 'a harmful adapter is measured, not promoted, and taken out of the server'
    : 'adapters come into a running server, get arms, and those that lose them are taken out';
  test(`vllm: ${what}`, async () => {
    await using server = await openAdapterServer();
    const dir = join(folder, harm ? 'run-harm' : 'run-6');
    mkdirSync(dir);
    const command = `"${process.execPath}" "${trainerScript}"${harm ? ' harm' : ''}`;
    const { code, stderr } = await atoll(
      runOf(
        dir,
        `compatible:toy@${server.url}`,
        220,
        '--trainer',
        `vllm:${command}`,
        '--set',
        'concurrency=4',
      ),
    );
    assert.equal(code, 0, stderr);
    const judgements = judgementsIn(await eventsIn(dir));
    assert.ok(judgements.length >= 2, `${judgements.length} versions`);
    const asked = (name: string) =>
      server.requests.filter(({ path, body }) => path.endsWith('/completions') && body.model === name).length;
    assert.ok(
      harm ? judgements.every(({ promoted }) => !promoted) : judgements.some(({ promoted }) => promoted),
    );
    // The last one may have come too late to be asked.
    for (const { promoted, checkpoint } of judgements.slice(0, -1)) {
      const name = 'remote' in checkpoint ? checkpoint.remote : '';
      // The canary, the audit with a call or two made again, and if it has arms more than that.
      assert.equal(asked(name) > 20, promoted, `${name} was asked ${asked(name)} times`);
    }
    const unloaded = server.requests.filter(({ path }) => path === '/v1/unload_lora_adapter');
    // Two versions with arms, and the last one made.
    const left = harm ? 1 : 3;
    assert.ok(server.loaded.size <= left, `${server.loaded.size} adapters are left`);
    assert.ok(unloaded.length >= judgements.length - left, `${unloaded.length} were taken out`);
    assert.ok(!textsIn(dir).includes(key));
  });
}

test('a search that trains what cannot be trained is refused in one line, and leaves no run', async () => {
  const dir = join(folder, 'refused');
  const policy = policyAt('http://127.0.0.1:1');
  const refused = async (...args: string[]): Promise<string> => {
    const { code, stderr } = await atoll(args);
    assert.deepEqual([code, stderr.trim().split('\n').length, existsSync(dir)], [2, 1, false]);
    return stderr;
  };
  assert.match(
    await refused('run', problem, '--dir', dir, '--trainer', 'tinker'),
    /Expected one --model tinker:\.\.\. for --trainer tinker, got `/,
  );
  assert.match(
    await refused(...runOf(dir, policy, 10, '--trainer', 'tinker', '--order', 'strict')),
    /Expected --order arrival with --trainer, got strict/,
  );
});
