import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { readJournal } from '../../../core/journal/segments.ts';
import type { Event } from '../../../core/search/event.ts';
import { openModelServer } from '../../fixtures/model-server.ts';
import { drill } from '../../support/drill.ts';
import { atoll, eventsOf, killed } from '../../support/processes.ts';
import { audit, openScriptedServer } from '../../support/scripted-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-models-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const set = (...pairs: string[]): string[] => pairs.flatMap((pair) => ['--set', pair]);
const alone = set('operators.builtin=off');
const eventsIn = async (dir: string): Promise<Event[]> => {
  const events: Event[] = [];
  for await (const event of readJournal(dir)) events.push(event);
  return events;
};

for (const [problem, calls] of [
  ['circle-packing-26', 60],
  ['bin-packing-or3', 60],
] as const) {
  test(`${problem}: a scripted model over HTTP drives the search, killed -9 at random moments, and nothing is asked twice`, async () => {
    await using server = await openScriptedServer(5, 40);
    const dir = join(folder, problem);
    const model = `compatible:editor@${server.url}#price=1/4,tokens=2000`;
    const args = [problem, '--plain', '--seed', '1', '--model', model, '--calls', String(calls), ...alone];
    await killed([...args, ...set('concurrency=16', 'maxRetries=20')], dir, drill(4, 25), 1500);
    const { asked, served, unrecorded, twice } = await audit(dir, server);
    assert.ok(asked <= calls && served <= asked, `${served} served, ${asked} asked`);
    assert.deepEqual({ unrecorded, twice }, { unrecorded: 0, twice: 0 });
    assert.equal(JSON.parse(readFileSync(join(dir, 'run.json'), 'utf8')).status, 'finished');
    const scored = (await eventsIn(dir)).filter(
      (event) => event.type === 'settled' && event.admission.admitted,
    );
    assert.ok(scored.length > 0, 'some child of the model lives');
  });
}

for (const [budget, amount] of [
  ['calls', 23],
  ['dollars', 0.05],
  ['tokens', 60_000],
] as const) {
  test(`--${budget} holds with sixteen calls at a time and a server that fails, by the server's own count`, async () => {
    await using server = await openScriptedServer(9, 30, 0.2);
    const dir = join(folder, budget);
    const model = `compatible:editor@${server.url}#price=1/4,tokens=1000,calls=16`;
    const args = [
      'run',
      'bin-packing-or3',
      '--json',
      '--model',
      model,
      `--${budget}`,
      String(amount),
      '--dir',
      dir,
    ];
    const { stdout, code, stderr } = await atoll([
      ...args,
      ...alone,
      ...set('concurrency=16', 'maxRetries=20'),
    ]);
    assert.equal(code, 0, stderr);
    const summary = JSON.parse(stdout.trim().split('\n').at(-1)!);
    assert.equal(summary.because, budget);
    assert.ok(summary[budget] <= amount && summary[budget] > amount / 2, `${summary[budget]}`);
    assert.equal(server.requests.length, summary.calls);
    assert.ok(server.peak > 4, `${server.peak} at a time`);
    // What the server would bill: its own counts, at the prices of the spec.
    const answered = (await eventsIn(dir)).filter((event) => event.type === 'answered');
    const billed = answered.reduce(
      (sum, { answer: { usage } }) => sum + (usage ? usage.input + 4 * usage.output : 0),
      0,
    );
    assert.ok(billed / 1e6 <= summary.dollars + 1e-12);
  });
}

test('recorded and replayed without the server, a strict search walks the same way and costs the same', async () => {
  const tape = join(folder, 'tape.jsonl');
  const dirs = { live: join(folder, 'live'), replayed: join(folder, 'replayed') };
  let model: string;
  const args = (dir: string): string[] => [
    ...[
      'run',
      'bin-packing-or3',
      '--plain',
      '--seed',
      '4',
      '--order',
      'strict',
      '--model',
      model,
      '--evaluations',
      '60',
    ],
    ...['--dir', dir, ...set('concurrency=3')],
  ];
  {
    await using server = await openScriptedServer(2, 20);
    model = `compatible:editor@${server.url}#price=1/4,tokens=2000`;
    const { code, stderr } = await atoll([...args(dirs.live), '--record', tape]);
    assert.equal(code, 0, stderr);
    assert.equal(readFileSync(tape, 'utf8').trim().split('\n').length, server.requests.length);
  }
  const { code, stderr } = await atoll([...args(dirs.replayed), '--replay', tape]);
  assert.equal(code, 0, stderr);
  // When calls were made may differ, and with them where the facts of their trials stand; nothing else.
  const order = (text: string): string =>
    /"type":"(begun|settled|migrated|closed|opened)"/.test(text) ? '' : text;
  const steps = async (dir: string) => {
    const events = (await eventsOf(dir)).filter((text) => !/"type":"(asked|answered)"/.test(text));
    return [events.filter((text) => !order(text)), events.filter(order).sort()];
  };
  assert.deepEqual(await steps(dirs.replayed), await steps(dirs.live));

  const other = await atoll([...args(join(folder, 'other')), '--replay', tape, '--seed', '5']);
  assert.equal(other.code, 1);
  assert.match(
    other.stderr,
    /^atoll: Expected a recorded answer of compatible:editor@.* in .*tape\.jsonl, got none.*atoll resume .*\n$/,
  );
});

