import { boundSaid, type Goals } from '../search/objectives.ts';
import type { Section } from './prompt.ts';

/** What a model is told of a problem's objectives and constraints; nothing of one with its score alone. */
export function goalsOf({ objectives = {}, constraints = {} }: Goals): Section[] {
  const aims = Object.entries(objectives).map(
    ([name, direction]) =>
      `- ${name}: ${direction === 'minimize' ? 'lower' : 'higher'} is better (${direction})`,
  );
  const bounds = Object.entries(constraints).map(([name, bound]) => `- ${name}: ${boundSaid(bound)}`);
  const text = [
    ...(aims.length > 0 ? ['Objectives, which the score joins into one number:', ...aims] : []),
    ...(bounds.length > 0
      ? ['Hard constraints, which hold in every case; a program that breaks one scores nothing:', ...bounds]
      : []),
  ].join('\n');
  return text ? [{ title: aims.length > 0 ? 'Objectives' : 'Constraints', text }] : [];
}
