import type { Provided } from '../search/provided.ts';
import type { Task } from '../search/roles.ts';
import type { HeldOut } from './external-training.ts';
import type { Policy } from './policy/policy.ts';

/** The input of an operator that samples from a policy. */
export interface PolicyProvided extends Provided {
  readonly kind: 'policy';
  readonly policy: Policy;
  /** Whether a rollout with this key was sampled in a trial that had settled when this one began. */
  met(key: string): boolean;
}

/** The input of an operator that measures new weights. */
export interface CasesProvided extends Provided {
  readonly kind: 'cases';
  readonly cases: readonly HeldOut[];
}

/** The policy of a task. @throws Error for a task without one, which is a bug of the engine. */
export function policyOf({ provided }: Task): PolicyProvided {
  if (provided?.kind !== 'policy')
    throw new Error(`Expected a policy for the operator, got ${provided?.kind}`);
  return provided as PolicyProvided;
}

/** The held-out questions of a task. @throws Error for a task without them, which is a bug of the engine. */
export function casesOf({ provided }: Task): readonly HeldOut[] {
  if (provided?.kind !== 'cases')
    throw new Error(`Expected held-out questions for the operator, got ${provided?.kind}`);
  return (provided as CasesProvided).cases;
}
