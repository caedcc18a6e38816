import { defineProblem } from '../../core/languages/define-problem.ts';
import type { Outcome } from '../../core/search/outcome.ts';
import type { Problem, ProblemDraft, Use } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import type { Evaluator } from '../../core/search/roles.ts';

/** A problem whose only right answer is twice the input; judged where the pool is opened. */
export function doubling(changes: Partial<ProblemDraft> = {}): Problem {
  return defineProblem({
    name: 'doubling',
    brief: 'Double it.',
    language: 'javascript',
    entry: 'f',
    seeds: [{ 'p.js': 'export const f = (x) => x * 2' }],
    cases: [
      { id: 'one', input: 1, use: 'shown' },
      { id: 'two', input: 2, use: 'scored' },
      ...[3, 4, 5].map((input) => ({ id: `held ${input}`, input, use: 'held-out' as const })),
    ],
    judge: (input: number, output: unknown) =>
      output === input * 2 ? { score: 1 } : { invalid: `got ${JSON.stringify(output)}` },
    limits: { wallMs: 5000, cpuMs: 600, memoryMb: 32, outputBytes: 100_000 },
    ...changes,
  });
}

/** A good program, different each time. */
export const good = (number = 0) => ({ 'p.js': `// ${number}\nexport const f = (x) => x * 2;` });

let jobs = 0;

/** What becomes of a program, under a job name of its own. */
export async function outcomeIn(
  evaluator: Pick<Evaluator, 'evaluate'>,
  source: Source,
  use: Use = 'scored',
  signal?: AbortSignal,
): Promise<Outcome> {
  return (await evaluator.evaluate(source, use, `test/${++jobs}`, signal)).outcome;
}
