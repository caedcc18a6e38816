/** Prints the heap that the cache of evaluations holds after 4,000 and 20,000 evaluations of 128 cases. Run with `--expose-gc`. */
import { deserialize, serialize } from 'node:v8';
import type { Evaluation } from '../core/search/roles.ts';
import { cached } from '../evaluators/cache.ts';

if (!globalThis.gc) throw new Error('Expected `node --expose-gc`, got a node without it');

const verdicts = Array.from({ length: 128 }, (_, i) => ({
  case: `scored-${i}`,
  score: -6.1 - i / 977,
  measures: { length: 6.1 + i / 977 },
}));
const scored: Evaluation = {
  outcome: { status: 'scored', score: -6.1, measures: { length: 6.1 }, verdicts, feedback: '' },
};
const bytes = serialize(scored);
// As from a thread of the pool: each evaluation is a copy of its own.
const evaluate = async (): Promise<Evaluation> => deserialize(bytes);
const cache = cached(
  { evaluate, measure: evaluate, async [Symbol.asyncDispose]() {} },
  (source) => Object.values(source).join(),
  20_000,
);

let evaluations = 0;
const heldMb = (): number => {
  globalThis.gc!();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const start = heldMb();
for (const most of [4000, 20_000]) {
  for (; evaluations < most; evaluations++)
    await cache.evaluate({ 'p.js': `${evaluations}` }, 'scored', `${evaluations}`);
  console.log(`${most} evaluations: ${(heldMb() - start).toFixed(0)} MiB`);
}
