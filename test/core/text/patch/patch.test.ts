import assert from 'node:assert/strict';
import { test } from 'node:test';
import { javascript } from '../../../../core/languages/javascript/javascript.ts';
import { instructions } from '../../../../core/text/patch/instructions.ts';
import { applyReply, type Form } from '../../../../core/text/patch/patch.ts';
import { cpuMsOf } from '../../../support/cpu.ts';

const forms: readonly Form[] = ['diff', 'whole', 'part'];
const program = { 'p.js': `${'function g() {}\n'.repeat(1000)}export const f = 1;\n` };
const noteOf = (head: string) => {
  const reply = `${head}\n<<<<<<< SEARCH\nexport const f = 1;\n=======\nexport const f = 2;\n>>>>>>> REPLACE`;
  const made = applyReply('diff', program, reply, javascript, false);
  return 'note' in made ? made.note : made.malformed;
};

test('a note is found in each of its shapes, in one line of up to 200 characters', () => {
  assert.equal(noteOf('NOTE: a b'), 'a b');
  assert.equal(noteOf('**Note:** a  b'), 'a b');
  assert.equal(noteOf('Some words.\n- Description: a b'), 'a b');
  assert.equal(noteOf('<note>a\nb</note>'), 'a b');
  assert.equal(noteOf('None of it'), '');
  assert.equal(noteOf(`NOTE: ${'x'.repeat(500)}`).length, 200);
});

test('mixed line ends outside an edit stay byte for byte', () => {
  const parent = { 'p.js': 'a;\r\nb;\nc;\r\nd;\n\re;' };
  const made = applyReply(
    'diff',
    parent,
    '<<<<<<< SEARCH\nb;\nc;\n=======\nb;\nx;\n>>>>>>> REPLACE',
    javascript,
    false,
  );
  assert.deepEqual(made, { source: { 'p.js': 'a;\r\nb;\nx;\r\nd;\n\re;' }, note: '' });
});

test('instructions speak of files and of markers only where there are some', () => {
  const plain = { 'p.js': 'a\n' };
  for (const form of forms) {
    const teach = instructions[form];
    assert.doesNotMatch(teach(plain, javascript), /EVOLVE-BLOCK|path/);
    assert.match(
      teach({ 'p.js': '// EVOLVE-BLOCK-START\na\n// EVOLVE-BLOCK-END\n' }, javascript),
      /EVOLVE-BLOCK/,
    );
    assert.match(teach({ 'p.js': 'a', 'q.js': 'b' }, javascript), /\bp\.js\b/);
  }
});

test('the example that teaches blocks is itself a block that can be applied', () => {
  const parent = { 'p.js': 'export function f(a, b) {\n  return a.value - b.value;\n}\n' };
  const made = applyReply('diff', parent, instructions.diff(parent, javascript), javascript, false);
  assert.ok('source' in made, JSON.stringify(made));
  assert.match(made.source['p.js']!, /a\.index - b\.index/);
});

test('no reply of a megabyte takes long, however hostile', () => {
  const fill = (text: string) => text.repeat(2 ** 20 / text.length);
  const hostile = [
    '<',
    '<<<<<<< SEARCH\n',
    '=======\n',
    '```\n',
    '```js\n{{\n```\n',
    '````js\n',
    '  \n',
    'NOTE:  \n',
    '```js\n`${',
    '/*',
  ];
  const searches = ['a\n', ' a\n', '\ta\n'].map(
    (line) => `<<<<<<< SEARCH\n${line.repeat(500)} b\n=======\n>>>>>>> REPLACE`,
  );
  for (const reply of [
    ...hostile.map(fill),
    ...hostile.map((text) => `\`\`\`js\n${fill(text)}\n\`\`\``),
    ...searches,
  ]) {
    for (const form of forms) {
      const took = cpuMsOf(() => applyReply(form, program, reply, javascript, false));
      assert.ok(took < 5000, `${form} of ${reply.slice(0, 12)}: ${took} ms`);
    }
  }
});

test('markers of a parent that do not pair up are said, not thrown', () => {
  const made = applyReply('diff', { 'p.js': '// EVOLVE-BLOCK-END\n' }, '', javascript, false);
  assert.match('malformed' in made ? made.malformed : '', /to alternate/);
});
