/**
 * How far a proposal came, worst first: it could not be read or applied, it changed nothing, it ran and failed, it
 * broke the rules, or it was scored.
 */
export const rungs = ['unparsable', 'unchanged', 'crashed', 'invalid', 'valid'] as const;

/** One of the rungs. */
export type Rung = (typeof rungs)[number];

/**
 * One thing that a policy made, as a trainer needs it: what it did, how likely that was, and what it came to.
 * A step is what the policy chooses at a time: a token of a language model, an action of a grammar.
 */
export interface Rollout<Step = number> {
  /** The trial that it belongs to. */
  readonly trial: number;
  /** Which of the samples of its trial it is, from 0: with `trial` the name of the rollout in its run. */
  readonly sample: number;
  /** What it was sampled for: advantages compare rollouts of one group, say of one prompt or parent. */
  readonly group: string;
  /** Version of the policy that sampled it, from 0. */
  readonly version: number;
  /** From the first step of the prompt, if there is one, to the last. */
  readonly steps: readonly Step[];
  /**
   * Natural logarithm of each step's probability when it was sampled, as many as `steps`; 0 where it is masked.
   * Undefined where the sampler does not tell.
   */
  readonly logprobs: readonly number[] | undefined;
  /** Whether a step is the policy's own, as many as `steps`; the prompt's and what tools said are not. */
  readonly mask: readonly boolean[];
  /** Higher is better, finite. */
  readonly reward: number;
  readonly rung: Rung;
}
