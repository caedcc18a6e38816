import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openEmbedder } from '../../../core/models/open.ts';
import { decodeVector, encodeVector } from '../../../core/search/vector.ts';
import { openModelServer } from '../../fixtures/model-server.ts';

const never = new AbortController().signal;
const ask = [{ role: 'user', text: 'const a = 1;' }] as const;

test('a vector as text is the same vector in 32 bits', () => {
  const numbers = [0, -1.5, 1 / 3, 1e-30];
  assert.deepEqual([...decodeVector(encodeVector(numbers))], numbers.map(Math.fround));
});

test('an embedding comes back as the text of its vector, with its tokens and what they cost', async () => {
  await using server = await openModelServer((_, { path, body }) => {
    assert.match(path, /\/embeddings$/);
    assert.deepEqual(body.input, ['const a = 1;']);
    const data = [{ object: 'embedding', index: 0, embedding: [0.25, -0.5] }];
    return {
      status: 200,
      body: JSON.stringify({ data, model: 'e', usage: { prompt_tokens: 9, total_tokens: 9 } }),
    };
  });
  const model = await openEmbedder(`compatible:e@${server.url}#price=2/2`, {});
  const answer = await model.ask(ask, never);
  assert.ok('text' in answer, JSON.stringify(answer));
  assert.deepEqual([...decodeVector(answer.text)], [0.25, -0.5]);
  assert.deepEqual(answer.cost, { tokens: 9, dollars: 18e-6 });
  assert.ok(model.quote(ask).tokens >= 12);
});

test('a server that refuses is a fault of its kind, and a provider without embeddings is refused in words', async () => {
  await using server = await openModelServer((_, __, count) => ({ status: count === 1 ? 429 : 401 }));
  const model = await openEmbedder(`compatible:e@${server.url}`, {});
  const kinds = [await model.ask(ask, never), await model.ask(ask, never)].map(
    (each) => 'kind' in each && each.kind,
  );
  assert.deepEqual(kinds, ['busy', 'wrong']);
  await assert.rejects(
    openEmbedder('anthropic:e', { ANTHROPIC_API_KEY: 'x' }),
    /a provider that has embeddings/,
  );
  await assert.rejects(openEmbedder('exec:cat', {}), /behind HTTP/);
});
