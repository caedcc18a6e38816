import type { Group } from '../rollout-buffer.ts';
import type { Grammar } from './grammar.ts';
import type { Policy } from './policy.ts';

/** The hyperparameters of a policy's training. */
export interface Method {
  readonly rate: number;
  /** KL divergence of the advantage weights from uniform, as a fraction in (0, 1) of its maximum ln K for K rollouts. */
  readonly divergence: number;
  /** Whether rewards are shuffled within each group: a control without signal. */
  readonly shuffled: boolean;
  readonly seed: number;
  /** Whether the momentum of earlier trainings is dropped, for a short step along the gradient of this batch alone. */
  readonly resetMomentum: boolean;
}

/** The result of training a policy. */
export interface TrainedWeights {
  /** Weights and optimiser state, as text. */
  readonly text: string;
  /** Values of the old and the new weights on the held-out rollouts. */
  readonly heldOut: { readonly before: number; readonly after: number };
  readonly promoted: boolean;
  readonly metrics: Readonly<Record<string, number>>;
}

/** A kind of policy: how it samples and how it is trained. `text` holds its weights; undefined for the prior. */
export interface PolicyKind {
  readonly name: string;
  policy(grammar: Grammar, text: string | undefined, version: number, seed: number): Policy;
  train(
    grammar: Grammar,
    text: string | undefined,
    groups: readonly Group[],
    before: readonly Group[],
    method: Method,
  ): Promise<TrainedWeights>;
}
