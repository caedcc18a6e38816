import { availableParallelism } from 'node:os';
import { ConfigError } from '../../core/errors.ts';
import type { Claim } from '../../core/learning/dataset/claims.ts';
import type { Problem } from '../../core/problem.ts';
import type { Evaluator } from '../../core/roles.ts';
import { openEvaluator } from '../compose.ts';
import { findProblem, hashOf } from '../find.ts';
import type { DatasetManifest } from './export.ts';

/** Judges of the programs of a data set, by the run that a program is from. */
export interface Judges extends AsyncDisposable {
  of(id: string): (make: Claim['make']) => Promise<number | null>;
}

/** @param given - where the problem is, if it is none of those that ship @throws ConfigError for one that is not as it was */
export async function openJudges({ runs }: DatasetManifest, given: string | undefined): Promise<Judges> {
  await using stack = new AsyncDisposableStack();
  const byHash = new Map<string, { problem: Problem; evaluator: Evaluator }>();
  for (const { problem: name, hash } of runs) {
    if (byHash.has(hash)) continue;
    const { problem } = await findProblem(given ?? name);
    if (hashOf(problem) !== hash)
      throw new ConfigError(
        `Expected ${given ?? name} to be the problem of the data set as it was, got another (hash ${hashOf(problem).slice(0, 8)})`,
      );
    byHash.set(hash, { problem, evaluator: stack.use(await openEvaluator(problem, availableParallelism())) });
  }
  const held = stack.move();
  const hashes = new Map(runs.map(({ run, hash }) => [run, hash]));
  return {
    of: (id) => async (make) => {
      const { problem, evaluator } = byHash.get(hashes.get(id.slice(0, id.lastIndexOf('/')))!)!;
      const source = make(problem.language);
      if (!source) return null;
      const { outcome } = await evaluator.evaluate(source, 'scored', `${id}/scored`);
      return outcome.status === 'scored' ? outcome.score : null;
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}
