import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyReply } from '../../../../core/text/patch/patch.ts';
import { corpus } from './corpus.ts';

for (const name of ['diff', 'whole', 'part']) {
  for (const { title, form, parent, reply, language, truncated, expect, note } of corpus(name)) {
    test(`${name}: ${title}`, () => {
      const made = applyReply(form, parent, reply, language, truncated);
      if (expect instanceof RegExp) {
        assert.ok('malformed' in made, `was applied: ${JSON.stringify(made)}`);
        assert.match(made.malformed, expect);
        assert.ok(made.malformed.length <= 1500);
      } else {
        assert.ok('source' in made, `was refused: ${JSON.stringify(made)}`);
        assert.deepEqual(made.source, expect);
        if (note !== undefined) assert.equal(made.note, note);
      }
    });
  }
}
