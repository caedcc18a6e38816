import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readJournal } from '../../../core/journal/segments.ts';
import { spanOf } from '../../../core/journal/span.ts';
import { tailJournal } from '../../../core/journal/tail.ts';
import { readQueue, TrainingQueue } from '../../../core/journal/training-queue.ts';
import { armName } from '../../../core/search/arm.ts';
import type { Completed, Event, Prompted } from '../../../core/search/event.ts';
import { queueOf } from '../../../ui/training/held-training.ts';
import { openAdapterServer } from '../../fixtures/adapter-server.ts';
import { logOf, openTrainerServer, saved } from '../../fixtures/trainer-server.ts';
import { drill } from '../../support/drill.ts';
import { harass, immortal } from '../../support/immortal-trainer.ts';
import { atoll, killed } from '../../support/processes.ts';
import { accountOf, alone, tokensIn, toyIn } from '../../support/training-account.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-train-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { problem, tokenizer } = toyIn(folder);
const key = 'tml-secret-4711';
const main = fileURLToPath(new URL('../../../ui/main.ts', import.meta.url));
const trainerScript = fileURLToPath(new URL('../../fixtures/adapter-trainer.ts', import.meta.url));

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
  const pulled = new Set(events.filter((event) => event.type === 'begun').map(({ arm }) => armName(arm)));
  assert.ok(
    arms.length > 1 && arms.slice(0, -1).every((arm) => pulled.has(armName(arm))),
    'new arms have trials',
  );
  const { worth, versions, batched, twice, wrong } = await accountOf(dir, serverDir, policy);
  assert.deepEqual({ twice, wrong }, { twice: 0, wrong: [] });
  assert.ok(worth.after > worth.before + 1, `${worth.before} before, ${worth.after} after`);
  assert.ok(batched >= 24 * versions);
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
  const harassed = harass(server, drill(3, 20), 2000, over.signal);
  const [, ...args] = runOf(dir, policy, 160, '--trainer', 'tinker#rate=1').filter(
    (each, i, all) => each !== '--dir' && all[i - 1] !== '--dir',
  );
  await killed(args, dir, drill(3, 20), 2500);
  over.abort();
  await harassed;
  const { code, stderr } = await atoll(['train', dir, '--every', '2']);
  assert.equal(code, 0, stderr);
  const { versions, batched, twice, wrong } = await accountOf(dir, serverDir, policy);
  assert.deepEqual({ twice, wrong }, { twice: 0, wrong: [] });
  assert.ok(versions >= 2 && batched >= 48, `${versions} versions of ${batched} answers`);
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
  const before = await eventsIn(dir);
  const warmOf = (...more: string[]) => [
    'train',
    dir,
    '--trainer',
    'tinker#rate=1',
    '--warm',
    '--rounds',
    '1',
    ...more,
  ];
  const unbounded = await atoll(warmOf());
  assert.match(
    unbounded.stderr,
    /^atoll: Expected --calls, --tokens or --dollars with --warm .*, got none\n$/,
  );
  const warm = await atoll(warmOf('--json', '--calls', '1000'));
  assert.equal(warm.code, 0, warm.stderr);
  const replayed = JSON.parse(warm.stdout.trim());
  assert.deepEqual([replayed.version, replayed.from], [2, 1]);
  assert.equal(saved(serverDir, replayed.weights).lineage.length, line.rollouts + replayed.rollouts);
  const after = await eventsIn(dir);
  assert.deepEqual(after.slice(0, before.length), before);
  const calls = after.slice(before.length);
  assert.ok(
    calls.length > 16 && calls.every(({ type }) => type === 'prompted' || type === 'completed'),
    'nothing was run',
  );
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
  const asked = (await eventsIn(dir)).filter(({ type }) => type === 'asked' || type === 'prompted');
  assert.equal(
    JSON.parse(resumed.stdout.trim().split('\n').at(-1)!).calls,
    asked.length,
    'one budget for all calls',
  );
  const [judgement] = judgementsIn(await eventsIn(dir));
  assert.deepEqual([judgement!.version, judgement!.rollouts], [2, replayed.rollouts]);
});

