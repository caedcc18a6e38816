import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isPriced, openModel } from '../../../core/models/open.ts';
import { parseSpec } from '../../../core/models/spec.ts';
import { chats } from '../../../core/models/tinker/chat.ts';
import { PartialSamples } from '../../../core/models/tinker/partial-samples.ts';
import { openTokenizer } from '../../../core/models/tinker/tokenizer.ts';
import type { Message } from '../../../core/search/model.ts';
import { vocabulary } from '../../fixtures/bigram.ts';
import { logOf, openTrainerServer } from '../../fixtures/trainer-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-tokens-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const tokenizer = join(folder, 'tokens.json');
writeFileSync(tokenizer, JSON.stringify(vocabulary));
const never = new AbortController().signal;
const question: readonly Message[] = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Write + x.' },
];

test('a SPEC of a trainable model says where it is, what it reads, and which weights it has', () => {
  const { target, url, tokenizer, chat, weights, piece } = parseSpec(
    'tinker:Qwen/Qwen3-8B@http://h:8000#tokenizer=dir/qwen,chat=llama3,weights=tinker://a:b:0/sampler_weights/v1,piece=64',
  );
  assert.deepEqual(
    [target, url, tokenizer, chat, piece],
    ['Qwen/Qwen3-8B', 'http://h:8000', 'dir/qwen', 'llama3', 64],
  );
  assert.equal(weights, 'tinker://a:b:0/sampler_weights/v1');
  assert.equal(parseSpec('tinker:Qwen/Qwen3-8B#tokenizer=bytes').url, undefined);
  assert.throws(() => parseSpec('openai:gpt-5#tokenizer=bytes'), /to be followed by key=value/);
  assert.throws(() => parseSpec('tinker:m@http://u:p@h#tokenizer=bytes'), /TINKER_API_KEY/);
  // Only the price of what runs on one's own machines is known.
  assert.deepEqual(['tinker:m#tokenizer=bytes', 'tinker:m@http://10.0.0.5#tokenizer=bytes'].map(isPriced), [
    false,
    true,
  ]);
});

test('conversations have the forms that models were trained on', () => {
  assert.equal(
    chats.chatml.text(question),
    '<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nWrite + x.<|im_end|>\n<|im_start|>assistant\n',
  );
  assert.equal(
    chats.llama3.text(question),
    '<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>' +
      '<|start_header_id|>user<|end_header_id|>\n\nWrite + x.<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  );
});

test('what a tokenizer encodes it decodes', async () => {
  const bytes = await openTokenizer('bytes');
  const text = 'f(x) = x² → 3\n';
  assert.deepEqual(bytes.decode(bytes.encode(text)), text);
  const own = await openTokenizer(tokenizer);
  assert.deepEqual(own.encode(' + x * x + x;\n}\n```<end>'), [7, 3, 8, 0]);
  assert.equal(own.decode([2, 7, 8]), '```js\nexport function f(x) {\n  return 0 + x * x;\n}\n```');
});

test("a model's own tokenizer is read by the package that reads such files, and its absence said in words", async () => {
  const file = join(folder, 'tokenizer.json');
  writeFileSync(file, JSON.stringify({ model: {} }));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ eos_token: '<e>' }));
  const calls: unknown[] = [];
  class Tokenizer {
    constructor(...given: unknown[]) {
      calls.push(given);
    }
    encode(...given: unknown[]) {
      calls.push(given);
      return { ids: [5, 6] };
    }
    decode(...given: unknown[]) {
      calls.push(given);
      return 'text';
    }
  }
  const read = await openTokenizer(folder, async () => ({ Tokenizer }));
  assert.deepEqual([read.encode('a'), read.decode([5])], [[5, 6], 'text']);
  assert.deepEqual(calls, [
    [{ model: {} }, { eos_token: '<e>' }],
    ['a', { add_special_tokens: false }],
    [[5], { skip_special_tokens: true, clean_up_tokenization_spaces: false }],
  ]);
  await assert.rejects(
    openTokenizer(file, () => Promise.reject(new Error('not found'))),
    /Expected the package @huggingface\/tokenizers .* npm install @huggingface\/tokenizers/,
  );
  await assert.rejects(openTokenizer(join(folder, 'none.json')), /to be a tokenizer, got ENOENT/);
});

