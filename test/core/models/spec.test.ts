import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSpec } from '../../../core/models/spec.ts';
import { ConfigError } from '../../../core/search/errors.ts';

const rows: [text: string, says: Record<string, unknown>][] = [
  ['openai:gpt-5', { kind: 'openai', target: 'gpt-5', tokens: 8192, timeout: 300_000, stall: 60_000 }],
  ['ollama:qwen2.5-coder:7b', { target: 'qwen2.5-coder:7b', effort: undefined, temperature: undefined }],
  ['openai:ft:gpt-4.1:me::x/y@z', { target: 'ft:gpt-4.1:me::x/y@z' }],
  ['compatible:a@b/c:1.5@http://h:1/v1', { target: 'a@b/c:1.5', url: 'http://h:1/v1' }],
  ['compatible:m@https://h/v1/#rpm=9', { target: 'm', url: 'https://h/v1', rpm: 9 }],
  ['google:g#effort=low,temperature=0,tokens=5', { effort: 'low', temperature: 0, tokens: 5 }],
  ['openai:x#price=1.25/10', { price: { input: 1.25, cached: 1.25, output: 10 } }],
  ['openai:x#price=1.25/0.125/10', { price: { input: 1.25, cached: 0.125, output: 10 } }],
  ['openai:x#timeout=0.5, stall=2,calls=3', { timeout: 500, stall: 2000, calls: 3 }],
  ['exec:ask --as "a # b"', { target: 'ask --as "a # b"' }],
  ['exec:ask --as a#b=1,calls=2', { target: 'ask --as a#b=1,calls=2' }],
  ['exec:ask a#b#calls=4', { target: 'ask a#b', calls: 4 }],
  ['manual:runs/#1', { target: 'runs/#1', calls: 4 }],
];

for (const [text, says] of rows)
  test(`\`${text}\` says ${JSON.stringify(says)}`, () => {
    const spec: Record<string, any> = parseSpec(text);
    assert.equal(spec.name, text);
    for (const [key, value] of Object.entries(says)) assert.deepEqual(spec[key], value, key);
  });

const wrong: [text: string, says: RegExp][] = [
  ['gpt-5', /openai:\.\.\./],
  ['openai', /openai:\.\.\./],
  ['toString:x', /openai:\.\.\./],
  ['openai:', /a model's name/],
  ['exec: ', /a command/],
  ['compatible:m', /NAME@http/],
  ['compatible:m@http://', /NAME@http/],
  ['compatible:@http://h/v1', /a model's name/],
  ['openai:x#', /key=value/],
  ['openai:x#color=red', /`color=red`/],
  ['openai:x#effort', /`effort`/],
  ['openai:x#toString=1', /`toString=1`/],
  ['openai:x#effort=huge', /one of none, .*`huge`/],
  ['openai:x#temperature=2.1', /from 0 to 2/],
  ['openai:x#temperature=', /from 0 to 2/],
  ['openai:x#tokens=0', /whole number above 0/],
  ['openai:x#calls=1.5', /whole number above 0/],
  ['openai:x#timeout=0', /seconds/],
  ['openai:x#stall=1e9', /seconds/],
  ['openai:x#price=1', /IN\/OUT/],
  ['openai:x#price=1/-2', /IN\/OUT/],
  ['openai:x#price=1//2', /IN\/OUT/],
];

for (const [text, says] of wrong)
  test(`\`${text}\` is no SPEC`, () => {
    assert.throws(
      () => parseSpec(text),
      (error) => error instanceof ConfigError && says.test(error.message),
    );
  });

test('a password in an address is refused and not repeated', () => {
  const text = 'compatible:m@http://me:hunter22@h/v1';
  assert.throws(
    () => parseSpec(text),
    (error: Error) => /no password/.test(error.message) && !/hunter22/.test(`${error}`),
  );
});
