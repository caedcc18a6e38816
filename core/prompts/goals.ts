import { boundSaid, type Goals } from '../search/objectives.ts';
import type { Section } from './prompt.ts';

/** The prompt's section on objectives and constraints; none for a problem with its score alone. */
export function goalsOf({ objectives = {}, constraints = {} }: Goals): Section[] {
  const aims = Object.entries(objectives).map(
    ([name, direction]) =>
      `- ${name}: ${direction === 'minimize' ? 'lower' : 'higher'} is better (${direction})`,
  );
  const bounds = Object.entries(constraints).map(([name, bound]) => `- ${name}: ${boundSaid(bound)}`);
  const text = [
    ...(aims.length > 0 ? ['Objectives, which the score joins into one number:', ...aims] : []),
    ...(bounds.length > 0
      ? ['Hard constraints on every case; a program that violates one gets no score:', ...bounds]
      : []),
  ].join('\n');
  return text ? [{ title: aims.length > 0 ? 'Objectives' : 'Constraints', text }] : [];
}
