import { defineProblem } from '../../../core/languages/define-problem.ts';
import { builtin } from '../../../core/languages/javascript/operators/builtin.ts';
import { grammarFor } from '../../../core/languages/javascript/policy/grammar-for.ts';
import { learned } from '../../../core/languages/javascript/policy/operator.ts';
import { audit } from '../../../core/learning/audit.ts';
import { tabular } from '../../../core/learning/policy/tabular.ts';
import type { CasesProvided, PolicyProvided } from '../../../core/learning/provided.ts';
import { asking, formOf, wayNames } from '../../../core/prompts/operators.ts';
import { random } from '../../../core/search/random.ts';
import type { Operator, Step, Task } from '../../../core/search/roles.ts';
import { operatorContract, parentOf } from '../../contracts/operator.ts';
import { taskOf } from './task.ts';

const program = (factor: number, rest: string) => `const limit = ${factor * 4};

export function f(x) {
  let sum = ${factor} * x + 2.5;
  for (let i = 0; i < 3; i++) {
    sum += x * i;
    if (sum > limit) sum = sum - 0.5;
  }
  return ${rest};
}
`;
const parents = [
  parentOf('seed-1', program(1.5, 'sum'), 1),
  parentOf(
    'trial-4',
    program(3, 'Math.abs(sum) + help(x)').concat('\nfunction help(x) {\n  return x / 7;\n}\n'),
    0.5,
  ),
];
const problem = defineProblem<number, number>({
  name: 'contract',
  brief: 'Do better.',
  language: 'javascript',
  entry: 'f',
  seeds: [parents[0]!.source],
  cases: [{ id: 'a', input: 1, use: 'shown' }],
  judge: (input, output) => ({ score: output - input }),
});

/** Answers of models that make a child of either parent, by how they are to state it. */
const answers = {
  diff: 'NOTE: six\n\n<<<<<<< SEARCH\n    sum += x * i;\n=======\n    sum += x * i * 6;\n>>>>>>> REPLACE\n',
  whole: `NOTE: nine\n\n\`\`\`js\n${program(9, 'sum')}\`\`\`\n`,
  part: `NOTE: nine\n\n\`\`\`js\n${program(9, 'sum').slice(program(9, 'sum').indexOf('export'))}\`\`\`\n`,
};

const taskFor =
  ({ name, runs, parents: count, retries }: Operator, comparable: boolean) =>
  (key: string): Task => {
    const draw = random('task', name, key);
    const questions: CasesProvided = { kind: 'cases', cases: held };
    const policy = tabular.policy(grammarFor(problem), undefined, 0, 1);
    const sampled: PolicyProvided = { kind: 'policy', policy, met: () => false };
    const attempt = {
      trial: 5,
      island: 0,
      arm: { operator: 'diff', model: 'm' },
      parent: parents[0]!,
      source: parents[1]!.source,
      note: 'helps',
      verdict: retries === 'failed' ? 'failed' : 'scored',
      feedback: 'case a: Error: no',
      ...(retries === 'failed' ? {} : { score: 0.5 }),
    } as const;
    return taskOf({
      problem,
      comparable,
      parents: parents.slice(0, count),
      inspirations: [parents[1]!],
      ...(retries ? { attempt } : {}),
      allowance: runs.least + 1 + draw.int(Math.min(runs.most - runs.least, 40) + 1),
      random: draw,
      provided: name === 'audit' ? questions : sampled,
    });
  };

const held = [1, 2, 3].map((trial) => ({
  trial,
  messages: [{ role: 'user', text: 'Do better.' } as const],
  form: 'diff' as const,
  base: parents[0]!.source,
  parent: 1,
  spread: 1,
  reward: 0.5,
}));

for (const comparable of [false, true]) {
  for (const operator of builtin(30, [], comparable))
    operatorContract(operator, taskFor(operator, comparable));
  const policy = learned(12, comparable);
  operatorContract(policy, taskFor(policy, comparable));
}
for (const name of wayNames) {
  const [operator] = asking('m', [name]);
  operatorContract(operator!, taskFor(operator!, false), (step: Step) =>
    'ask' in step && step.purpose === 'plan' ? '1. Nine.' : answers[formOf(name)!],
  );
}
const measuring = audit('m');
operatorContract(measuring, taskFor(measuring, false), () => answers.diff);
