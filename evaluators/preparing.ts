import { expected } from '../core/errors.ts';
import { clip, type Failed } from '../core/outcome.ts';
import type { Problem } from '../core/problem.ts';
import type { Source } from '../core/program.ts';

/**
 * The program that is run for one that was proposed: what the problem's `prepare` makes of it, or that it was refused.
 * @throws ConfigError when `prepare` throws or returns no program: its own fault, and no program's.
 */
export function prepared(
  { name, prepare }: Pick<Problem, 'name' | 'prepare'>,
  source: Source,
): { readonly source: Source } | { readonly outcome: Failed } {
  if (!prepare) return { source };
  const what = `prepare of ${name} to return a program or why it is refused`;
  let made: unknown;
  try {
    made = prepare(source);
  } catch (error) {
    throw expected(what, error instanceof Error ? `${error.name}: ${error.message}` : error);
  }
  if (!isProgram(made)) throw expected(what, made);
  if (typeof made.refused !== 'string') return { source: made };
  return { outcome: { status: 'refused', feedback: clip(made.refused) } };
}

function isProgram(made: unknown): made is Source {
  if (typeof made !== 'object' || made === null) return false;
  const texts = Object.values(made);
  return texts.length > 0 && texts.every((text) => typeof text === 'string');
}
