import type { Verdict } from '../../core/search/outcome.ts';
import { type ProblemDraft, searchedOn } from '../../core/search/problem.ts';
import { splits } from '../splits.ts';
import type { Law } from './laws.ts';
import { picture } from './picture.ts';

/** Arguments of the law, point by point. Its values stay outside the sandbox. */
export interface Sample {
  readonly points: readonly (readonly number[])[];
}

/** Digits of a fit: all scores lie in [-digits, digits]. Beyond 12, rounding speaks and not the law. */
const digits = 12;

/** The problem of finding a law again from its values (Udrescu 2020). Its default name is of one law only. */
export function regression(law: Law, name = `symbolic-regression-${law.id}`) {
  const cases = splits<Sample>(
    law.id,
    { shown: 1, scored: 1, validation: 1, 'held-out': 1 },
    (random, use) => ({
      points: Array.from({ length: searchedOn(use) ? 200 : 1000 }, () =>
        law.variables.map(({ low, high }) => low + (high - low) * random.next()),
      ),
    }),
  );
  return {
    name,
    brief: brief(law, cases[0]!.input),
    language: 'javascript',
    entry: 'f',
    cases,
    harness,
    judge: (input: Sample, output: unknown) => judge(law, input, output),
    residuals: ({ points }: Sample, output: unknown) =>
      points.map((point, i) => (output as number[])[i]! - law.value(...point)),
    limits: { wallMs: 1500, cpuMs: 300, memoryMb: 64, outputBytes: 100_000 },
    target: digits,
    show: (score: number) => `NMSE ${(10 ** -score).toExponential(3)}`,
    picture: (input: Sample, output: number[]) => picture(law, input, output),
    references: [{ name: 'the mean', score: 0, on: 'held-out', source: 'by definition of NMSE' }],
  } satisfies Omit<ProblemDraft<Sample, unknown>, 'seeds'>;
}

/** A seed program for a law: a constant. */
export function seedFor(law: Law): string {
  return `// EVOLVE-BLOCK-START
/** A constant: the law is not known yet. */
export function f(${law.variables.map(({ name }) => name).join(', ')}) {
  return 1;
}
// EVOLVE-BLOCK-END
`;
}

/** The function's value at each point. Sent into the sandbox as text. */
export function harness(f: (...x: number[]) => unknown, input: Sample): unknown[] {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text; keeps this frame out of a candidate's reach
  'use strict';
  return input.points.map((point) => f(...point));
}

/**
 * Score: -log10 of the normalised mean squared error, from -12 to 12; 0 is what the mean of the values earns.
 * `output` holds a finite number for each point.
 */
export function judge(law: Law, { points }: Sample, output: unknown): Verdict {
  if (!Array.isArray(output) || output.length !== points.length) {
    return { invalid: `expected ${points.length} values` };
  }
  const values = points.map((point) => law.value(...point));
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  let error = 0;
  let variance = 0;
  for (const [i, value] of values.entries()) {
    const guess: unknown = output[i];
    if (!(typeof guess === 'number' && Number.isFinite(guess))) {
      return { invalid: `f(${points[i]!.join(', ')}) is not a finite number` };
    }
    error += (guess - value) ** 2;
    variance += (value - mean) ** 2;
  }
  // 0 / variance is 0 and an overflow is Infinity: the bounds take care of both.
  const nmse = error / variance;
  const score = Math.min(digits, Math.max(-digits, 0 - Math.log10(nmse)));
  return { score, feedback: `NMSE ${nmse.toExponential(3)}` };
}

function brief(law: Law, { points }: Sample): string {
  const names = law.variables.map(({ name }) => name);
  const rows = points
    .slice(0, 12)
    .map(
      (point) =>
        `  f(${point.map((x) => x.toPrecision(6)).join(', ')}) = ${law.value(...point).toPrecision(8)}`,
    );
  return `Find a law of physics from its values: write \`f(${names.join(', ')})\` that returns them.
${law.variables.map(({ name, low, high }) => `${name} is uniform in [${low}, ${high}]`).join(', ')}. There is no noise, and the law may hold constants.
All arguments are numbers, and the result must be finite everywhere. The score is -log10(NMSE), where NMSE is the
mean squared error over the variance of the values: 0 for the mean, 12 (the most) for the law itself. Examples:
${rows.join('\n')}`;
}
