import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { recording, replaying } from '../../../core/models/cassette.ts';
import { execModel } from '../../../core/models/exec.ts';
import { ggufModel } from '../../../core/models/gguf.ts';
import { manualModel } from '../../../core/models/manual.ts';
import { ConfigError, ModelError } from '../../../core/search/errors.ts';
import type { Answer, Message } from '../../../core/search/model.ts';
import { isAlive, until } from '../../support/until.ts';
import { toyModel } from '../search/talk.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-models-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const never = new AbortController().signal;
const ask: readonly Message[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Say hello.' },
];
const exec = (command: string, timeout = 10_000) =>
  execModel({ name: `exec:${command}`, target: command, timeout, calls: 4, tokens: 100 });
/** Whether a process runs; one that is dead and waits for somebody to take notice does not. */
test('a command gets the prompt on its standard input, and what it prints is the answer', async () => {
  const answer = await exec('cat; echo and more').ask(ask, never);
  assert.ok('text' in answer && answer.ended === 'stop');
  assert.equal(answer.text, 'Be brief.\n\nSay hello.\nand more\n');
  assert.equal(answer.cost.dollars, 0);
});

test('a conversation of several turns has headings', async () => {
  const turns: Message[] = [...ask, { role: 'assistant', text: 'Hi.' }, { role: 'user', text: 'Longer.' }];
  const answer = await exec('cat').ask(turns, never);
  assert.ok('text' in answer && /====== Your earlier answer ======\n\nHi\./.test(answer.text));
});

for (const [command, kind, message] of [
  ['exit 3', 'broken', /status 3$/],
  ['echo sorry >&2; exit 1', 'broken', /status 1: sorry$/],
  ['no-such-command-here', 'wrong', /status 127/],
  ['true', 'broken', /an empty one/],
  ['yes', 'broken', /more than \d+ bytes/],
] as const) {
  test(`a command that does \`${command}\` is a fault of kind ${kind}`, async () => {
    const answer = await exec(command).ask(ask, never);
    assert.ok(
      'fault' in answer && answer.kind === kind && message.test(answer.fault),
      JSON.stringify(answer),
    );
  });
}

test('a command that does not read its input may still answer', async () => {
  const long: Message[] = [{ role: 'user', text: 'x'.repeat(1_000_000) }];
  const answer = await exec('echo fine').ask(long, never);
  assert.ok('text' in answer && answer.text === 'fine\n');
});

for (const how of ['timeout', 'abort', 'end'] as const) {
  test(`nothing that a command started outlives its ${how}`, async () => {
    const file = join(folder, `pids-${how}`);
    const wait = how === 'end' ? 'echo done' : 'wait';
    const command = `trap "" TERM; echo $$ > ${file}; sleep 60 & echo $! >> ${file}; ${wait}`;
    const stop = new AbortController();
    const pids = (): number[] =>
      existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number) : [];
    // Within the time limit the shell must have started its child.
    const asked = exec(command, how === 'timeout' ? 2000 : 60_000).ask(ask, stop.signal);
    if (how === 'abort') {
      const rejected = assert.rejects(asked, /^Error: enough$/);
      await until(() => pids().length === 2);
      stop.abort(new Error('enough'));
      await rejected;
    } else assert.equal('fault' in (await asked), how === 'timeout');
    assert.equal(pids().length, 2);
    await until(() => !pids().some(isAlive));
  });
}

const desk = (name: string) => {
  const dir = join(folder, name);
  return {
    dir,
    model: manualModel({ name: `manual:${dir}`, target: dir, timeout: 20_000, calls: 4, tokens: 100 }),
  };
};
const file = (dir: string, name: string) => join(dir, name);

test('a person finds the prompt in a file, and the answer counts once it is whole', async () => {
  const { dir, model } = desk('desk');
  const asked = model.ask(ask, never);
  while (!readdirSync(folder).includes('desk') || !readdirSync(dir).includes('0001.prompt.md'))
    await rest(20);
  assert.equal(readFileSync(file(dir, '0001.prompt.md'), 'utf8'), 'Be brief.\n\nSay hello.\n');
  assert.deepEqual(model.waits!(), [{ what: file(dir, '0001.answer.md') }]);
  writeFileSync(file(dir, '0001.answer.md'), '');
  for (const word of ['Hello', ', slow', ' world.']) {
    await rest(120);
    appendFileSync(file(dir, '0001.answer.md'), word);
  }
  const answer = await asked;
  assert.ok('text' in answer && answer.text === 'Hello, slow world.', JSON.stringify(answer));
  assert.deepEqual(model.waits!(), []);
});

test('two questions at a time have two numbers, and may be answered in any order', async () => {
  const { dir, model } = desk('two');
  const other: Message[] = [{ role: 'user', text: 'Say goodbye.' }];
  const both = Promise.all([model.ask(ask, never), model.ask(other, never)]);
  while (
    !readdirSync(folder).includes('two') ||
    readdirSync(dir).filter((name) => /^\d+\.prompt\.md$/.test(name)).length < 2
  )
    await rest(20);
  for (const number of ['0002', '0001']) {
    const prompt = readFileSync(file(dir, `${number}.prompt.md`), 'utf8');
    writeFileSync(file(dir, `${number}.draft`), `to ${prompt.trim().slice(-9)}`);
    renameSync(file(dir, `${number}.draft`), file(dir, `${number}.answer.md`));
  }
  const [first, second] = (await both) as [Answer, Answer];
  assert.ok('text' in first && first.text === 'to ay hello.');
  assert.ok('text' in second && second.text === 'to  goodbye.');
});

