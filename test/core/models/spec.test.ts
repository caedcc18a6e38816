import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ConfigError } from '../../../core/errors.ts';
import { costOf, priceOf, priceTable, quoteOf } from '../../../core/models/prices.ts';
import { parseSpec } from '../../../core/models/spec.ts';

test('a spec is a kind, a name and a tail', () => {
  const { kind, name, url, manner } = parseSpec(
    'compatible:org/model:8b@v2@http://10.0.0.1:8000/v1#effort=low,temperature=0.5,price=1/2,calls=3,rpm=60',
  );
  assert.deepEqual([kind, name, url], ['compatible', 'org/model:8b@v2', 'http://10.0.0.1:8000/v1']);
  assert.deepEqual(
    [manner.effort, manner.temperature, manner.price, manner.calls, manner.rpm, manner.tokens],
    ['low', 0.5, { input: 1, cached: 1, output: 2 }, 3, 60, 8192],
  );
  assert.equal(parseSpec('ollama:qwen3:8b').name, 'qwen3:8b');
});

test('a command may hold a #, and may be followed by a tail', () => {
  assert.equal(parseSpec('exec:sh -c "echo a # b"').name, 'sh -c "echo a # b"');
  const { name, manner } = parseSpec('exec:answer #1 #timeout=5');
  assert.deepEqual([name, manner.timeout], ['answer #1 ', 5]);
});

for (const [text, message] of [
  ['gpt-5', /Expected a model as `kind:name` with a kind among openai, .*got `gpt-5`/],
  ['openai:', /Expected a name after `openai:`/],
  ['constructor:x', /a kind among/],
  ['compatible:m', /compatible:NAME@http:\/\/host:port\/v1/],
  ['openai:m#speed=9', /Expected a key among effort, .* after `#`, got `speed`/],
  ['openai:m#effort=huge', /Expected `effort` to be one of none, .*got `huge`/],
  ['openai:m#tokens=0', /Expected `tokens` to be a whole number of at least 1, got `0`/],
  ['openai:m#temperature=3', /Expected `temperature` to be a number from 0 to 2, got `3`/],
  ['openai:m#price=1', /Expected `price` to be IN\/OUT or IN\/CACHED\/OUT/],
  ['openai:m#price=-1/2', /Expected `price` to be/],
] as const) {
  test(`${text} is refused in words`, () => {
    assert.throws(
      () => parseSpec(text),
      (error) => error instanceof ConfigError && message.test(error.message),
    );
  });
}

const usage = { input: 1_000_000, cached: 400_000, output: 100_000, reasoning: 50_000 };

test('the price in a spec is taken before the table, cached input at its own rate', () => {
  const price = priceOf(parseSpec('openai:gpt-4o#price=2/1/10'));
  assert.deepEqual(costOf(usage, price), { tokens: 1_100_000, dollars: 0.6 * 2 + 0.4 * 1 + 0.1 * 10 });
});

test('the shipped table knows the large providers and says which table it is', () => {
  for (const spec of ['openai:gpt-4o', 'anthropic:claude-sonnet-4-5', 'google:gemini-2.5-pro']) {
    const dollars = priceOf(parseSpec(spec))!(usage);
    assert.ok(dollars > 0.1 && dollars < 20, `${spec}: ${dollars}`);
  }
  assert.match(priceTable(), /genai-prices \d+\.\d+\.\d+/);
});

test('what runs here costs nothing; an unknown model has no price', () => {
  for (const spec of ['ollama:x', 'exec:cat', 'manual:desk', 'compatible:m@http://127.0.0.1:1/v1']) {
    assert.equal(priceOf(parseSpec(spec))!(usage), 0);
  }
  for (const spec of ['openai:no-such-model', 'compatible:m@https://example.com/v1']) {
    assert.equal(priceOf(parseSpec(spec)), undefined);
  }
});

test('a quote counts each byte as a token, and all that may be written', () => {
  const price = priceOf(parseSpec('openai:m#price=1/1'));
  const { tokens, dollars } = quoteOf([{ role: 'user', text: 'größe 漢' }], 100, price);
  assert.ok(tokens >= 12 + 100 && tokens < 12 + 100 + 100);
  assert.equal(dollars, tokens / 1e6);
});
