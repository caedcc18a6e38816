import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { shortKeys } from '../../../core/models/keys.ts';
import { openModel } from '../../../core/models/open.ts';
import type { Answer } from '../../../core/search/model.ts';
import { type Behaviour, type ModelServer, openModelServer } from '../../fixtures/model-server.ts';
import { until } from '../../support/until.ts';

const key = 'sk-secret-0123456789abcdef';
const never = new AbortController().signal;
const prompt = [
  { role: 'system', text: 'Be short.' },
  { role: 'user', text: 'Größe?' },
] as const;

/** What the server does next; each test sets it. */
let next: Behaviour = { text: '' };
const server: ModelServer = await openModelServer(() => next);
after(() => server[Symbol.asyncDispose]());

const origin = new URL(server.url).origin;
const env = {
  ATOLL_API_KEY: key,
  OPENAI_API_KEY: key,
  ANTHROPIC_API_KEY: key,
  GEMINI_API_KEY: key,
  OPENAI_BASE_URL: server.url,
  ANTHROPIC_BASE_URL: origin,
  GOOGLE_BASE_URL: `${origin}/v1beta`,
  OLLAMA_HOST: origin,
};
const tail = '#price=10/1/100,tokens=50,timeout=60,stall=30,temperature=0.5';
const heads = {
  openai: 'openai:tiny',
  anthropic: 'anthropic:tiny',
  google: 'google:gemini-tiny',
  ollama: 'ollama:tiny:1b',
  compatible: `compatible:a@b/tiny@${server.url}`,
};
type Provider = keyof typeof heads;
const providers = Object.keys(heads) as Provider[];

async function ask(provider: Provider, behaviour: Behaviour, more = '', signal = never): Promise<Answer> {
  next = behaviour;
  await using model = await openModel(heads[provider] + tail + more, env);
  const answer = await model.ask(prompt, signal);
  assert.ok(!JSON.stringify(answer).includes(key), 'no key in an answer');
  assert.ok(answer.cost.dollars <= model.quote(prompt).dollars && answer.cost.tokens >= 0);
  return answer;
}

const quoted = async () => {
  await using model = await openModel(heads.compatible + tail, env);
  return model.quote(prompt);
};
const quote = await quoted();
const nothing = { tokens: 0, dollars: 0 };

function isFault(
  answer: Answer,
  kind: string,
  says: RegExp,
  cost: object,
): asserts answer is Extract<Answer, { fault: string }> {
  assert.ok('fault' in answer, JSON.stringify(answer));
  assert.equal(answer.kind, kind, answer.fault);
  assert.match(answer.fault, says);
  assert.match(answer.fault, /^Expected an answer of \S+( at 127\.0\.0\.1:\d+)?, got [^\n]*$/);
  assert.deepEqual(answer.cost, cost);
}

