import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonical } from '../../../core/languages/javascript/canonical.ts';
import { javascript } from '../../../core/languages/javascript/javascript.ts';
import { replay } from '../../../core/learning/replay.ts';
import type { ModelReply } from '../../../core/search/model.ts';
import type { Elite } from '../../../core/search/program.ts';
import { elite } from '../../islands/elites.ts';

const problem = { name: 'p', brief: 'Return much.', language: 'javascript', entry: 'f' } as const;
const program = (body: string) => ({ 'program.js': `export function f(x) {\n  return ${body};\n}\n` });
const step = (id: string, score: number, body: string): Elite => ({
  ...elite(id, [score], 60),
  source: program(body),
});
const line = [step('seed-1', 1, 'x'), step('trial-1', 2, 'x + 1'), step('trial-2', 4, 'x * 9 + 1')];
const said = (body: string): ModelReply => ({
  text: `\`\`\`js\n${program(body)['program.js']}\`\`\``,
  ended: 'stop',
});
const hash = (body: string): string => {
  const form = canonical(program(body), 'javascript');
  return 'hash' in form ? form.hash : '';
};
const lineages = { lines: [line], scores: new Map([[hash('x + 2'), 3]]) };
const replayed = (answers: readonly ModelReply[], bounds = { steps: 9, patches: 9 }) => {
  const story = replay(line, lineages, problem, javascript, bounds);
  const prompts = [];
  let turn = story.next();
  for (const answer of answers) {
    if (turn.done) break;
    prompts.push(turn.value);
    turn = story.next(answer);
  }
  assert.ok(turn.done, 'the replay wants no more answers');
  return { prompts, turns: turn.value };
};

test('a model that makes the recorded child, in whatever words, keeps its own words and earns 1', () => {
  const mine: ModelReply = {
    text: '```js\nexport function f(y) { return 1 + y - 0 + 0; }\n```',
    ended: 'stop',
  };
  const same: ModelReply = {
    text: `My way:\n\`\`\`js\nexport function f(y) {\n  return (y + 1);\n}\n\`\`\``,
    ended: 'stop',
  };
  const { prompts, turns } = replayed([same, said('x * 9 + 1')]);
  assert.deepEqual(
    turns.map(({ reward }) => reward),
    [1, 1],
  );
  assert.equal(prompts[1]!.find(({ role }) => role === 'assistant')!.text, same.text);
  assert.match(prompts[1]!.at(-1)!.text, /return x \+ 1;/);
  assert.ok(
    replayed([mine, said('x')]).turns[0]!.reward < 1,
    'another form of the sum is not taken for the same',
  );
});

test('where a model goes another way the recorded edit takes its place, so often and no more', () => {
  const { prompts, turns } = replayed([said('x + 2'), said('x * 9 + 1')]);
  // Known: 3 after 1, the recorded step being 1: (1 + 2/3) / 2.
  assert.ok(Math.abs(turns[0]!.reward - 5 / 6) < 1e-12);
  const [, , history] = prompts[1]!;
  assert.match(history!.text, /return x \+ 1;/);
  assert.equal(replayed([said('x + 2')], { steps: 9, patches: 0 }).turns.length, 1);
  assert.equal(replayed([said('x + 1')], { steps: 1, patches: 9 }).turns.length, 1);
});

test('nothing that can be read earns least, no change little more, and half of the way at most a half', () => {
  const rewards = (answer: ModelReply): number => replayed([answer, said('x * 9 + 1')]).turns[0]!.reward;
  assert.equal(rewards({ text: 'No.', ended: 'stop' }), -0.4);
  assert.equal(rewards(said('x')), -0.4, 'a patch that changes nothing is no patch');
  const near = rewards(said('x + 1 + Math.abs(x) * 0'));
  assert.ok(near >= 0 && near <= 0.5, `${near}`);
});
