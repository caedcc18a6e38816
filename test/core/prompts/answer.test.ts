import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { javascript } from '../../../core/languages/javascript/javascript.ts';
import { builtin } from '../../../core/languages/javascript/operators/builtin.ts';
import { answer } from '../../../core/prompts/answer.ts';
import { seedArm } from '../../../core/search/arm.ts';
import type { Elite, Source } from '../../../core/search/program.ts';
import { random } from '../../../core/search/random.ts';
import { applyReply } from '../../../core/text/patch/patch.ts';
import { draw } from '../../support/random-replies.ts';
import { taskOf } from './task.ts';

const root = new URL('../../../', import.meta.url);

const elite = (text: string): Elite => ({
  id: 'seed-1',
  source: { 'program.js': text },
  outcome: { status: 'scored', score: 0, measures: {}, verdicts: [], feedback: '' },
  parents: [],
  arm: seedArm,
  size: text.length,
});

test('every child that built-in operators make of a shipped seed can be stated as blocks and as a whole', () => {
  let stated = 0;
  for (const path of globSync('problems/*/seed.js', { cwd: root })) {
    const parent = elite(readFileSync(new URL(path, root), 'utf8'));
    for (let draws = 0; draws < 4; draws++) {
      for (const operator of builtin(0)) {
        const task = taskOf({ parents: [parent, parent], random: random(path, operator.name, draws) });
        const { value } = operator.propose(task).next() as { value: { source?: Source; note?: string } };
        const child = value.source;
        if (!child || child['program.js'] === parent.source['program.js']) continue;
        for (const form of ['diff', 'whole'] as const) {
          const text = answer(form, parent.source, child, value.note!, javascript);
          assert.ok(text, `${operator.name} on ${path} as ${form}`);
          assert.deepEqual(applyReply(form, parent.source, text, javascript, false), {
            source: child,
            note: value.note!.replace(/\s+/g, ' ').trim(),
          });
        }
        stated++;
      }
    }
  }
  assert.ok(stated > 150, `${stated} children`);
});

test('what is stated makes exactly the child, whatever the texts, or nothing is stated', () => {
  let [stated, left] = [0, 0];
  for (let seed = 1; seed <= 400; seed++) {
    const { parent, reply, truncated } = draw(seed % 2 ? 'diff' : 'whole', random('answer', seed));
    const made = applyReply(seed % 2 ? 'diff' : 'whole', { 'p.js': parent }, reply, javascript, truncated);
    if (!('source' in made)) continue;
    const text = answer('diff', { 'p.js': parent }, made.source, '', javascript);
    if (text === undefined) {
      left++;
      continue;
    }
    const again = applyReply('diff', { 'p.js': parent }, text, javascript, false);
    assert.deepEqual('source' in again && again.source, made.source);
    stated++;
  }
  assert.ok(stated > 100 && left < stated / 4, `${stated} stated, ${left} not`);
});

test('blocks hold only what changes and what makes it stand in one place', () => {
  const lines = ['a();', 'same();', 'b();', 'same();', 'c();', 'd();', 'e();'];
  const parent = { 'p.js': `${lines.join('\n')}\n` };
  const child = { 'p.js': `${lines.with(3, 'other();').with(6, 'f();').join('\n')}\n` };
  assert.equal(
    answer('diff', parent, child, 'two lines', javascript),
    'NOTE: two lines\n\n<<<<<<< SEARCH\nb();\nsame();\nc();\n=======\nb();\nother();\nc();\n>>>>>>> REPLACE\n\n<<<<<<< SEARCH\ne();\n=======\nf();\n>>>>>>> REPLACE\n',
  );
});

test('a change in one of several files names the file', () => {
  const parent = {
    'main.js': "import { k } from './lib.js';\nexport const f = (x) => k * x;\n",
    'lib.js': 'export const k = 2;\n',
  };
  const child = { ...parent, 'lib.js': 'export const k = 3;\n' };
  assert.match(answer('diff', parent, child, '', javascript)!, /^lib\.js\n<<<<<<< SEARCH\n/);
  assert.match(answer('whole', parent, child, '', javascript)!, /^lib\.js:\n```js\n/);
});

test('nothing is stated of a change outside the marked regions', () => {
  const text = (first: string) => `${first}\n// EVOLVE-BLOCK-START\nlet a;\n// EVOLVE-BLOCK-END\n`;
  assert.equal(
    answer('diff', { 'p.js': text('let b;') }, { 'p.js': text('let c;') }, '', javascript),
    undefined,
  );
});