test('embeddings and a judge keep what says the same from being evaluated, and their calls are on the bill', async () => {
  let factor = 2;
  const asked = { propose: 0, embed: 0, judge: 0 };
  await using server = await openModelServer((prompt, { path }) => {
    if (/embeddings$/.test(path)) {
      asked.embed += 1;
      const data = [{ object: 'embedding', index: 0, embedding: [1, 0.5] }];
      return {
        status: 200,
        body: JSON.stringify({ data, model: 'e', usage: { prompt_tokens: 5, total_tokens: 5 } }),
      };
    }
    if (prompt.includes('NEW or SAME')) {
      asked.judge += 1;
      return { text: asked.judge % 2 === 0 ? 'NEW' : 'SAME' };
    }
    asked.propose += 1;
    factor += 1;
    return {
      text: `NOTE: ${factor}\n\n<<<<<<< SEARCH\n  return -gap;\n=======\n  return -gap * ${factor} + item;\n>>>>>>> REPLACE\n`,
    };
  });
  const [editor, embedder] = ['editor', 'embedder'].map(
    (name) => `compatible:${name}@${server.url}#price=1/1`,
  );
  const args = [
    'run',
    'bin-packing-or3',
    '--json',
    '--model',
    editor!,
    '--calls',
    '30',
    '--dir',
    join(folder, 'judged'),
  ];
  const further = set(
    'operators.prompts=diff',
    'concurrency=1',
    'reflectEvery=0',
    'strategy=best-of-n',
    `embeddingModel=${embedder}`,
    `noveltyModel=${editor}`,
  );
  const { stdout, code, stderr } = await atoll([...args, ...alone, ...further]);
  assert.equal(code, 0, stderr);
  const events: Event[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const purposes = events.flatMap((event) => (event.type === 'asked' ? event.purpose : []));
  assert.equal(purposes.length, 30);
  assert.ok(asked.judge >= 4, JSON.stringify(asked));
  for (const [purpose, count] of Object.entries(asked)) {
    assert.equal(purposes.filter((each) => each === purpose).length, count, purpose);
  }
  const doubts = events.filter((event) => event.type === 'replied' && 'doubt' in event.reply);
  assert.equal(doubts.length, asked.judge);
  const summary = events.at(-1) as unknown as { dollars: number; calls: number };
  assert.equal(summary.calls, 30);
  assert.ok(summary.dollars > asked.embed * 5e-6);
});

const secret = 'sk-do-not-tell-anyone';
const withKey = async (args: readonly string[]) => {
  process.env.ATOLL_API_KEY = secret;
  try {
    return await atoll(args);
  } finally {
    delete process.env.ATOLL_API_KEY;
  }
};

test('a wrong key and an unknown model end the search with one line; with the right one it goes on', async () => {
  let right = false;
  await using server = await openModelServer((_, { headers }) => {
    assert.equal(headers.authorization, `Bearer ${secret}`);
    if (right) return { text: 'NOTE: x\n\nNothing.' };
    return {
      status: 401,
      body: JSON.stringify({ error: { message: `${headers.authorization} is no key` } }),
    };
  });
  const dir = join(folder, 'wrong-key');
  const model = `compatible:m@${server.url}`;
  const first = await withKey([
    'run',
    'cap-set-8',
    '--plain',
    '--model',
    model,
    '--calls',
    '9',
    '--dir',
    dir,
    ...alone,
  ]);
  assert.equal(first.code, 1);
  assert.match(
    first.stderr,
    /^atoll: Expected an answer of compatible:m@.*, got .*401.*; nothing that was recorded is lost: atoll resume .*\n$/,
  );
  right = true;
  const second = await withKey(['resume', dir, '--plain']);
  assert.equal(second.code, 0, second.stderr);
  assert.equal(server.requests.length, 9);
  for (const name of readdirSync(dir, { recursive: true }) as string[]) {
    if (!/json/.test(name)) continue;
    assert.ok(!readFileSync(join(dir, name), 'utf8').includes(secret), `${name} holds the key`);
  }
  assert.ok(!`${first.stdout}${first.stderr}${second.stdout}`.includes(secret));
});

test('a server that is not there ends the search with one line, after the retries', async () => {
  const server = await openModelServer(() => 'silence');
  await server[Symbol.asyncDispose]();
  const dir = join(folder, 'dead');
  const args = ['run', 'cap-set-8', '--plain', '--model', `compatible:m@${server.url}`, '--dir', dir];
  const { code, stderr } = await atoll([...args, ...alone, ...set('maxRetries=1')]);
  assert.equal(code, 1);
  assert.match(
    stderr,
    /^atoll: Expected an answer of compatible:m@.*, got .*; nothing that was recorded is lost: atoll resume .*\n$/,
  );
});

for (const [what, args, message] of [
  ['a model without a kind', ['--model', 'gpt-5'], /Expected --model to be openai:/],
  ['a key that is not set', ['--model', 'anthropic:claude'], /ANTHROPIC_API_KEY/],
  ['the same model twice', ['--model', 'exec:cat', '--model', 'exec:cat'], /once, got exec:cat twice/],
  [
    'a dollar budget without a price',
    ['--model', 'compatible:m@https://example.com/v1', '--dollars', '1'],
    /#price=IN\/OUT/,
  ],
  [
    'a budget below nothing',
    ['--model', 'exec:cat', '--dollars', '-1'],
    /Expected `dollars` to be a number of at least 0/,
  ],
  [
    'record and replay at once',
    ['--model', 'exec:cat', '--record', 'a', '--replay', 'b'],
    /one of --record and --replay/,
  ],
  ['a tape that is not there', ['--model', 'exec:cat', '--replay', 'no-such-tape'], /no-such-tape/],
  [
    'a way that there is not',
    ['--model', 'exec:cat', '--set', 'operators.prompts=magic'],
    /to name usual, diff, whole, .* got `magic`/,
  ],
] as const) {
  test(`${what} is one line on stderr, status 2, and leaves nothing behind`, async () => {
    const dir = join(folder, 'none');
    const { code, stderr } = await atoll(['run', 'cap-set-8', '--plain', '--dir', dir, ...args]);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
    assert.match(stderr, /^atoll: [^\n]*\n$/);
    assert.ok(!existsSync(dir));
  });
}

test('why nothing comes of a model is read in the log, the summary, the report and the journal', async () => {
  const args = [
    'run',
    'bin-packing-or3',
    '--model',
    'exec:echo I would use a cubic',
    '--calls',
    '9',
    ...alone,
  ];
  const dirs = { plain: join(folder, 'cubic-plain'), json: join(folder, 'cubic-json') };
  const plain = await atoll([...args, '--plain', '--dir', dirs.plain]);
  assert.equal(plain.code, 0, plain.stderr);
  assert.match(plain.stdout, /\nAnswers +0 of 9 answers scored\n +\d not usable: \S/);
  const { stdout } = await atoll([...args, '--json', '--dir', dirs.json]);
  const { answers, because } = JSON.parse(stdout.trim().split('\n').at(-1)!);
  assert.deepEqual([because, answers.total, answers.scored, answers.improved], ['calls', 9, 0, 0]);
  assert.equal(
    answers.reasons.reduce((sum: number, each: { end: string; count: number }) => {
      assert.equal(each.end, 'malformed');
      return sum + each.count;
    }, 0),
    9,
  );
  for (const event of await eventsIn(dirs.json)) {
    if (event.type === 'settled' && event.why?.startsWith('no calls left')) {
      assert.fail('the reason of an answer was overwritten by that of the budget');
    }
  }
  await atoll(['report', dirs.plain]);
  const page = readFileSync(join(dirs.plain, 'report.html'), 'utf8');
  assert.match(page, /0 of 9 answers scored/);
  assert.match(page, /\d not usable: /);
});

test('the time is up for calls running too, which count at their worst price', async () => {
  const [marker, dir] = [join(folder, 'slept'), join(folder, 'late')];
  const model = `exec:sleep 50; echo > ${marker}`;
  const { stdout, code, stderr } = await atoll([
    ...['run', 'bin-packing-or3', '--json', '--model', model, '--minutes', '0.03', '--dir', dir],
    ...alone,
  ]);
  assert.equal(code, 0, stderr);
  const { because, calls, tokens } = JSON.parse(stdout.trim().split('\n').at(-1)!);
  assert.equal(because, 'minutes');
  assert.ok(!existsSync(marker), 'the command did not come to its end');
  let quoted = 0;
  let cut = 0;
  for (const event of await eventsIn(dir)) {
    if (event.type === 'asked') quoted += event.quote.tokens;
    if (event.type === 'answered') cut += 'fault' in event.answer ? 1 : 0;
  }
  assert.deepEqual([calls, tokens], [cut, quoted]);
});

test('a key that is too short to be one is said, and changes no answer', async () => {
  const text =
    'NOTE: by x\n\n<<<<<<< SEARCH\n  return -gap;\n=======\n  return fresh ? -99 : -gap;\n>>>>>>> REPLACE\n';
  await using server = await openModelServer(() => ({ text }));
  process.env.ATOLL_API_KEY = 'p';
  try {
    const args = [
      'run',
      'bin-packing-or3',
      '--json',
      '--model',
      `compatible:m@${server.url}`,
      '--calls',
      '1',
    ];
    const { stdout, stderr } = await atoll([
      ...[...args, '--dir', join(folder, 'short-key')],
      ...[...alone, ...set('operators.prompts=diff')],
    ]);
    assert.match(stderr, /^atoll: ATOLL_API_KEY has 1 character, too few for a key/);
    const events: Event[] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.ok(events.some((event) => event.type === 'evaluated' && event.outcome.status === 'scored'));
  } finally {
    delete process.env.ATOLL_API_KEY;
  }
});

test('a prompt that is too long is asked once, and the search ends with the words of the server', async () => {
  const raw = '{"error":{"message":"maximum context length is 8 tokens","type":"invalid_request_error"}}';
  await using server = await openModelServer(() => ({ raw }));
  const args = ['run', 'bin-packing-or3', '--plain', '--model', `compatible:m@${server.url}`];
  const { code, stderr } = await atoll([
    ...[...args, '--dir', join(folder, 'too-long')],
    ...[...alone, ...set('concurrency=1')],
  ]);
  assert.equal(code, 1);
  assert.match(stderr, /maximum context length is 8 tokens; nothing that was recorded is lost/);
  assert.equal(server.requests.length, 1);
});

test('counts below zero do not make a budget grow: each call costs its worst price, and the search ends', async () => {
  const usage = { input: 10, cached: 0, output: -1_000_000, reasoning: 0 };
  await using server = await openModelServer(() => ({ text: 'NOTE: x\n\nNothing.', usage }));
  const model = `compatible:m@${server.url}#price=1/4,tokens=1000`;
  const dir = join(folder, 'below-zero');
  const args = ['run', 'bin-packing-or3', '--json', '--model', model, '--dollars', '0.05', '--dir', dir];
  const { stdout, code, stderr } = await atoll([...args, ...alone]);
  assert.equal(code, 0, stderr);
  const { because, dollars } = JSON.parse(stdout.trim().split('\n').at(-1)!);
  assert.equal(because, 'dollars');
  assert.ok(dollars > 0.03 && dollars <= 0.05, `${dollars}`);
  for (const event of await eventsIn(dir)) {
    if (event.type !== 'answered') continue;
    assert.ok(event.answer.cost.dollars > 0, 'no call gives money back');
  }
});

test('exec: works as docs/models.md has it', async () => {
  const page = readFileSync(new URL('../../../docs/models.md', import.meta.url), 'utf8');
  const [, spec] = /--model 'exec:(printf [^']+)'/.exec(page)!;
  const args = [
    'run',
    'bin-packing-or3',
    '--json',
    '--calls',
    '3',
    '--model',
    `exec:${spec}`,
    '--dir',
    join(folder, 'exec'),
  ];
  const { stdout, code, stderr } = await atoll([...args, ...alone, ...set('operators.prompts=diff')]);
  assert.equal(code, 0, stderr);
  const events: Event[] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const proposed = events.find((event) => event.type === 'proposed');
  assert.ok(
    proposed && 'source' in proposed && /return -gap \* gap;/.test(Object.values(proposed.source)[0]!),
  );
  assert.equal(proposed.note, 'prefer full bins');
});

test('manual: a person answers a file with a file, and the answer is evaluated', async () => {
  const desk = join(folder, 'desk');
  const args = [
    'run',
    'bin-packing-or3',
    '--json',
    '--calls',
    '1',
    '--model',
    `manual:${desk}`,
    '--dir',
    join(folder, 'manual'),
  ];
  const running = atoll([...args, ...alone, ...set('operators.prompts=diff')]);
  const prompt = join(desk, '0001.prompt.md');
  while (!existsSync(prompt)) await rest(50);
  assert.match(readFileSync(prompt, 'utf8'), /# The program to improve\n\nScore: -5\.1\d+/);
  const text =
    'NOTE: by hand\n\n<<<<<<< SEARCH\n  return -gap;\n=======\n  return fresh ? -99 : -gap;\n>>>>>>> REPLACE\n';
  writeFileSync(join(desk, '0001.answer.md'), text);
  const { stdout, code, stderr } = await running;
  assert.equal(code, 0, stderr);
  const evaluated = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .find(({ type }) => type === 'evaluated');
  assert.equal(evaluated.outcome.status, 'scored');
});
