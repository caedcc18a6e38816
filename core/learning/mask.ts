/** A piece of a dialogue, in tokens. */
export interface Turn {
  /** Who wrote it: the prompt, the policy, or a tool that the policy called. */
  readonly by: 'prompt' | 'policy' | 'tool';
  readonly length: number;
  /** Whether what it did failed, for a turn of the policy. */
  readonly failed?: boolean;
}

/**
 * Which tokens are the policy's own: the prompt and what tools said never enter a loss (ReTool, Feng 2025; that their
 * mask is 0 there is recalled, not checked). With `errors` set to false, as for imitation, neither do turns that failed,
 * while the rest of their dialogue stays (error-masked SFT, Zhan 2025).
 */
export function maskOf(turns: readonly Turn[], errors = true): boolean[] {
  return turns.flatMap(({ by, length, failed }) =>
    Array.from({ length }, () => by === 'policy' && (errors || !failed)),
  );
}
