/** What a policy sampled in one trial: JSON that the journal keeps and only the policy's learner reads. */
export interface Sampled {
  readonly policy: string;
  /** Version of the weights that sampled; 0: the prior. */
  readonly version: number;
}

/** What a learner provides for the operator of one trial; only the two of them look inside. */
export interface Provided {
  readonly kind: string;
}
