import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { random } from '../../../../core/search/random.ts';
import { cut, type Holds, isSeed, sideOf } from '../../../../ui/export/dataset/cut.ts';

/** A family of 100: most children come of the latest programs, so that lines grow long, and some have two parents. */
const families = fc.integer({ min: 1, max: 2 ** 31 - 1 }).map((seed) => {
  const draw = random('family', seed);
  const parents = new Map<string, string>();
  const examples: Holds[] = [];
  for (let i = 1; i <= 100; i++) {
    const name = (): string => {
      const at = i - 1 - draw.int(10);
      return at < 1 ? 'r/seed-1' : `r/trial-${at}`;
    };
    const own = [`r/trial-${i}`, name(), ...(draw.next() < 0.1 ? [name()] : [])];
    parents.set(own[0]!, own[1]!);
    // Some left nothing to learn.
    if (draw.next() < 0.8) examples.push({ own, shown: draw.next() < 0.2 ? [name()] : [] });
  }
  return { parents, examples };
});
const shares = fc.constantFrom(0, 0.05, 0.1, 0.3, 0.7);

test('no program is on both sides, nor is what an example is about a child of a program on the other', () => {
  let held = 0;
  fc.assert(
    fc.property(families, shares, ({ parents, examples }, share) => {
      const out = cut(examples, parents, share);
      const side = (wanted: string): Holds[] => examples.filter((each) => sideOf(each, out) === wanted);
      const grown = (names: readonly string[]): Set<string> => new Set(names.filter((name) => !isSeed(name)));
      const trained = grown(side('train').flatMap(({ own, shown }) => [...own, ...shown]));
      const tested = grown(side('test').flatMap(({ own }) => own));
      held += tested.size;
      for (const name of tested) assert.ok(!trained.has(name), `${name} is on both sides`);
      for (const { own } of side('test'))
        for (const parent of own.slice(1))
          assert.ok(!trained.has(parent), `${own[0]} is a child of what is trained on`);
      for (const { own } of side('train'))
        for (const parent of own.slice(1))
          assert.ok(!tested.has(parent), `${own[0]} is a child of what is held out`);
      const plain = side('test').filter(({ own }) => own.length === 2);
      assert.ok(plain.length <= Math.round(share * examples.length), 'more than the share');
    }),
    { numRuns: 300 },
  );
  assert.ok(held > 1000, `${held} held out`);
});

test('of two branches that fit the larger is held out, and of a chain the lower part', () => {
  const chain = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const parents = new Map(chain.map((n) => [`r/trial-${n}`, n === 1 ? 'r/seed-1' : `r/trial-${n - 1}`]));
  const examples = chain.map((n) => ({ own: [`r/trial-${n}`, parents.get(`r/trial-${n}`)!], shown: [] }));
  const out = cut(examples, parents, 0.3);
  assert.deepEqual([...out], ['r/trial-7', 'r/trial-8', 'r/trial-9', 'r/trial-10']);
  const sides = examples.map((each) => sideOf(each, out));
  // Trial 7 joins both sides: its parent is trained on, and its child is held out.
  assert.deepEqual(sides, [...Array(6).fill('train'), undefined, 'test', 'test', 'test']);
});

test('a share of nothing holds nothing out', () => {
  const examples = [{ own: ['r/trial-1', 'r/seed-1'], shown: [] }];
  assert.equal(cut(examples, new Map([['r/trial-1', 'r/seed-1']]), 0).size, 0);
});
