import type { Problem } from './problem.ts';
import type { Archive, Bandit, Evaluator, Migrate, Operator } from './roles.ts';

/** Everything a search needs from outside, chosen once by whoever composes it. */
export interface World {
  readonly problem: Problem;
  /** Arms by name. */
  readonly operators: ReadonlyMap<string, Operator>;
  readonly evaluator: Evaluator;
  readonly archive: Archive;
  readonly migrate: Migrate;
  readonly bandit: Bandit;
  /** Whether a canonical form was settled by a trial numbered `horizon` or lower. */
  twin(seen: ReadonlyMap<string, number>, canonical: string, horizon: number): boolean;
  /** Milliseconds that this search has run, over all its sessions. */
  elapsed(): number;
}
