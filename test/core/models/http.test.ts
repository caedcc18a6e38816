import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../../core/errors.ts';
import type { Answer } from '../../../core/model.ts';
import { httpModel } from '../../../core/models/http.ts';
import { parseSpec } from '../../../core/models/spec.ts';
import { type Behaviour, openModelServer, type Seen } from '../../fixtures/model-server.ts';

const messages = [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text: 'Say hello.' },
] as const;
const never = new AbortController().signal;
const key = 'sk-secret-0123456789';
let servers = 0;

/** One call to a compatible server that behaves so, at $2 and $10 for a million tokens. */
async function call(
  behave: (seen: Seen, number: number) => Behaviour,
  tail = '',
): Promise<{ answer: Answer; seen: readonly Seen[]; quote: number; ms: number }> {
  await using server = await openModelServer(behave);
  // A path of its own for each, since queues are shared by host.
  const spec = `compatible:m@${server.url}#price=2/0.5/10,tokens=100,timeout=5${tail}`;
  const model = httpModel(parseSpec(spec), { ATOLL_API_KEY: `${key}${++servers}` });
  using _slot = await model.slot(never);
  const start = performance.now();
  const answer = await model.ask(messages, never);
  const ms = performance.now() - start;
  assert.ok(!JSON.stringify(answer).includes(key), 'no answer holds the key');
  const quote = model.quote(messages);
  assert.ok(answer.cost.dollars <= quote.dollars && answer.cost.tokens <= quote.tokens);
  return { answer, seen: server.seen, quote: quote.dollars, ms };
}

test('a streamed answer comes back whole, with its tokens and what they cost', async () => {
  const usage = { input: 40, output: 20, cached: 30, reasoning: 5 };
  const { answer, seen } = await call(() => ({ text: 'Hello, wörld.', usage, delay: 50 }));
  assert.deepEqual(answer, {
    text: 'Hello, wörld.',
    ended: 'stop',
    usage,
    cost: { tokens: 60, dollars: (10 * 2 + 30 * 0.5 + 20 * 10) / 1e6 },
  });
  assert.equal(seen.length, 1);
  assert.equal(seen[0]!.body.max_tokens, 100);
  assert.deepEqual(seen[0]!.body.messages[0], { role: 'system', content: 'Be brief.' });
  assert.equal(seen[0]!.headers.authorization, `Bearer ${key}${servers}`);
});

test('temperature and effort are sent only when the spec has them', async () => {
  const plain = (await call(() => ({ text: 'x' }))).seen[0]!.body;
  assert.ok(!('temperature' in plain) && !('reasoning_effort' in plain));
  const set = (await call(() => ({ text: 'x' }), ',temperature=0.3,effort=high')).seen[0]!.body;
  assert.equal(set.temperature, 0.3);
  assert.equal(set.reasoning_effort, 'high');
});

test('an answer cut off at the most tokens says so, and a filtered one too', async () => {
  const { answer } = await call(() => ({ text: 'Hel', finish: 'length' }));
  assert.equal('ended' in answer && answer.ended, 'length');
  const filtered = await call(() => ({ text: '', finish: 'content_filter' }));
  assert.equal('ended' in filtered.answer && filtered.answer.ended, 'refused');
});

test('where the provider does not count, the worst price stands', async () => {
  const { answer, quote } = await call(() => ({ text: 'Hello.', usage: null }));
  assert.ok('text' in answer && answer.usage === undefined);
  assert.equal(answer.cost.dollars, quote);
});

const failures: [what: string, Behaviour, kind: string, billed: boolean, retryAfter?: number][] = [
  ['429 with seconds', { status: 429, headers: { 'retry-after': '2' } }, 'busy', false, 2000],
  ['429 with milliseconds', { status: 429, headers: { 'retry-after-ms': '150' } }, 'busy', false, 150],
  ['500', { status: 500 }, 'broken', false],
  ['503', { status: 503 }, 'broken', false],
  ['400', { status: 400 }, 'unfit', false],
  ['413', { status: 413 }, 'unfit', false],
  ['401', { status: 401 }, 'wrong', false],
  ['404', { status: 404 }, 'wrong', false],
  ['a page instead of an answer', { raw: '<html>Welcome</html>', type: 'text/html' }, 'broken', true],
  ['wrong JSON', { raw: 'data: {"choices":[{"delta":{"content":"a"}\n\n' }, 'broken', true],
  ['JSON of another shape', { raw: 'data: {"hello":1}\n\ndata: [DONE]\n\n' }, 'broken', true],
  ['an answer that breaks off', { text: 'a long answer', halfway: 'cut' }, 'broken', true],
  ['an answer that ends without an end', { text: 'a long answer', halfway: 'end' }, 'broken', true],
  ['an empty answer', { text: '' }, 'broken', true],
  ['a connection that is reset', 'reset', 'broken', true],
];
for (const [what, behaviour, kind, billed, retryAfter] of failures) {
  test(`${what} is a fault of kind ${kind}, after one request, ${billed ? 'at most the worst price' : 'for nothing'}`, async () => {
    const { answer, seen, quote } = await call(() => behaviour);
    assert.ok('fault' in answer, JSON.stringify(answer));
    assert.equal(answer.kind, kind);
    assert.equal(answer.retryAfter, retryAfter);
    assert.equal(seen.length, 1);
    assert.match(answer.fault, /^Expected an answer from compatible:m@.* at 127\.0\.0\.1:\d+, got .+/);
    assert.ok(billed ? answer.cost.dollars > 0 && answer.cost.dollars <= quote : answer.cost.dollars === 0);
  });
}

