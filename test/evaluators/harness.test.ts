import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openPool } from '../../evaluators/javascript/pool.ts';
import { doubling, outcomeIn } from './doubling.ts';

/** Hands the program an array of the harness's own world, so that it can reach all that hangs on one. */
const handing = doubling({
  harness: (entry: (v: number[]) => unknown, input: number) => {
    return entry([input]);
  },
  judge: (_, output) => ({ score: 1, feedback: JSON.stringify(output) }),
});

/** What programs answer, one after another in the same sandbox: the feedback of the first case of each. */
async function answers(...bodies: string[]): Promise<string[]> {
  await using pool = await openPool(handing, { workers: 1, isolation: 'context' });
  const said: string[] = [];
  for (const [i, body] of bodies.entries()) {
    const outcome = await outcomeIn(pool, { 'p.js': `${body}\n// ${i}` }, 'scored');
    said.push(outcome.feedback.split('\n')[0]!.replace(/^case \w+: /, ''));
  }
  return said;
}

const tried = (what: string) =>
  `export const f = (v) => { try { ${what} } catch (error) { return error.name } return 'done' };`;

test('a program changes nothing in the world of the harness, which it can reach and which outlives it', async () => {
  const attempts = [
    'v.constructor.mark = 1;',
    'v.constructor.prototype.mark = 1;',
    'Object.getPrototypeOf(Object.getPrototypeOf(v)).mark = 1;',
    "Object.defineProperty(Object.getPrototypeOf(v), 'map', { value: 1 });",
    'v.constructor.prototype.push = () => 7;',
    'v.constructor.isArray = () => true;',
  ];
  assert.deepEqual(
    await answers(...attempts.map(tried)),
    attempts.map(() => '"TypeError"'),
  );
});

test('while cases run, no code is made of text in any world, and while a program loads it may be', async () => {
  const ways = [
    "eval('1');",
    "new Function('return 1')();",
    "(function* () {}).constructor('yield 1');",
    "(async () => {}).constructor('return 1');",
    "v.constructor.constructor('return globalThis')();",
    "v.constructor.constructor.constructor('return 1')();",
  ];
  assert.deepEqual(
    await answers(...ways.map(tried)),
    ways.map(() => '"EvalError"'),
  );
  const loads =
    "const g = new Function('a', 'return a * 2'); const k = eval('3'); export const f = ([x]) => [g(x), k];";
  assert.deepEqual(await answers(loads), ['[2,3]']);
});

test('what one program leaves behind, the next does not find', async () => {
  const said = await answers(
    'export const f = () => { try { globalThis.mark = 1 } catch {} return globalThis.mark ?? null };',
    'export const f = () => globalThis.mark ?? null;',
    "export const f = () => { /(b)/.exec('abc'); return [RegExp.$1, RegExp.lastMatch, RegExp.input] };",
    'export const f = () => { throw new Error() };',
    'export const f = ([x]) => x;',
  );
  assert.deepEqual(said.slice(0, 3), ['null', 'null', '[null,null,null]']);
  assert.equal(said[4], '1');
});

test('chance starts again with each case, whatever programs ran before', async () => {
  const draw = 'export const f = () => Math.random();';
  const [first, , second] = await answers(
    draw,
    'export const f = () => { for (let i = 9; i--; ) Math.random(); };',
    draw,
  );
  assert.equal(first, second);
});

test('a harness that a program left half way is not used again', async () => {
  // Counts on a property of its own, as a harness that remembers does, and is interrupted by what the entry throws.
  const counting = doubling({
    harness: function count(entry: (x: number) => number, input: number) {
      const memory = count as typeof count & { under?: number };
      memory.under = (memory.under ?? 0) + 1;
      const result = entry(input);
      memory.under--;
      return [result, memory.under];
    } as never,
    judge: (input, output: any) =>
      output?.[0] === input * 2 && output[1] === 0 ? { score: 1 } : { invalid: 'off' },
  });
  await using pool = await openPool(counting, { workers: 1, isolation: 'context' });
  assert.equal(
    (await outcomeIn(pool, { 'p.js': 'export const f = () => { throw 1 };' }, 'scored')).status,
    'crashed',
  );
  assert.equal(
    (await outcomeIn(pool, { 'p.js': 'export const f = (x) => x * 2;' }, 'scored')).status,
    'scored',
  );
});
