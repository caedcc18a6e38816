import type { AnswerFacts } from '../facts/answers.ts';
import { answersOf } from '../facts/answers.ts';
import { count } from './words.ts';

/** The end of an answer that yielded no scored program, in words. */
const ends = {
  malformed: 'not usable',
  duplicate: 'duplicate',
  failed: 'failed',
  fault: 'no answer',
} as const;

/** How many answers made a program that was scored, as `0 of 9 answers scored`; empty before the first. */
function scoredIn({ total, scored }: Pick<AnswerFacts, 'total' | 'scored'>): string {
  return total > 0 ? `${count(scored)} of ${count(total)} answers scored` : '';
}

/** What answers made, as `3 of 9 answers scored, 1 better than its parents`. */
export function madeIn(answers: Pick<AnswerFacts, 'total' | 'scored' | 'improved'>): string {
  const { total, scored, improved } = answers;
  if (total === 0) return 'none made a program yet';
  return `${scoredIn(answers)}${scored > 0 ? `, ${count(improved)} better than the parents` : ''}`;
}

/** The most frequent reasons why answers yielded no scored program, as `9 not usable: there is no block in it`. */
export function reasonsIn({ reasons }: Pick<AnswerFacts, 'reasons'>, most: number): string[] {
  return reasons.slice(0, most).map((each) => `${count(each.count)} ${ends[each.end]}: ${each.why}`);
}

/** What became of answers, in one line; empty where nothing is known. */
export function answersLine(facts: AnswerFacts): string {
  const known = answersOf(facts);
  const [first] = reasonsIn(known, 1);
  return [scoredIn(known), first ?? ''].filter(Boolean).join(', ');
}