test('a question that stood when the engine was stopped is not asked again, and an old answer is not used twice', async () => {
  const { dir, model } = desk('again');
  const stop = new AbortController();
  const cut = model.ask(ask, stop.signal);
  while (!readdirSync(folder).includes('again') || !readdirSync(dir).includes('0001.prompt.md'))
    await rest(20);
  stop.abort(new Error('stopped'));
  await assert.rejects(cut);
  writeFileSync(file(dir, '0001.answer.md'), 'while you were away');
  const next = desk('again').model;
  const answer = await next.ask(ask, never);
  assert.ok('text' in answer && answer.text === 'while you were away');
  await next[Symbol.asyncDispose]();
  const third = desk('again').model.ask(ask, never);
  while (!readdirSync(dir).includes('0002.prompt.md')) await rest(20);
  writeFileSync(file(dir, '0002.answer.md'), 'again');
  const later = await third;
  assert.ok('text' in later && later.text === 'again');
});

test('without its package a GGUF model is refused in words that say what to do', async () => {
  await assert.rejects(
    ggufModel({ name: 'gguf:x.gguf', target: 'x.gguf', calls: 1, tokens: 10 }),
    (error) => error instanceof ConfigError && /npm install node-llama-cpp/.test(error.message),
  );
});

test('a GGUF model is given the conversation, the most tokens and the signal, and counts by its own tokenizer', async () => {
  const asked: { history: readonly object[]; text: string; options: object }[] = [];
  let disposed = 0;
  class LlamaChatSession {
    history: readonly object[] = [];
    setChatHistory(history: readonly object[]): void {
      this.history = history;
    }
    async promptWithMeta(text: string, options: object) {
      asked.push({ history: this.history, text, options });
      return { responseText: 'one two three', stopReason: asked.length === 1 ? 'eogToken' : 'maxTokens' };
    }
  }
  const context = { getSequence: () => ({}), dispose: async () => void disposed++ };
  const loaded = {
    tokenize: (text: string) => text.split(' '),
    createContext: async () => context,
    dispose: async () => void disposed++,
  };
  const getLlama = async () => ({
    loadModel: async ({ modelPath }: { modelPath: string }) => {
      if (modelPath !== 'x.gguf') throw new Error('no such file');
      return loaded;
    },
  });
  const load = async () => ({ getLlama, LlamaChatSession });
  const spec = { name: 'gguf:x.gguf', target: 'x.gguf', calls: 1, tokens: 10, temperature: 0.5 };
  const model = await ggufModel(spec, load);
  const answer = await model.ask(ask, never);
  assert.deepEqual(answer, {
    text: 'one two three',
    ended: 'stop',
    usage: { input: 4, cached: 0, output: 3, reasoning: 0 },
    cost: { tokens: 7, dollars: 0 },
  });
  assert.deepEqual(asked[0]!.history, [{ type: 'system', text: 'Be brief.' }]);
  assert.equal(asked[0]!.text, 'Say hello.');
  assert.deepEqual(asked[0]!.options, { signal: never, maxTokens: 10, temperature: 0.5 });
  const cut = await model.ask(ask, never);
  assert.ok('text' in cut && cut.ended === 'length');
  await model[Symbol.asyncDispose]();
  assert.equal(disposed, 3);
  await assert.rejects(
    ggufModel({ ...spec, target: 'y.gguf' }, load),
    (error) =>
      error instanceof ConfigError &&
      /Expected y\.gguf to be a GGUF model, got no such file/.test(error.message),
  );
});

test('what was recorded is replayed bit for bit, the n-th time the n-th answer, faults too', async () => {
  const tape = join(folder, 'tapes', 'calls.jsonl');
  const fault = { fault: 'busy', kind: 'busy', retryAfter: 5, cost: { tokens: 0, dollars: 0 } } as const;
  const live = toyModel((_, call) => ({ text: `answer ${call}` }));
  const ask2 = live.ask;
  live.ask = async (...args) => {
    const answer = await ask2(...args);
    return live.calls.length === 2 ? fault : answer;
  };
  const model = recording(live, tape);
  const heard: Answer[] = [];
  for (let i = 0; i < 3; i++) heard.push(await model.ask(ask, never));
  const again = replaying('toy:one', tape, live.quote);
  for (const each of heard) assert.deepEqual(await again.ask(ask, never), each);
  await assert.rejects(
    again.ask(ask, never),
    (error) =>
      error instanceof ModelError &&
      /toy:one in .*calls\.jsonl, got none among its 3 calls.*`Say hello\.`/.test(error.message),
  );
  await assert.rejects(replaying('toy:two', tape, live.quote).ask(ask, never), ModelError);
});

test('a tape that a crash cut off in its last line is read, one broken in the middle is not', async () => {
  const tape = join(folder, 'cut.jsonl');
  const model = recording(
    toyModel(() => ({ text: 'fine' })),
    tape,
  );
  for (let i = 0; i < 3; i++) await model.ask(ask, never);
  const whole = readFileSync(tape, 'utf8');
  writeFileSync(tape, whole.slice(0, -20));
  const cut = replaying('toy:one', tape, model.quote);
  for (let i = 0; i < 2; i++) assert.ok('text' in (await cut.ask(ask, never)));
  await assert.rejects(cut.ask(ask, never), ModelError);
  writeFileSync(tape, whole.replace('"model"', 'model'));
  assert.throws(() => replaying('toy:one', tape, model.quote), /Expected line 1 of .*cut\.jsonl/);
  assert.throws(() => replaying('toy:one', join(folder, 'none'), model.quote), ConfigError);
});