test('a key that a provider quotes back is not in what is kept', async () => {
  const { answer } = await call(({ headers }) => ({
    status: 401,
    body: JSON.stringify({ error: { message: `no such key: ${headers.authorization}` } }),
  }));
  assert.ok('fault' in answer && /no such key: Bearer \(key\)/.test(answer.fault), JSON.stringify(answer));
});

test('a stall is cut after the time without a byte, a slow answer is not', async () => {
  const stalled = await call(() => ({ text: 'a long answer', halfway: 'stall' }), ',stall=0.3');
  assert.ok('fault' in stalled.answer && /not a byte for 0.3 s/.test(stalled.answer.fault));
  assert.ok(stalled.ms < 1500 && stalled.answer.cost.dollars === stalled.quote);
  const slow = await call(() => ({ text: 'a long answer', delay: 1200 }), ',stall=0.5');
  assert.ok('text' in slow.answer);
});

test('silence and an endless answer end at the timeout', async () => {
  for (const behaviour of ['silence', { text: 'a long answer', delay: 5000 }] as const) {
    const { answer, ms } = await call(() => behaviour, ',timeout=0.6');
    assert.ok('fault' in answer && /within 0.6 s/.test(answer.fault), JSON.stringify(answer));
    assert.ok(ms < 2000);
  }
});

test('a server that is not there is a fault for nothing', async () => {
  const server = await openModelServer(() => 'silence');
  await server[Symbol.asyncDispose]();
  const model = httpModel(parseSpec(`compatible:m@${server.url}`), {});
  const answer = await model.ask(messages, never);
  assert.ok(
    'fault' in answer && answer.kind === 'broken' && /ECONNREFUSED/.test(answer.fault),
    JSON.stringify(answer),
  );
  assert.equal(answer.cost.tokens, 0);
});

test('an abort ends the call at once with the reason, and the server sees the client leave', async () => {
  await using server = await openModelServer(() => ({ text: 'a long answer', halfway: 'stall' }));
  const model = httpModel(parseSpec(`compatible:m@${server.url}`), {});
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 200);
  const start = performance.now();
  await assert.rejects(model.ask(messages, stop.signal), /^Error: enough$/);
  assert.ok(performance.now() - start < 600);
  await new Promise((done) => setTimeout(done, 100));
  assert.ok(server.seen[0]!.left);
});

test('no more calls at a time than the spec allows, and a wait that is aborted gives its place up', async () => {
  await using server = await openModelServer(() => ({ text: 'Hello.', delay: 60 }));
  const model = httpModel(parseSpec(`compatible:m@${server.url}#calls=3`), {});
  const ask = async (): Promise<void> => {
    using _slot = await model.slot(never);
    await model.ask(messages, never);
  };
  const all = Promise.all(Array.from({ length: 12 }, ask));
  const stop = new AbortController();
  const waiting = model.slot(stop.signal);
  stop.abort(new Error('enough'));
  await assert.rejects(waiting, /enough/);
  await all;
  assert.equal(server.seen.length, 12);
  assert.equal(server.peak, 3);
});

test('after a busy answer nobody asks before the time it named', async () => {
  const times: number[] = [];
  await using server = await openModelServer((_, number) => {
    times.push(performance.now());
    return number === 1 ? { status: 429, headers: { 'retry-after-ms': '400' } } : { text: 'Hello.' };
  });
  const model = httpModel(parseSpec(`compatible:m@${server.url}`), {});
  for (let i = 0; i < 2; i++) {
    using _slot = await model.slot(never);
    await model.ask(messages, never);
  }
  assert.ok(times[1]! - times[0]! >= 395, String(times));
});

for (const [kind, variable, base, path] of [
  ['openai', 'OPENAI_API_KEY', 'OPENAI_BASE_URL', /\/responses$/],
  ['anthropic', 'ANTHROPIC_API_KEY', 'ANTHROPIC_BASE_URL', /\/messages$/],
  ['google', 'GEMINI_API_KEY', 'GOOGLE_BASE_URL', /models\/m:streamGenerateContent/],
] as const) {
  test(`${kind} is asked by its own interface, tokens counted`, async () => {
    const usage = { input: 40, output: 20, cached: 30, reasoning: kind === 'anthropic' ? 0 : 5 };
    await using server = await openModelServer(() => ({ text: 'Hello.', usage }));
    const env = { [variable]: key, [base]: server.url };
    const model = httpModel(parseSpec(`${kind}:m#price=2/0.5/10,tokens=500`), env);
    const answer = await model.ask(messages, never);
    assert.ok(
      'text' in answer && answer.text === 'Hello.' && answer.ended === 'stop',
      JSON.stringify(answer),
    );
    assert.deepEqual(answer.usage, usage);
    assert.match(server.seen[0]!.path, path);
    assert.ok(JSON.stringify(server.seen[0]!.headers).includes(key));
  });

  test(`${kind} without a key names the variable`, () => {
    assert.throws(
      () => httpModel(parseSpec(`${kind}:m`), {}),
      (error) => error instanceof ConfigError && error.message.includes(variable),
    );
  });
}
