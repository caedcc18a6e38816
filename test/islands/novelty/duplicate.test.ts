import assert from 'node:assert/strict';
import { it } from 'node:test';
import { isDuplicate } from '../../../islands/novelty/duplicate.ts';

const seen = new Map([
  ['seed', 0],
  ['seven', 7],
]);

it('a form that a seed had is a duplicate at once', () => {
  assert.equal(isDuplicate(seen, 'seed', 0), true);
});

it('a form settled by trial 7 is a duplicate from horizon 7 on', () => {
  assert.equal(isDuplicate(seen, 'seven', 6), false);
  assert.equal(isDuplicate(seen, 'seven', 7), true);
  assert.equal(isDuplicate(seen, 'seven', Number.POSITIVE_INFINITY), true);
});

it('a new form is no duplicate', () => {
  assert.equal(isDuplicate(seen, 'other', Number.POSITIVE_INFINITY), false);
});
