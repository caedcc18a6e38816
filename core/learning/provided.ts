import type { Provided } from '../search/provided.ts';
import type { Task } from '../search/roles.ts';
import type { HeldOut } from './external-training.ts';
import type { Policy } from './policy/policy.ts';

/** What an operator that samples from a policy is provided with. */
export interface PolicyProvided extends Provided {
  readonly kind: 'policy';
  readonly policy: Policy;
  /** Whether what has this key was sampled in a trial that had settled when this one began. */
  met(key: string): boolean;
}

/** What an operator that measures new weights is provided with. */
export interface CasesProvided extends Provided {
  readonly kind: 'cases';
  readonly cases: readonly HeldOut[];
}

/** The policy of a task. @throws Error for a task of a search without one: a fault of ours. */
export function policyOf({ provided }: Task): PolicyProvided {
  if (provided?.kind !== 'policy')
    throw new Error(`Expected a policy for the operator, got ${provided?.kind}`);
  return provided as PolicyProvided;
}

/** The held-out questions of a task. @throws Error for a task without: a fault of ours. */
export function casesOf({ provided }: Task): readonly HeldOut[] {
  if (provided?.kind !== 'cases')
    throw new Error(`Expected held-out questions for the operator, got ${provided?.kind}`);
  return (provided as CasesProvided).cases;
}