for (const provider of providers) {
  test(`${provider}: text, ending, usage and cost are what the server said`, async () => {
    const usage = { input: 30, cached: 10, output: 20, reasoning: provider === 'anthropic' ? 0 : 5 };
    const text = `An answer of ${provider}, with ünïcode and\na line.`;
    const answer = await ask(provider, { text, usage });
    const dollars = (20 * 10 + 10 * 1 + 20 * 100) / 1e6;
    assert.deepEqual(answer, { text, ended: 'stop', usage, cost: { tokens: 50, dollars } });
    const { body, prompt: said, headers } = server.requests.at(-1)!;
    assert.match(said, /Be short\.[\s\S]*Größe\?|Größe\?[\s\S]*Be short\./);
    assert.match(JSON.stringify(body), /"(max_tokens|max_output_tokens|maxOutputTokens)":50/);
    assert.match(JSON.stringify(body), /"temperature":0.5/);
    assert.equal(JSON.stringify(headers).includes(key), provider !== 'ollama');
  });

  test(`${provider}: an answer that was cut off at its most tokens, or by a filter, says so`, async () => {
    const usage = { input: 30, cached: 0, output: 50, reasoning: 0 };
    const long = await ask(provider, { text: 'half an answ', ended: 'length', usage });
    assert.equal('ended' in long && long.ended, 'length');
    const refused = await ask(provider, { text: 'I', ended: 'refused', usage });
    assert.equal('ended' in refused && refused.ended, 'refused');
  });

  test(`${provider}: a stream that ends, breaks or falls silent in the middle costs its quote`, async () => {
    const text = 'a text of several chunks, that is';
    isFault(await ask(provider, { text, endAfter: 2 }), 'broken', /./, quote);
    isFault(await ask(provider, { text, closeAfter: 2 }), 'broken', /./, quote);
    isFault(await ask(provider, { text, stallAfter: 2 }, ',stall=0.2'), 'broken', /silence for 0.2 s/, quote);
  });

  test(`${provider}: each status is what it is, costs nothing, and is asked for once`, async () => {
    const rows: [status: number, kind: string][] = [
      [400, 'unfit'],
      [401, 'wrong'],
      [403, 'wrong'],
      [404, 'wrong'],
      [413, 'unfit'],
      [422, 'unfit'],
      [429, 'busy'],
      [408, 'broken'],
      [500, 'broken'],
      [503, 'broken'],
    ];
    for (const [status, kind] of rows) {
      const before = server.requests.length;
      isFault(await ask(provider, { status }), kind, new RegExp(`status ${status}: scripted`), nothing);
      assert.equal(server.requests.length, before + 1);
    }
  });

  test(`${provider}: wrong JSON and empty answers are broken`, async () => {
    isFault(await ask(provider, { raw: 'data: {"choi\n\n' }), 'broken', /./, quote);
    isFault(await ask(provider, { raw: 'data: {"some": "thing"}\n\n' }), 'broken', /./, quote);
    isFault(await ask(provider, { raw: '<html>hello</html>' }), 'broken', /./, quote);
    const usage = { input: 30, cached: 0, output: 1, reasoning: 0 };
    const empty = await ask(provider, { text: '', usage });
    isFault(empty, 'broken', /an empty one/, { tokens: 31, dollars: (300 + 100) / 1e6 });
  });

  test(`${provider}: a server that repeats the key does not get it into a fault`, async () => {
    isFault(await ask(provider, 'echo'), 'wrong', provider === 'ollama' ? /bad key/ : /\[key\]/, nothing);
  });
}

for (const provider of providers) {
  test(`${provider}: a complete answer in place of a stream is the answer, its count and ending with it`, async () => {
    const usage = { input: 30, cached: 10, output: 20, reasoning: provider === 'anthropic' ? 0 : 5 };
    const text = 'all of it at once';
    const before = server.requests.length;
    const answer = await ask(provider, { text, usage, whole: true });
    const dollars = (20 * 10 + 10 * 1 + 20 * 100) / 1e6;
    assert.deepEqual(answer, { text, ended: 'stop', usage, cost: { tokens: 50, dollars } });
    assert.equal(server.requests.length, before + 1);
    const long = await ask(provider, { text, usage, whole: true, ended: 'length' });
    assert.equal('ended' in long && long.ended, 'length');
  });

  test(`${provider}: an error under status 200 is reported in the server's words, by its kind, and costs nothing`, async () => {
    for (const [message, kind] of [
      ['overloaded, come back later', 'busy'],
      ["This model's maximum context length is 2048 tokens", 'unfit'],
      ['Incorrect API key provided', 'wrong'],
      ['something else', 'broken'],
    ] as const) {
      const body = JSON.stringify({ error: { message } });
      const says = new RegExp(`an error under status 200: ${message}`);
      for (const type of ['application/json', 'text/event-stream', 'text/plain']) {
        const before = server.requests.length;
        isFault(await ask(provider, { raw: body, type }), kind, says, nothing);
        assert.equal(server.requests.length, before + 1);
      }
      isFault(
        await ask(provider, { raw: `data: ${body}\n\ndata: [DONE]\n\n` }),
        kind,
        says,
        kind === 'broken' ? quote : nothing,
      );
      // The last line of a server that was cut short.
      isFault(await ask(provider, { raw: `data: ${body}` }), kind, says, kind === 'broken' ? quote : nothing);
    }
  });

  test(`${provider}: a count that cannot be true is no count: the answer is used and costs its quote`, async () => {
    for (const wrong of [-1, -1e15, 0.5, 1e12, 2 ** 70, '7x', {}]) {
      const usage = { input: 30, cached: 0, output: wrong as number, reasoning: 0 };
      const answer = await ask(provider, { text: 'still an answer', usage });
      assert.ok('text' in answer, JSON.stringify(answer));
      assert.deepEqual(
        [answer.text, answer.cost, answer.usage],
        ['still an answer', quote, undefined],
        `${wrong}`,
      );
    }
  });

  test(`${provider}: a stream that is complete is used although its connection stays open`, async () => {
    const usage = { input: 30, cached: 0, output: 20, reasoning: 0 };
    for (const open of ['all', 'end'] as const) {
      const answer = await ask(provider, { text: 'done, and still here', usage, open });
      assert.ok('text' in answer, JSON.stringify(answer));
      assert.deepEqual([answer.text, answer.usage], ['done, and still here', usage]);
    }
  });
}

