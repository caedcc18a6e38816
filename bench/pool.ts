/** Prints evaluations a second and processor milliseconds an evaluation, on this thread and overall, for a trivial problem. */
import { defineProblem } from '../core/languages/define-problem.ts';
import { openPool } from '../evaluators/javascript/pool.ts';
import { childrenCpuMs } from './processor.ts';

const cases = [1, 2, 3].map((input) => ({ id: `${input}`, input, use: 'scored' as const }));
const problem = defineProblem({
  name: 'doubling',
  brief: 'Double it.',
  language: 'javascript',
  entry: 'f',
  seeds: [{ 'p.js': 'export const f = (x) => x * 2' }],
  cases,
  judge: (input: number, output: unknown) => (output === input * 2 ? { score: 1 } : { invalid: 'wrong' }),
});

const ms = ({ user, system }: NodeJS.CpuUsage) => (user + system) / 1000;

for (const isolation of ['context', 'isolate'] as const) {
  await using pool = await openPool(problem, { workers: 2, isolation });
  const run = async (from: number, count: number) => {
    let next = from;
    const slot = async () => {
      for (let at = next++; at < from + count; at = next++) {
        const source = { 'p.js': `// ${at}\nexport const f = (x) => x * 2;` };
        const { outcome } = await pool.evaluate(source, 'scored', `${at}`);
        if (outcome.status !== 'scored') throw new Error(outcome.feedback);
      }
    };
    await Promise.all([slot(), slot(), slot(), slot()]);
  };
  await run(0, 300);
  const count = isolation === 'context' ? 4000 : 1000;
  const [start, thread, own, children] = [
    performance.now(),
    process.threadCpuUsage(),
    process.cpuUsage(),
    childrenCpuMs(),
  ];
  await run(1000, count);
  const seconds = (performance.now() - start) / 1000;
  const all = (ms(process.cpuUsage(own)) + childrenCpuMs() - children) / count;
  const here = ms(process.threadCpuUsage(thread)) / count;
  console.log(
    `${isolation}: ${Math.round(count / seconds)} evaluations/s, ${all.toFixed(2)} ms overall, ${here.toFixed(3)} ms on this thread`,
  );
}