test('an answer comes with its tokens, how likely each was, and what they cost; its end is no part of the text', async () => {
  await using server = await openTrainerServer({ dir: join(folder, 'server') });
  await using model = await openModel(
    `tinker:toy@${server.url}#tokenizer=${tokenizer},chat=plain,tokens=40,price=1/2`,
    {},
  );
  const answer = await model.ask(question, never);
  assert.ok('text' in answer && answer.drawn && answer.usage, JSON.stringify(answer));
  const { tokens, logprobs } = answer.drawn;
  assert.equal(tokens.length, logprobs.length);
  assert.ok(logprobs.every((each) => each <= 0));
  assert.equal(tokens.at(-1) === 0 ? 'stop' : 'length', answer.ended);
  assert.ok(!answer.text.includes('<end>'));
  assert.deepEqual(answer.usage, { input: 3, cached: 0, output: tokens.length, reasoning: 0 });
  assert.equal(answer.cost.dollars, (3 + 2 * tokens.length) / 1e6);
  assert.ok(answer.cost.dollars <= model.quote(question).dollars);
  const short = `tinker:toy@${server.url}#tokenizer=${tokenizer},chat=plain,tokens=2`;
  await using brief = await openModel(short, {});
  const cut = await brief.ask(question, never);
  assert.deepEqual(['ended' in cut && cut.ended, 'drawn' in cut && cut.drawn?.tokens.length], ['length', 2]);
});

test('after a restart of the server the next call opens a new session', async () => {
  const dir = join(folder, 'again');
  let server = await openTrainerServer({ dir });
  const port = Number(new URL(server.url).port);
  await using model = await openModel(`tinker:toy@${server.url}#tokenizer=${tokenizer},chat=plain`, {});
  assert.ok('text' in (await model.ask(question, never)));
  await server[Symbol.asyncDispose]();
  const away = await model.ask(question, never);
  assert.ok('fault' in away && away.kind === 'broken');
  server = await openTrainerServer({ dir, port });
  const first = await model.ask(question, never);
  assert.ok('fault' in first && first.kind === 'broken' && /unknown sampling session/.test(first.fault));
  assert.ok('text' in (await model.ask(question, never)));
  await server[Symbol.asyncDispose]();
});

test('an answer in pieces that was stopped continues where it stopped, with the piece that was in flight', async () => {
  const dir = join(folder, 'pieces');
  await using server = await openTrainerServer({ dir, delay: 12 });
  const spec = `tinker:toy@${server.url}#tokenizer=${tokenizer},chat=plain,tokens=40,piece=1`;
  const parked = join(folder, 'parked.jsonl');
  let stops = 0;
  let answer: Awaited<ReturnType<typeof ask>> | undefined;
  async function ask(attempt: number, patience: number) {
    await using model = await openModel(spec, {}, parked);
    return model.ask(question, AbortSignal.timeout(patience), `7/0/${attempt}`);
  }
  for (let attempt = 1; !answer; attempt++) {
    answer = await ask(attempt, 20 + 15 * attempt).catch(() => undefined);
    if (!answer) stops += 1;
  }
  assert.ok('text' in answer && answer.drawn && stops > 0, `${stops} stops`);
  const drawn = logOf(dir).filter(({ type }) => type === 'sampled');
  assert.deepEqual(
    drawn.map(({ after }) => after),
    Array.from({ length: answer.drawn.tokens.length }, (_, i) => 3 + i),
  );
  // Asked once more, as after a kill before the answer was in the journal: nothing is drawn.
  const again = await ask(99, 5000);
  assert.deepEqual('text' in again && again.drawn, answer.drawn);
  assert.equal(logOf(dir).filter(({ type }) => type === 'sampled').length, drawn.length);
});

test('parked pieces survive a line that was cut off, and calls keep theirs apart', () => {
  const file = join(folder, 'park.jsonl');
  {
    using park = new PartialSamples(file);
    park.asks('1/0', { session: 's', seq: 1 });
    park.got('1/0', { tokens: [1, 2], logprobs: [-1, -2], over: false });
    park.got('2/0', { tokens: [9], logprobs: [0], over: true });
    park.asks('1/0', { session: 's', seq: 2 });
  }
  truncateSync(file, 230);
  using park = new PartialSamples(file);
  assert.deepEqual(park.of('2/0'), { tokens: [9], logprobs: [0], over: true });
  assert.deepEqual(park.of('1/0'), { tokens: [1, 2], logprobs: [-1, -2], over: false });
  assert.deepEqual(park.of('3/0').tokens, []);
});
