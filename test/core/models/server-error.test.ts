import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorIn, kindOf } from '../../../core/models/server-error.ts';

test('an error is found in every form in which servers send one, with its words and its kind', () => {
  const rows: [body: unknown, words: RegExp, kind: string][] = [
    [{ error: { message: 'overloaded' } }, /^overloaded$/, 'busy'],
    [{ error: 'model is loading' }, /^model is loading$/, 'broken'],
    [{ type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, /^Overloaded$/, 'busy'],
    [{ type: 'error', code: 'server_error', message: 'sorry' }, /^sorry$/, 'broken'],
    [
      {
        type: 'response.failed',
        response: { error: { code: 'rate_limit_exceeded', message: 'Slow down' } },
      },
      /^Slow down$/,
      'busy',
    ],
    [
      { object: 'error', message: "This model's maximum context length is 2048 tokens.", code: 400 },
      /maximum context length/,
      'unfit',
    ],
    [{ error: { code: 400, type: 'exceed_context_size_error', message: 'no' } }, /^no$/, 'unfit'],
    [
      {
        error: {
          message: 'prompt is too long: 210000 tokens > 200000 maximum',
          type: 'invalid_request_error',
        },
      },
      /too long/,
      'unfit',
    ],
    [{ error: { code: 502, message: 'Provider disconnected' }, choices: [] }, /disconnected/, 'broken'],
    [{ error: { code: 401, message: 'who are you' } }, /who are you/, 'wrong'],
    [{ error: { message: 'Incorrect API key provided', code: 'invalid_api_key' } }, /Incorrect/, 'wrong'],
    [{ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'quota' } }, /quota/, 'busy'],
    [[{ error: { code: 503, message: 'try later' } }], /try later/, 'broken'],
    [{ detail: 'Internal error' }, /Internal error/, 'broken'],
    [{ error: 'busy', error_type: 'overloaded' }, /^busy$/, 'busy'],
  ];
  for (const [body, words, kind] of rows) {
    const found = errorIn(body);
    assert.ok(found, JSON.stringify(body));
    assert.match(found.words, words);
    assert.equal(found.kind, kind, JSON.stringify(body));
  }
});

test('an answer that speaks of errors is none', () => {
  for (const body of [
    { choices: [{ delta: { content: '{"error": "overloaded"}' } }] },
    { type: 'response.created', response: { error: null } },
    { type: 'response.output_text.delta', delta: 'error' },
    { error: null, choices: [] },
    { type: 'message_start', message: { content: [] } },
    { candidates: [], detail: 'x' },
    { usage: { prompt_tokens: 1 }, message: 'x' },
    'error',
    null,
    12,
  ])
    assert.equal(errorIn(body), undefined, JSON.stringify(body));
});

test('a prompt that is too long is unfit under any status, and a crowd is a crowd', () => {
  const long = 'The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).';
  for (const status of [undefined, 400, 413, 422, 429, 500])
    assert.equal(kindOf(status, long), 'unfit', `${status}`);
  assert.equal(
    kindOf(429, 'Request too large for gpt-x on tokens per min (TPM): Limit 1, Requested 2'),
    'unfit',
  );
  assert.equal(
    kindOf(429, 'Rate limit reached on tokens per min (TPM): Limit 9, Used 8, Requested 2.'),
    'busy',
  );
  assert.equal(kindOf(429, 'Requests have exceeded token rate limit of your tier'), 'busy');
  assert.equal(kindOf(529, 'Overloaded'), 'broken');
  assert.equal(kindOf(400, '{"error":{"details":[{"reason":"API_KEY_INVALID"}]}}'), 'wrong');
});
