import type { ProblemDraft } from '../../core/search/problem.ts';
import { type Calls, casesOf, harness, judge, seedFor } from './code-set.ts';
import { tasksFrom } from './tasks.ts';

const tasks = tasksFrom(process.env.ATOLL_TASKS);

/** Functions to be written from what is said of them and tried on tests, in the manner of HumanEval (Chen 2021). */
export default {
  name: 'humaneval-js-20',
  brief: `Write the bodies of the ${tasks.length} functions of this program, each as the comment above it says. Every function is called
with the arguments of its tests, and each answer is compared with the right one, number by number and letter by
letter; half of the tests are hidden. The score is the share of tests passed, averaged over the functions. A function that
throws loses that test only; one that does not end loses everything. Leave the name of each function, and \`dispatch\`, as
they are.`,
  language: 'javascript',
  entry: 'dispatch',
  seeds: [{ 'program.js': seedFor(tasks) }],
  cases: casesOf(tasks),
  harness,
  judge: (input: Calls, output: unknown) => judge(tasks, input, output),
  limits: { wallMs: 4000, cpuMs: 900, memoryMb: 64, outputBytes: 200_000 },
  target: 1,
  show: (score: number) => `${(100 * score).toFixed(1)} % of the tests passed`,
  references: [{ name: 'the seed, with nothing written', score: 0, source: 'by definition' }],
} satisfies ProblemDraft<Calls, unknown>;
