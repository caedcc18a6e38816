import assert from 'node:assert/strict';
import { it } from 'node:test';
import { twin } from '../../../islands/novelty/twin.ts';

const seen = new Map([
  ['seed', 0],
  ['seven', 7],
]);

it('a form that a seed had is a twin at once', () => {
  assert.equal(twin(seen, 'seed', 0), true);
});

it('a form settled by trial 7 is a twin from horizon 7 on', () => {
  assert.equal(twin(seen, 'seven', 6), false);
  assert.equal(twin(seen, 'seven', 7), true);
  assert.equal(twin(seen, 'seven', Number.POSITIVE_INFINITY), true);
});

it('a form nobody had is no twin', () => {
  assert.equal(twin(seen, 'other', Number.POSITIVE_INFINITY), false);
});
