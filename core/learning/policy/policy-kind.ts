import type { Group } from '../rollout-buffer.ts';
import type { Grammar } from './grammar.ts';
import type { Policy } from './policy.ts';

/** How a policy is trained. */
export interface Method {
  readonly rate: number;
  /** Share of ln K, in (0, 1), that the advantages' weights lie from equal ones, for K rollouts of a group. */
  readonly divergence: number;
  /** Whether rewards are shuffled within each group, so that nothing can be learnt from them. */
  readonly shuffled: boolean;
  readonly seed: number;
  /** Whether the momentum of earlier trainings is dropped: a short step in the direction of this batch alone. */
  readonly resetMomentum: boolean;
}

/** What a training made of a policy's weights. */
export interface TrainedWeights {
  /** All that the next training starts from, as text. */
  readonly text: string;
  /** Of the new weights and the old, on what was held back. */
  readonly heldOut: { readonly before: number; readonly after: number };
  readonly promoted: boolean;
  readonly metrics: Readonly<Record<string, number>>;
}

/** A kind of policy: how its weights, as a text, draw, and how they learn. `text` is undefined for those of the prior. */
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
