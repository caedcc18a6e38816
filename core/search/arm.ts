/** A way to make a child that the bandit chooses among: an operator and, where it asks one, a model by SPEC. */
export interface Arm {
  readonly operator: string;
  readonly model?: string;
}

/** What made a seed, where an arm is expected. */
export const seedArm: Arm = { operator: 'seed' };

/** `operator@model`, or the operator alone: the text to show, and a key, for no operator's name holds an `@`. */
export function armName({ operator, model }: Arm): string {
  return model === undefined ? operator : `${operator}@${model}`;
}

/** The arm that an operator is. */
export function armOf({ name, model }: { readonly name: string; readonly model?: string }): Arm {
  return model === undefined ? { operator: name } : { operator: name, model };
}

export function sameArm(a: Arm, b: Arm): boolean {
  return a.operator === b.operator && a.model === b.model;
}
