import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanCounts, credible } from '../../../core/models/usage.ts';

const most = { tokens: 1000 };
const good = { input: 30, cached: 10, output: 20, reasoning: 5 };

test('a count is believed only where every number in it can be true', () => {
  assert.deepEqual(credible(good, most, 'text'), good);
  for (const name of ['input', 'cached', 'output', 'reasoning'] as const) {
    for (const bad of [
      -1,
      -1e300,
      0.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 60,
      '12' as unknown as number,
    ]) {
      assert.equal(credible({ ...good, [name]: bad }, most, 'text'), undefined, `${name} ${bad}`);
    }
  }
  assert.equal(credible({ ...good, cached: 31 }, most, ''), undefined, 'more cached than read');
  assert.equal(credible({ ...good, reasoning: 21 }, most, ''), undefined, 'more thought than written');
  assert.equal(credible({ ...good, input: 0, cached: 0 }, most, ''), undefined, 'nothing read');
  assert.equal(
    credible({ ...good, output: 0, reasoning: 0 }, most, 'text'),
    undefined,
    'a text of no tokens',
  );
  assert.deepEqual(credible({ ...good, output: 0, reasoning: 0 }, most, ''), {
    ...good,
    output: 0,
    reasoning: 0,
  });
  assert.equal(credible({ ...good, output: 9999 }, most, 'text'), undefined, 'ten times what a call may use');
  assert.deepEqual(credible({ ...good, output: 3000 }, most, 'text'), { ...good, output: 3000 });
});

test('only counts of tokens are cleaned, wherever a dialect puts them', () => {
  const clean = (value: unknown) => {
    const { value: cleaned, wrong } = cleanCounts(value);
    return wrong ? cleaned : undefined;
  };
  assert.equal(
    clean({ usage: { prompt_tokens: 1, cost: 0.001, queue_time: 0.5, service_tier: 'x' } }),
    undefined,
  );
  assert.equal(clean({ usage: null, tokens: -1, choices: [{ logprobs: [-1.5] }] }), undefined);
  assert.deepEqual(clean({ usage: { completion_tokens: -1, total_tokens: 5 } }), {
    usage: { completion_tokens: 0, total_tokens: 5 },
  });
  assert.deepEqual(clean({ message: { usage: { output_tokens: '7' } } }), {
    message: { usage: { output_tokens: 0 } },
  });
  assert.deepEqual(clean({ response: { usage: { input_tokens_details: { cached_tokens: 1.5 } } } }), {
    response: { usage: { input_tokens_details: { cached_tokens: 0 } } },
  });
  assert.deepEqual(clean({ usageMetadata: { promptTokensDetails: [{ tokenCount: true }] } }), {
    usageMetadata: { promptTokensDetails: [{ tokenCount: 0 }] },
  });
});
