import { casesFor, type Problem, type Use, uses } from '../core/search/problem.ts';
import type { Input } from '../core/search/roles.ts';

/** The inputs of a problem by use, as they travel to a runner. */
export type Inputs = Readonly<Record<Use, readonly Input[]>>;

/** An input as the problem's own code gets it: frozen, so that no call can change what a later one sees. */
export interface JudgedInput {
  readonly id: string;
  readonly value: unknown;
}

/** The inputs of a problem's cases, in their order. */
export function inputsOf(problem: Pick<Problem, 'cases'>): Inputs {
  return byUse((use) => casesFor(problem, use).map(({ id, input }) => ({ id, json: JSON.stringify(input) })));
}

/** The same inputs for the problem's own code, parsed once. */
export function judgedInputs(inputs: Inputs): Readonly<Record<Use, readonly JudgedInput[]>> {
  return byUse((use) => inputs[use].map(({ id, json }) => ({ id, value: frozen(JSON.parse(json)) })));
}

function byUse<T>(of: (use: Use) => T): Readonly<Record<Use, T>> {
  return Object.fromEntries(uses.map((use) => [use, of(use)])) as Record<Use, T>;
}

/** Parsed JSON that cannot be changed, however deep. */
function frozen(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
