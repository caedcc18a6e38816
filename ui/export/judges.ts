import { availableParallelism } from 'node:os';
import { languageNamed } from '../../core/languages/registry.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { Evaluator } from '../../core/search/roles.ts';
import { cached } from '../../evaluators/cache.ts';
import { openPool } from '../../evaluators/runtimes.ts';
import { keyFor, remembered } from '../run/compose.ts';
import { findProblem } from '../run/find-problem.ts';
import { hashOf, isHashOf } from '../run/problem-hash.ts';
import type { ProvenanceClaim } from './dataset/claims.ts';
import type { DatasetManifest } from './export.ts';

/** Scores and times the programs of a data set with the problems of their runs. */
export interface Judges extends AsyncDisposable {
  /** The score of a program; null for one that fails or cannot be built. */
  score(claim: Pick<ProvenanceClaim, 'id' | 'make'>): Promise<number | null>;
  /** Median processor times of programs in milliseconds, of several alternating runs each; null for one that fails. */
  times(claims: readonly Pick<ProvenanceClaim, 'id' | 'make'>[]): Promise<(number | null)[]>;
}

/** Number of timed runs of a program. */
const rounds = 3;

/** @param given - path of a problem that does not ship @throws ConfigError for a problem that has changed */
export async function openJudges({ runs }: DatasetManifest, given: string | undefined): Promise<Judges> {
  await using stack = new AsyncDisposableStack();
  const byHash = new Map<string, Judge>();
  for (const { problem: name, hash } of runs) {
    if (byHash.has(hash)) continue;
    const { problem } = await findProblem(given ?? name);
    if (!isHashOf(hash, problem))
      throw new ConfigError(
        `Expected ${given ?? name} to be the unchanged problem of the data set, got another (hash ${hashOf(problem).slice(0, 8)})`,
      );
    const pool = await openPool(problem, { workers: availableParallelism(), isolation: 'context' });
    const evaluator = stack.use(cached(pool, keyFor(problem), remembered));
    byHash.set(hash, { problem, evaluator, timer: pool });
  }
  const held = stack.move();
  const hashes = new Map(runs.map(({ run, hash }) => [run, hash]));
  const judgeOf = (id: string): Judge => byHash.get(hashes.get(id.slice(0, id.lastIndexOf('/')))!)!;
  return {
    async score({ id, make }) {
      const { problem, evaluator } = judgeOf(id);
      const source = make(languageNamed(problem.language));
      if (!source) return null;
      const { outcome } = await evaluator.evaluate(source, 'scored', `${id}/scored`);
      return outcome.status === 'scored' ? outcome.score : null;
    },
    async times(claims) {
      const all = claims.map((): number[] => []);
      for (let round = 1; round <= rounds; round++) {
        for (const [i, { id, make }] of claims.entries()) {
          const { problem, timer } = judgeOf(id);
          const source = make(languageNamed(problem.language));
          if (!source) continue;
          const { outcome, usage } = await timer.evaluate(source, 'scored', `${id}/time-${round}`);
          if (outcome.status === 'scored' && usage) all[i]!.push(usage.cpuMs);
        }
      }
      return all.map((times) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? null);
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  };
}

interface Judge {
  readonly problem: Problem;
  readonly evaluator: Evaluator;
  /** Without a cache, so that each run is a new measurement. */
  readonly timer: Evaluator;
}
