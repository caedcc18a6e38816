import assert from 'node:assert/strict';
import { test } from 'node:test';
import { trainedBy } from '../../../../core/learning/trainers/open.ts';
import { parseTrainer } from '../../../../core/learning/trainers/spec.ts';

test('a trainer is read with defaults filled in', () => {
  assert.deepEqual(parseTrainer('tinker'), { kind: 'tinker', rank: 32, rate: 4e-5, mismatch: 'on' });
  assert.deepEqual(parseTrainer('tinker#rate=1e-4,rank=8,mismatch=off'), {
    kind: 'tinker',
    rank: 8,
    rate: 1e-4,
    mismatch: 'off',
  });
  const command = 'python lora.py --lr 1e-5 # with a note';
  assert.deepEqual(parseTrainer(`vllm:${command}`), { kind: 'vllm', command });
});

for (const [text, message] of [
  ['teacher', /Expected --trainer to be tinker or vllm:COMMAND, got `teacher`/],
  ['tinker#rank=half', /Expected `rank` of --trainer to be a whole number above 0, got `half`/],
  ['tinker#rate=0', /Expected `rate` of --trainer to be a number above 0, got `0`/],
  ['tinker#mismatch=maybe', /rank=N, rate=X or mismatch=on\|off, got `mismatch=maybe`/],
  ['vllm: ', /Expected `vllm:` to be followed by the command that trains/],
] as const) {
  test(`the trainer \`${text}\` is refused with what was expected`, () => {
    assert.throws(() => parseTrainer(text), { name: 'ConfigError', message });
  });
}

test('a trainer goes with the one model that it can train', () => {
  const [hosted, own, other] = [
    'tinker:Qwen/Qwen3-8B#tokenizer=bytes',
    'compatible:m@http://h/v1',
    'openai:gpt-5',
  ];
  assert.equal(trainedBy('tinker', [other, hosted]), hosted);
  assert.equal(trainedBy('vllm:make', [own, hosted]), own);
  for (const models of [[other], [own, 'compatible:n@http://h/v1']]) {
    assert.throws(() => trainedBy('vllm:make', models), /Expected one --model compatible:/);
  }
});
