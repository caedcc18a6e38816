import { pictureOfSteps } from '../steps-picture.ts';
import { judge, type Steps } from './judge.ts';

/** The step function, in units of its mean height. */
export function picture(input: Steps, output: unknown): string {
  const verdict = judge(input, output);
  const bound = 'score' in verdict ? `bound ${(-verdict.score).toFixed(8)}` : verdict.invalid;
  const heights = output as number[];
  const mean = heights.reduce((sum, each) => sum + each, 0) / heights.length;
  const scaled = heights.map((height) => height / mean);
  return pictureOfSteps(`${heights.length} steps, ${bound}`, scaled, Math.max(...scaled));
}
