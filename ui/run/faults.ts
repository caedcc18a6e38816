import type { Problem } from '../../core/search/problem.ts';
import { inputsOf, judgedInputs } from '../../evaluators/inputs.ts';
import { preparedBy, verdictOf } from '../../evaluators/trusted.ts';

/** What hostile and broken programs return; each arrives at a judge sooner or later. */
const oddOutputs: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'text',
  [],
  [null],
  [[]],
  [1e308, -1e308],
  {},
  { length: 3 },
  Array.from({ length: 1000 }, () => null),
];

/** What models and operators propose at their worst. */
const oddPrograms: readonly string[] = ['', 'export', '(((', 'export const value = 1;\n', '\u0000'];

/** Where a problem's own code throws or gives what it must not, in sentences; each tried on a few odd values. */
export function faultsOf(problem: Problem): string[] {
  const faults: string[] = [];
  const [input] = judgedInputs(inputsOf(problem)).scored;
  for (const output of oddOutputs) {
    const given = verdictOf(problem, input!.value, output);
    if ('wrong' in given)
      faults.push(
        `${given.wrong} (case ${input!.id}, output ${JSON.stringify(output).slice(0, 60)}): such a program counts as invalid`,
      );
  }
  const [path] = Object.keys(problem.seeds[0]!);
  for (const text of oddPrograms) {
    const made = preparedBy(problem, { [path!]: text });
    if ('wrong' in made)
      faults.push(`${made.wrong} (program ${JSON.stringify(text)}): such a program counts as refused`);
  }
  return faults;
}
