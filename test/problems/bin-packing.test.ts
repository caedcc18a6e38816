import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { harness, judge, type Packing, type Priority } from '../../problems/bin-packing.ts';
import { junk, load, runAsText } from './guest.ts';

const four: Packing = { capacity: 10, items: [6, 5, 4, 5] };

/** FunSearch's loop, written down without any thought of speed. */
function packNaively(priority: Priority, { capacity, items }: Packing): number[] {
  const bins: number[] = [];
  return items.map((item) => {
    let choice = -1;
    for (const [bin, remaining] of [...bins, capacity].entries()) {
      if (remaining < item) continue;
      const best = choice < 0 ? NaN : priority(item, [...bins, capacity][choice]!, capacity);
      if (choice < 0 || priority(item, remaining, capacity) > best) choice = bin;
    }
    bins[choice] = (bins[choice] ?? capacity) - item;
    return choice;
  });
}

test('a perfect packing scores 0 and one bin too many on two scores -50', () => {
  assert.deepEqual(judge(four, [0, 1, 0, 1]), {
    score: 0,
    measures: { bins: 2, bound: 2 },
    feedback: '2 bins, 2 is a lower bound',
  });
  assert.equal((judge(four, [0, 1, 0, 2]) as { score: number }).score, -50);
});

test('bins are counted by what is in them, whatever their numbers', () => {
  assert.equal((judge(four, [3, 1, 3, 1]) as { score: number }).score, 0);
});

test('the judge rejects what is not a packing', () => {
  const sparse = [0, 1, 0, 1];
  delete sparse[2];
  const attacks: unknown[] = [
    ...junk,
    [],
    [0, 1, 0],
    [0, 1, 0, 1, 1],
    [0, 1, 0, 4],
    [0, 1, 0, -1],
    [0, 0, 1, 1],
    [0, 1, 0, '1'],
    [0, 1, 0, [1]],
    [0, 1, 0, null],
    [0, 1, 0, NaN],
    [0, 1, 0, 1.5],
    [0, 1, 0, 2 ** 32],
    sparse,
    { 0: 0, 1: 1, 2: 0, 3: 1, length: 4 },
  ];
  for (const output of attacks) assert.ok('invalid' in judge(four, output), JSON.stringify(output));
});

test('a bin that is full to the brim is not overfull', () => {
  assert.ok('score' in judge({ capacity: 10, items: [10, 10] }, [0, 1]));
  assert.ok('invalid' in judge({ capacity: 10, items: [10, 1] }, [0, 0]));
});

test('the fast harness packs as the plain loop does, ties included', () => {
  const capacity = 12;
  const item = fc.integer({ min: 1, max: capacity });
  const answers = fc.array(fc.constantFrom(-Infinity, -1, -0, 0, 1, 2, Infinity), {
    minLength: 200,
    maxLength: 200,
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 120 }), answers, (items, table) => {
      const priority: Priority = (size, remaining) => table[size * (capacity + 1) + remaining]!;
      const input = { capacity, items };
      const assignment = harness(priority, input);
      assert.deepEqual(assignment, packNaively(priority, input));
      assert.ok('score' in judge(input, assignment) || items.length === 0);
    }),
    { numRuns: 300 },
  );
});

test('a priority that is not a number stops the program with a word on its arguments', () => {
  for (const answer of [NaN, undefined, null, '1', 1n, [1], { valueOf: () => 1 }]) {
    assert.throws(
      () => harness((() => answer) as unknown as Priority, four),
      /Expected priority\(6, 10, 10\)/,
    );
  }
});

test('the rule is asked once for equal arguments', () => {
  const asked: string[] = [];
  harness((...args) => asked.push(args.join()), { capacity: 10, items: [3, 3, 3, 3, 3, 3] });
  assert.equal(new Set(asked).size, asked.length);
});

test('a rule cannot see items to come, even in a sloppy sandbox', async () => {
  const problem = await load('bin-packing-or3');
  const spy = `function priority(item) {
    let frame = priority.caller;
    for (let up = 0; frame && up < 5; up++) {
      if (frame.arguments.length) throw new Error('saw ' + JSON.stringify([...frame.arguments]));
      frame = frame.caller;
    }
    return item;
  }`;
  assert.equal((runAsText(problem, spy, four) as number[]).length, 4);
});

test('items have the sizes that the distributions say', async () => {
  const sizes = async (name: string) =>
    (await load(name)).cases.flatMap(({ input }) => input.items as number[]);
  const mean = (list: number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
  const or3 = await sizes('bin-packing-or3');
  assert.equal(or3.length, 90_000);
  assert.equal(new Set(or3).size, 81);
  assert.deepEqual([Math.min(...or3.slice(0, 9000)), Math.max(...or3.slice(0, 9000))], [20, 100]);
  assert.ok(Math.abs(mean(or3) - 60) < 0.4);
  const weibull = await sizes('bin-packing-weibull');
  assert.equal(weibull.length, 100_000);
  assert.ok(weibull.every((x) => Number.isInteger(x) && x >= 1 && x <= 100));
  // 45 * gamma(4/3), and 1 - exp(-(29.5/45)^3) below 30.
  assert.ok(Math.abs(mean(weibull) - 40.18) < 0.25);
  assert.ok(Math.abs(mean(weibull.map((x) => Number(x < 30))) - 0.2455) < 0.008);
});