test('a count that is no JSON is no count either', async () => {
  const piece = (rest: string) => `data: {"id":"c","choices":[${rest}}\n\n`;
  const raw = `${piece('{"index":0,"delta":{"content":"NaN is \\"NaN\\""},"finish_reason":"stop"}]')}${piece('],"usage":{"prompt_tokens":30,"completion_tokens":NaN,"total_tokens":-Infinity}')}data: [DONE]\n\n`;
  const answer = await ask('compatible', { raw });
  assert.deepEqual(answer, { text: 'NaN is "NaN"', ended: 'stop', cost: quote });
});

test('an error that llama.cpp sends as a field of its own is read', async () => {
  const raw = 'error: {"code":500,"message":"slot unavailable","type":"server_error"}\n\n';
  isFault(await ask('compatible', { raw }), 'broken', /slot unavailable/, quote);
});

test('an error in the middle of an answer costs its quote, whatever its kind', async () => {
  const raw =
    'data: {"id":"c","choices":[{"index":0,"delta":{"content":"Well"}}]}\n\ndata: {"error":{"message":"rate limit"}}\n\n';
  isFault(await ask('compatible', { raw }), 'busy', /rate limit/, quote);
});

test('a body that is neither a stream nor JSON is quoted', async () => {
  isFault(
    await ask('openai', { raw: '<html>Bad gateway</html>', type: 'text/html' }),
    'broken',
    /Bad gateway/,
    quote,
  );
  isFault(
    await ask('openai', { raw: 'upstream timed out', type: 'text/plain' }),
    'broken',
    /upstream timed out/,
    quote,
  );
  isFault(await ask('openai', { raw: '{"some":"thing"}' }), 'broken', /but \{"some":"thing"\}/, quote);
});

test('no server has itself waited for longer than a day', async () => {
  for (const after of ['1e9', 'Infinity', new Date(Date.now() + 1e12).toUTCString()]) {
    const answer = await ask('openai', { status: 429, headers: { 'retry-after': after } });
    assert.equal('fault' in answer && answer.retryAfter, 24 * 3_600_000);
  }
});

test('an answer that holds the key is a fault, paid for as it was; no letter of any other is changed', async () => {
  const usage = { input: 30, cached: 0, output: 20, reasoning: 0 };
  const leaked = await ask('compatible', { text: `your key is ${key}.`, usage });
  isFault(leaked, 'unfit', /a key in it/, { tokens: 50, dollars: (30 * 10 + 20 * 100) / 1e6 });
  for (const short of ['x', 'EMPTY', '1234567']) {
    next = { text: `x EMPTY 1234567 ${key}` };
    await using model = await openModel(heads.compatible + tail, { ATOLL_API_KEY: short });
    const answer = await model.ask(prompt, never);
    assert.equal('text' in answer && answer.text, `x EMPTY 1234567 ${key}`);
    assert.match(
      shortKeys(heads.compatible, { ATOLL_API_KEY: short })[0]!,
      /^ATOLL_API_KEY has \d characters?, too few/,
    );
  }
  assert.deepEqual(shortKeys(heads.compatible, env), []);
  assert.deepEqual(shortKeys(heads.ollama, { ATOLL_API_KEY: 'x' }), []);
});

test('a key does not get into what is kept from a command either', async () => {
  await using model = await openModel(`exec:echo ${key}`, env);
  const answer = await model.ask(prompt, never);
  assert.ok('fault' in answer && answer.kind === 'unfit');
  await using loud = await openModel(`exec:echo ${key} >&2; exit 1`, env);
  const fault = await loud.ask(prompt, never);
  assert.match('fault' in fault ? fault.fault : '', /status 1: \[key\]$/);
});

test('an answer without a count costs its quote', async () => {
  const answer = await ask('compatible', { text: 'four words of text', usage: 'none' });
  assert.equal(answer.usage, undefined);
  assert.deepEqual(answer.cost, quote);
});

