import assert from 'node:assert/strict';

/** Fails unless both lists are as long and no element is further from its like than `most`. */
export function close(got: readonly number[], want: readonly number[], most = 1e-12): void {
  assert.equal(got.length, want.length);
  got.forEach((each, i) => {
    assert.ok(Math.abs(each - want[i]!) <= most, `place ${i}: expected ${want[i]}, got ${each}`);
  });
}
