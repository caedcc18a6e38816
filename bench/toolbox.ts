/** Prints what importing the toolbox adds to one evaluation, in turns with a program that does not import it. */
import { defineProblem } from '../core/languages/define-problem.ts';
import { openPool } from '../evaluators/javascript/pool.ts';

const [rounds = '1000'] = process.argv.slice(2);
const problem = defineProblem({
  name: 'doubling',
  brief: 'Double it.',
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'p.js': 'export const f = (x) => x * 2' }],
  cases: [{ id: 'one', input: 1, use: 'scored' }],
  judge: (input: number, output: unknown) => (output === input * 2 ? { score: 1 } : { invalid: 'wrong' }),
});
const programs = {
  'no import': 'export const f = (x) => x * 2;',
  'imports it': "import { dot } from 'atoll/toolbox'; export const f = (x) => x * 2 + 0 * dot.length;",
  'calls it': "import { dot } from 'atoll/toolbox'; export const f = (x) => dot([2], [x]);",
};
await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
const times: Record<string, number[]> = {};
for (let round = 0; round < Number(rounds); round++) {
  for (const [name, text] of Object.entries(programs)) {
    const started = performance.now();
    const source = { 'p.js': `${text} // ${round}` };
    const { status } = (await pool.evaluate(source, 'scored', `${name}/${round}`)).outcome;
    const took = performance.now() - started;
    if (status !== 'scored') throw new Error(`${name}: ${status}`);
    times[name] = [...(times[name] ?? []), took];
  }
}
for (const [name, list] of Object.entries(times)) {
  const sorted = list.toSorted((a, b) => a - b);
  const share = (of: number) => sorted[Math.floor(sorted.length * of)]!.toFixed(3);
  console.log(`${name.padEnd(12)} median ${share(0.5)} ms, lowest tenth ${share(0.1)} ms`);
}