test('a busy server says when it may be asked again, in each of the ways there are', async (t) => {
  const after = async (headers: Record<string, string>) => {
    const answer = await ask('openai', { status: 429, headers });
    return 'fault' in answer ? answer.retryAfter : assert.fail();
  };
  assert.equal(await after({ 'retry-after': '3' }), 3000);
  assert.equal(await after({ 'retry-after-ms': '250', 'retry-after': '3' }), 250);
  const now = Date.UTC(2030, 0, 1);
  t.mock.method(Date, 'now', () => now);
  assert.equal(await after({ 'retry-after': new Date(now + 20_000).toUTCString() }), 20_000);
  assert.equal(await after({ 'retry-after': 'later' }), undefined);
  assert.equal(await after({}), undefined);
});

test('an empty account is wrong, though its status says busy', async () => {
  const body = '{"error":{"message":"You exceeded your current quota","code":"insufficient_quota"}}';
  isFault(await ask('openai', { status: 429, body }), 'wrong', /quota/, nothing);
});

test('an address without a server costs nothing, a connection that breaks after the request its quote', async () => {
  isFault(await ask('compatible', 'reset'), 'broken', /./, quote);
  const gone = createServer().listen(0, '127.0.0.1');
  await new Promise((ready) => gone.once('listening', ready));
  const { port } = gone.address() as AddressInfo;
  await new Promise((closed) => gone.close(closed));
  await using model = await openModel(`compatible:x@http://127.0.0.1:${port}/v1`, {});
  isFault(await model.ask(prompt, never), 'broken', /ECONNREFUSED/, nothing);
});

test('silence before the first byte is thought, until the time for the call is up', async () => {
  const answer = await ask('compatible', { text: 'I thought about it', delay: 1200 }, ',stall=1');
  assert.equal('text' in answer && answer.text, 'I thought about it');
  isFault(await ask('compatible', 'silence', ',timeout=0.3'), 'broken', /none within 0.3 s/, quote);
});

test('a slow stream is no stall, but the time for the whole call ends it', async () => {
  const text = 'eight by eight, and a pause each time';
  const slow = await ask('compatible', { text, pace: 250 }, ',stall=1');
  assert.equal('text' in slow ? slow.text : slow.fault, text);
  isFault(await ask('compatible', { text, pace: 100 }, ',timeout=0.25'), 'broken', /0.25 s/, quote);
});

for (const [name, behaviour] of [
  ['before the first byte', 'silence'],
  ['in the middle', { text: 'a few chunks of text', stallAfter: 2 }],
] as const)
  test(`aborted ${name}, a call throws the reason and closes its connection`, async () => {
    await until(() => server.open === 0);
    const abort = new AbortController();
    const asked = ask('compatible', behaviour, '', abort.signal);
    await until(() => server.open === 1 && server.stuck);
    const reason = new Error('enough');
    abort.abort(reason);
    await assert.rejects(asked, (error) => error === reason);
    await until(() => server.open === 0);
  });

test('a redirect is not followed, since the key would go along', async () => {
  const headers = { location: `${origin}/elsewhere` };
  const before = server.requests.length;
  isFault(await ask('anthropic', { status: 307, headers }), 'wrong', /status 307/, nothing);
  assert.equal(server.requests.length, before + 1);
});

test('each provider receives the effort in its own terms', async () => {
  const sent = async (provider: Provider) => {
    await ask(provider, { text: 'yes' }, ',effort=low');
    return server.requests.at(-1)!.body;
  };
  assert.equal((await sent('openai')).reasoning.effort, 'low');
  assert.equal((await sent('anthropic')).output_config.effort, 'low');
  assert.equal((await sent('compatible')).reasoning_effort, 'low');
  next = { text: 'yes' };
  await using gemini = await openModel('google:gemini-3-pro-preview#effort=low', env);
  await gemini.ask(prompt, never);
  assert.equal(server.requests.at(-1)!.body.generationConfig.thinkingConfig.thinkingLevel, 'low');
});

test('a missing key is reported by its name when a model is opened', async () => {
  await assert.rejects(openModel('openai:x', {}), /OPENAI_API_KEY/);
  await assert.rejects(openModel('anthropic:x', {}), /ANTHROPIC_API_KEY/);
  await assert.rejects(openModel('google:x', {}), /GOOGLE_GENERATIVE_AI_API_KEY or GEMINI_API_KEY/);
  const bad = openModel('openai:x', { OPENAI_API_KEY: `${key}\n${key}` });
  await assert.rejects(
    bad,
    (error: Error) => /OPENAI_API_KEY/.test(error.message) && !`${error}`.includes(key),
  );
});
