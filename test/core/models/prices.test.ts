import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isPriced, openModel } from '../../../core/models/open.ts';
import { costOf, free, mostOf, type Price, priceOf, priceTable } from '../../../core/models/prices.ts';
import { parseSpec } from '../../../core/models/spec.ts';

const price = (text: string) => priceOf(parseSpec(text));

test('the price in a SPEC goes before all others', () => {
  const given = [{ above: 0, input: 1, cached: 0.5, output: 2 }];
  for (const head of ['openai:gpt-5', 'ollama:x', 'exec:x', 'compatible:x@https://example.com/v1'])
    assert.deepEqual(price(`${head}#price=1/0.5/2`), given);
});

test('what runs on this machine or network is free', () => {
  const hosts = [
    'localhost',
    '127.0.0.1',
    '[::1]',
    '10.1.2.3',
    '192.168.0.9',
    '172.20.0.1',
    'gpu-box',
    'a.local',
  ];
  for (const text of [
    'ollama:x',
    'exec:x',
    'manual:x',
    'gguf:x',
    ...hosts.map((h) => `compatible:x@http://${h}:8000/v1`),
  ])
    assert.deepEqual(price(text), free, text);
});

test('a model that the table does not know, at a server elsewhere, has no known price', async () => {
  for (const text of [
    'openai:nope',
    'compatible:x@https://example.com/v1',
    'compatible:x@http://172.32.0.1/v1',
  ]) {
    assert.equal(price(text), undefined, text);
    assert.equal(await isPriced(text), false);
  }
});

test('the shipped table knows the well known models, tiers and resellers', () => {
  assert.deepEqual(price('openai:gpt-5'), [{ above: 0, input: 1.25, cached: 0.125, output: 10 }]);
  assert.deepEqual(price('google:gemini-2.5-pro'), [
    { above: 0, input: 1.25, cached: 0.125, output: 10 },
    { above: 200_000, input: 2.5, cached: 0.25, output: 15 },
  ]);
  assert.deepEqual(price('compatible:openai/gpt-5@https://openrouter.ai/api/v1'), price('openai:gpt-5'));
  assert.match(priceTable(), /^@pydantic\/genai-prices \d+\.\d+\.\d+$/);
});

test('a long prompt is paid for at the price of its tier, all of it', () => {
  const tiers = price('google:gemini-2.5-pro')!;
  const cost = (input: number) => costOf({ input, cached: 0, output: 100, reasoning: 0 }, tiers).dollars;
  assert.equal(cost(200_000), (200_000 * 1.25 + 100 * 10) / 1e6);
  assert.equal(cost(200_001), (200_001 * 2.5 + 100 * 15) / 1e6);
});

test('no usage within a quote costs more than it, whatever the prices', () => {
  const dollars = fc.double({ min: 0, max: 1000, noNaN: true });
  const tier = fc.record({ input: dollars, cached: dollars, output: dollars });
  const tiers: fc.Arbitrary<Price> = fc
    .array(tier, { minLength: 1, maxLength: 3 })
    .map((rows) => rows.map((row, i) => ({ above: i * 500, ...row })));
  const count = fc.nat(2000);
  fc.assert(
    fc.property(tiers, count, count, count, count, count, (prices, input, more, part, output, further) => {
      const cost = costOf({ input, cached: Math.min(part, input), output, reasoning: 0 }, prices);
      const most = mostOf(input + more, output + further, prices);
      assert.ok(cost.tokens <= most.tokens && cost.dollars <= most.dollars * (1 + 1e-12));
    }),
  );
});

test('a quote counts bytes, and all that may be written', async () => {
  await using model = await openModel('compatible:x@http://localhost/v1#tokens=100,price=1/2', {});
  const quote = (text: string) => model.quote([{ role: 'user', text }]).tokens;
  assert.equal(quote('漢字') - quote(''), 6);
  assert.ok(quote('') > 100);
});
