import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { javascript } from '../../../../core/languages/javascript/javascript.ts';
import { random } from '../../../../core/search/random.ts';
import { isConflict } from '../../../../core/text/patch/blocks.ts';
import { applyReply } from '../../../../core/text/patch/patch.ts';
import { sameOutside } from '../../../../core/text/regions.ts';
import { drill } from '../../../support/drill.ts';
import { draw } from '../../../support/random-replies.ts';
import { forms, tryOne } from '../../../support/reply-fates.ts';

const seeds = fc.integer({ min: 1, max: 2 ** 31 - 1 });

for (const form of forms) {
  test(`${form}: no reply is applied otherwise than worked out, and few that could be are refused`, () => {
    let [applied, missed] = [0, 0];
    fc.assert(
      fc.property(seeds, (seed) => {
        const { fate } = tryOne(form, seed);
        if (fate === 'applied right') applied++;
        if (fate === 'refused although applicable') missed++;
        assert.notEqual(fate, 'WRONG');
      }),
      { numRuns: drill(1500, 20_000) },
    );
    assert.ok(applied > 200, `${applied} applied`);
    assert.ok(missed < applied / 10, `${missed} missed`);
  });

  test(`${form}: a garbled reply leaves no mark behind and changes nothing outside the regions`, () => {
    const lines = fc.array(fc.tuple(fc.nat(), fc.constantFrom('drop', 'double', 'swap', 'clip')), {
      minLength: 1,
      maxLength: 6,
    });
    let applied = 0;
    fc.assert(
      fc.property(seeds, lines, fc.boolean(), (seed, changes, truncated) => {
        const { parent, reply } = draw(form, random(seed, 'garbled'));
        const made = applyReply(form, { 'p.js': parent }, garble(reply, changes), javascript, truncated);
        if ('malformed' in made) return assert.ok(made.malformed.length <= 1500);
        applied++;
        const text = made.source['p.js']!;
        assert.ok(sameOutside(parent, text, javascript));
        const had = new Set(parent.split(/\r?\n/).map((line) => line.trim()));
        const left = text.split(/\r?\n/).find((line) => isConflict(line) && !had.has(line.trim()));
        assert.equal(left, undefined);
      }),
      { numRuns: drill(1500, 20_000) },
    );
    assert.ok(applied > 10, `${applied} applied`);
  });

  test(`${form}: any text at all is applied or refused in words, never thrown at`, () => {
    const bit = fc.constantFrom(
      '<<<<<<< SEARCH\n',
      '=======\n',
      '>>>>>>> REPLACE\n',
      '```js\n',
      '```\n',
      '~~~\n',
      'NOTE: ',
      'let a;\n',
      '/*',
      '*/',
      '`',
      '${',
      '\r',
      '\ufeff',
      '\ud800',
      'p.js\n',
      'export ',
      '// EVOLVE-BLOCK-END\n',
    );
    const text = fc
      .array(fc.oneof(bit, fc.string({ unit: 'binary' })), { maxLength: 20 })
      .map((bits) => bits.join(''));
    const parents = fc.constantFrom(
      { 'p.js': '' },
      { 'p.js': 'let a;\n' },
      { 'p.js': 'export let a', 'q.js': 'let a;\n' },
      { 'p.js': '// EVOLVE-BLOCK-START\nlet a;\n' },
    );
    fc.assert(
      fc.property(parents, text, fc.boolean(), (parent, reply, truncated) => {
        const made = applyReply(form, parent, reply, javascript, truncated);
        if ('malformed' in made) assert.ok(made.malformed.length > 0 && made.malformed.length <= 1500);
        else assert.deepEqual(Object.keys(made.source), Object.keys(parent));
      }),
      { numRuns: 1000 },
    );
  });
}

function garble(reply: string, changes: readonly (readonly [number, string])[]): string {
  const lines = reply.split('\n');
  for (const [n, how] of changes) {
    const at = n % Math.max(1, lines.length);
    const line = lines[at] ?? '';
    if (how === 'drop') lines.splice(at, 1);
    else if (how === 'double') lines.splice(at, 0, line);
    else if (how === 'clip') lines[at] = line.slice(0, n % (line.length + 1));
    else [lines[at], lines[0]] = [lines[0] ?? '', line];
  }
  return lines.join('\n');
}