/** Starts `atoll`, and kills it with -9 once the journal of a run has `count` more calls of a warm start that ended. */
async function killedAfter(dir: string, count: number, args: readonly string[]): Promise<void> {
  const seen = new AbortController();
  const { size } = await spanOf(dir);
  const child = spawn(process.execPath, [main, ...args], { stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((done) => child.on('close', (_, signal) => done(signal)));
  let left = count;
  for await (const { events } of tailJournal(dir, size, () => false, seen.signal)) {
    left -= events.filter(({ type }) => type === 'completed').length;
    if (left <= 0) seen.abort();
  }
  child.kill('SIGKILL');
  assert.equal(await ended, 'SIGKILL');
}

/** The calls of warm starts, by the key of their prompt. */
async function warmCalls(
  dir: string,
): Promise<Map<string, { prompted: Prompted[]; completed: Completed[] }>> {
  const calls = new Map<string, { prompted: Prompted[]; completed: Completed[] }>();
  for (const event of await eventsIn(dir)) {
    if (event.type !== 'prompted' && event.type !== 'completed') continue;
    const its = calls.get(event.key) ?? { prompted: [], completed: [] };
    calls.set(event.key, its);
    if (event.type === 'prompted') its.prompted.push(event);
    else its.completed.push(event);
  }
  return calls;
}

test('a warm start that is killed -9 in the middle, twice, goes on: no answer is paid for twice, and lost calls count at their worst price', async () => {
  const serverDir = join(folder, 'server-7');
  await using server = await openTrainerServer({ dir: serverDir, delay: 15 });
  const dir = join(folder, 'run-7');
  assert.equal((await atoll(runOf(dir, policyAt(server.url), 60))).code, 0);
  const sampled = () => logOf(serverDir).filter(({ type }) => type === 'sampled').length;
  const before = sampled();
  const args = [
    'train',
    dir,
    '--trainer',
    'tinker#rate=1',
    '--warm',
    '--rounds',
    '1',
    '--json',
    '--calls',
    '1000',
  ];
  await killedAfter(dir, 12, args);
  await killedAfter(dir, 12, args);
  const { code, stdout, stderr } = await atoll(args);
  assert.equal(code, 0, stderr);
  const { rollouts } = JSON.parse(stdout.trim());
  const calls = await warmCalls(dir);
  let lost = 0;
  for (const [key, { prompted, completed }] of calls) {
    assert.match(key, /^warm-1\//);
    assert.equal(completed.length, prompted.length, `${key} is settled`);
    assert.deepEqual(
      prompted.map(({ attempt }) => attempt),
      prompted.map((_, i) => i + 1),
    );
    const faults = completed.filter(({ answer }) => 'fault' in answer);
    assert.equal(completed.length - faults.length, 1, `${key} is answered once`);
    for (const { answer, attempt } of faults) assert.deepEqual(answer.cost, prompted[attempt - 1]!.quote);
    lost += faults.length;
  }
  assert.ok(lost >= 1 && lost <= 16, `${lost} calls were lost`);
  // The server answered no prompt again whose answer had come.
  assert.ok(sampled() - before <= calls.size + lost, `${sampled() - before} for ${calls.size} prompts`);
  const [done] = readQueue(queueOf(dir));
  assert.equal(done!.keys.length, rollouts);
  assert.ok(done!.keys.every((name) => calls.has(name)));
  assert.equal(saved(serverDir, done!.weights!.state).lineage.length, rollouts);
});

test('a warm start stays within its budget and says so, goes on with a larger one, and a batch that waits is trained before it', async () => {
  const serverDir = join(folder, 'server-8');
  await using server = await openTrainerServer({ dir: serverDir });
  const dir = join(folder, 'run-8');
  const run = await atoll(runOf(dir, policyAt(server.url), 1000, '--calls', '60'));
  assert.equal(run.code, 0, run.stderr);
  const args = [
    'train',
    dir,
    '--trainer',
    'tinker#rate=1',
    '--warm',
    '--rounds',
    '1',
    '--json',
    '--every',
    '2',
  ];
  // The search has used up the run's budget.
  const none = await atoll(args);
  assert.match(none.stderr, /0 of \d+ replays are complete, 0 calls were made/);
  const short = await atoll([...args, '--calls', '5']);
  assert.equal(short.code, 0, short.stderr);
  assert.match(
    short.stderr,
    /the budget of calls is too small for one more call: 0 of \d+ replays are complete, 5 calls were made/,
  );
  assert.equal(short.stdout, '');
  assert.equal(Array.from(await warmCalls(dir), ([, { prompted }]) => prompted).flat().length, 5);
  // A batch is leased, and its trainer dies before it is done.
  await using queue = await TrainingQueue.open(queueOf(dir));
  const answered = (await eventsIn(dir)).filter((event) => event.type === 'answered' && event.trial % 5 > 0);
  const keys = answered
    .slice(0, 4)
    .map((event) => (event.type === 'answered' ? `${event.trial}/${event.step}` : ''));
  await queue.take({ version: 1, objective: 'grpo', from: 0, keys });
  const long = await atoll([...args, '--calls', '1000']);
  assert.equal(long.code, 0, long.stderr);
  const versions = long.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  assert.deepEqual(
    versions.map(({ version }) => version),
    [1, 2],
  );
  assert.equal(versions[0].rollouts, 4);
  const calls = await warmCalls(dir);
  assert.equal(versions[1].rollouts, readQueue(queueOf(dir))[1]!.keys.length);
  assert.ok(
    calls.size > 16 && [...calls.values()].every(({ prompted }) => prompted.length === 1),
    'asked once each',
  );
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
