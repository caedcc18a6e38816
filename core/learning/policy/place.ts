/** The place of an expression as the policy sees it. Plain data, so that another process can replay the actions. */
export interface Place {
  readonly kind: 'number' | 'boolean';
  /** Parent production in the program and operand position in it, as if the policy had sampled the program; -1 for none. */
  readonly above: number;
  readonly slot: number;
  /** Left sibling production; -1 for none. */
  readonly left: number;
  /** Excluded productions: names that are not in scope. */
  readonly closed: readonly number[];
  /** Whether the replaced expression may be reused, and whether it is a number. */
  readonly old: boolean;
  readonly numeral: boolean;
}
