import type { Loss, Sequence } from '../../../core/learning/objectives/objective.ts';
import { type Random, random } from '../../../core/search/random.ts';
import { type Bigram, bigram, chain, logprobsOf, sample } from './bigram.ts';

/** Tokens of the toy, and how many of them an answer has; the one at `toolAt` is said by a tool. */
export const size = 6;
export const length = 9;
const toolAt = 4;

/** One answer and which of its tokens are the policy's own. */
export interface Answer {
  readonly tokens: readonly number[];
  readonly mask: readonly boolean[];
}

export const mask: readonly boolean[] = Array.from({ length }, (_, t) => t !== toolAt);

/** Which tokens are right: one more than the token before, round and round. The first is neither. */
export function rightOf({ tokens }: Answer): boolean[] {
  return tokens.map((token, t) => t > 0 && token === (tokens[t - 1]! + 1) % size);
}

/** The share of right tokens: 1/6 by chance, of the policy's own 7 that can be right. */
export function scoreOf(answer: Answer): number {
  const right = rightOf(answer);
  return answer.mask.filter((own, t) => own && right[t]).length / (length - 2);
}

/** An answer of the policy, with a tool's token in between. */
export function answer(policy: Bigram, draws: Random, begun: readonly number[] = []): Answer {
  const before = begun.length > toolAt ? begun : [...sample(policy, toolAt, draws, begun), draws.int(size)];
  return { tokens: sample(policy, length, draws, before), mask };
}

/** Adam, with the step as its only parameter. */
export function adam(places: number, rate: number): (at: Float64Array, gradient: Float64Array) => void {
  const [first, second] = [new Float64Array(places), new Float64Array(places)];
  let step = 0;
  return (at, gradient) => {
    step++;
    gradient.forEach((slope, i) => {
      first[i] = 0.9 * first[i]! + 0.1 * slope;
      second[i] = 0.999 * second[i]! + 0.001 * slope ** 2;
      const size = Math.sqrt(second[i]! / (1 - 0.999 ** step)) + 1e-8;
      at[i]! -= (rate * first[i]!) / (1 - 0.9 ** step) / size;
    });
  };
}

/** Answers, and the loss of their log-probabilities under the policy as it comes to be. */
export interface Lesson {
  readonly answers: readonly Answer[];
  loss(logprobs: readonly (readonly number[])[], policy: Bigram): Loss;
}

/** What makes a lesson of a policy: samples, judges and weighs. */
export type Teacher = (policy: Bigram, draws: Random, step: number) => Lesson;

/** A policy after `lessons` trainings, each applied twice, so that old and new probabilities differ. */
export function taught(teacher: Teacher, key: string, steps = 60, from = bigram(size)): Bigram {
  const draws = random('policy', key);
  const policy: Bigram = { size, logits: from.logits.slice() };
  const descend = adam(policy.logits.length, 0.1);
  for (let step = 0; step < steps; step++) {
    const lesson = teacher({ size, logits: policy.logits.slice() }, draws, step);
    for (let pass = 0; pass < 2; pass++) {
      const logprobs = lesson.answers.map(({ tokens }) => logprobsOf(policy, tokens));
      const gradient = new Float64Array(policy.logits.length);
      lesson.loss(logprobs, policy).gradient.forEach((row, i) => {
        chain(policy, lesson.answers[i]!.tokens, row, gradient);
      });
      descend(policy.logits, gradient);
    }
  }
  return policy;
}

/** Mean score of 500 answers. */
export function markOf(policy: Bigram, score = scoreOf): number {
  const draws = random('mark');
  return Array.from({ length: 500 }, () => score(answer(policy, draws)) / 500).reduce(
    (sum, each) => sum + each,
    0,
  );
}

/** A lesson of sequences whose advantages are known: one for an answer, or one for each token. */
export function lessonOf(
  answers: readonly Answer[],
  policy: Bigram,
  advantages: readonly (number | readonly number[])[],
  objective: (batch: readonly Sequence[]) => Loss,
  masks?: readonly (readonly boolean[])[],
): Lesson {
  const old = answers.map(({ tokens }) => logprobsOf(policy, tokens));
  return {
    answers,
    loss: (logprobs) =>
      objective(
        answers.map((each, i) => {
          const its = advantages[i]!;
          return {
            logprobs: logprobs[i]!,
            old: old[i]!,
            advantages: typeof its === 'number' ? each.tokens.map(() => its) : its,
            mask: masks?.[i] ?? each.mask,
          };
        }),
      ),
  };
}
