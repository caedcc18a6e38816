/** Where an expression is drawn: all that the policy knows of it. Plain data, so that a trainer elsewhere can go the same way again. */
export interface Place {
  readonly kind: 'number' | 'boolean';
  /** Production that stands above it in the parent and which of its operands it is, as if the policy had drawn that; -1 for none. */
  readonly above: number;
  readonly slot: number;
  /** Production that stands left of it; -1 for none. */
  readonly left: number;
  /** Productions that may not be used here: names that are not in scope. */
  readonly closed: readonly number[];
  /** Whether what stood there may be used again, and whether it is a number. */
  readonly old: boolean;
  readonly numeral: boolean;
}
