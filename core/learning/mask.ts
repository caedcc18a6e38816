/** A piece of a dialogue, in tokens. */
export interface Turn {
  /** Its author: the prompt, the policy, or a tool that the policy called. */
  readonly by: 'prompt' | 'policy' | 'tool';
  readonly length: number;
  /** Whether the action of a policy's turn failed. */
  readonly failed?: boolean;
}

/**
 * Which tokens the policy wrote: the prompt and the output of tools never enter a loss (ReTool, Feng 2025; that their mask is
 * 0 there is recalled, not checked). With `errors` false, as for imitation, failed turns are excluded too, while the rest of
 * their dialogue stays (error-masked SFT, Zhan 2025).
 */
export function maskOf(turns: readonly Turn[], errors = true): boolean[] {
  return turns.flatMap(({ by, length, failed }) =>
    Array.from({ length }, () => by === 'policy' && (errors || !failed)),
  );
}
