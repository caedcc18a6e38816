import { pictureOfSteps } from '../steps-picture.ts';
import { judge, type Steps } from './judge.ts';

/** The heights that the program gave, before they are scaled to their sum. */
export function picture(input: Steps, output: unknown): string {
  const verdict = judge(input, output);
  const bound = 'score' in verdict ? `bound ${(-verdict.score).toFixed(8)}` : verdict.invalid;
  const heights = output as number[];
  return pictureOfSteps(`${heights.length} steps, ${bound}`, heights, 1);
}
