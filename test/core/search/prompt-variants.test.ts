import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addVariant,
  chooseVariant,
  countFollowed,
  defaultVariants,
  variantIn,
} from '../../../core/search/prompt-variants.ts';
import { random } from '../../../core/search/random.ts';

test('an instruction is the line after TRY, and not just any mention of trying', () => {
  assert.equal(variantIn('- a\n**TRY:** look at the worst case first\n'), 'look at the worst case first');
  assert.equal(variantIn('I would TRY: nothing\n- try harder next time'), undefined);
  assert.equal(variantIn('TRY: x'), undefined);
});

test('an instruction is on trial once, and the one that gains is chosen most', () => {
  let list = addVariant(addVariant(addVariant(defaultVariants, 'look closer'), 'look away'), 'look closer');
  assert.deepEqual(
    list.map(({ text }) => text),
    ['', 'look closer', 'look away'],
  );
  const chosen = [0, 0, 0];
  for (let trial = 0; trial < 300; trial++) {
    const index = chooseVariant(list, random('guidance', trial));
    chosen[index]! += 1;
    list = countFollowed(list, index, index === 1 && trial % 2 === 0 ? 1 : 0);
  }
  assert.ok(chosen[1]! > 200, String(chosen));
});

test('of many instructions only the latest stay on trial, beside the own words', () => {
  let list = defaultVariants;
  for (let i = 0; i < 50; i++) list = addVariant(list, `instruction number ${i}`);
  const chosen = new Set(Array.from({ length: 300 }, (_, i) => chooseVariant(list, random(i))));
  assert.deepEqual(
    [...chosen].sort((a, b) => a - b),
    [0, 45, 46, 47, 48, 49, 50],
  );
});
