import { expected } from '../core/search/errors.ts';
import type { Use } from '../core/search/problem.ts';
import type { Source } from '../core/search/program.ts';
import type { Evaluation, Evaluator, Measured, Runner } from '../core/search/roles.ts';
import { type Inputs, judgedInputs } from './inputs.ts';
import { drawn, judged, prepared, residualsOf, type Trusted } from './trusted.ts';

/** What a caller needs besides the outcome: residuals for fitting, or a picture of the first case. */
export type Want = 'outcome' | 'residuals' | 'picture';

/** The results of an evaluation; only the wanted ones are present. */
export interface Findings extends Measured {
  /** SVG text of the first case of a program that was scored. */
  readonly picture?: string;
  /** Why the problem drew no picture of a program that was scored. */
  readonly undrawn?: string;
}

/** Judges one program on the cases of a use: `job` names the run. @throws SandboxError; `signal.reason` when aborted */
export type Evaluate = (
  source: Source,
  use: Use,
  want: Want,
  job: string,
  signal?: AbortSignal,
) => Promise<Findings>;

/** An evaluator that can also draw a program's output. */
export interface Pool extends Evaluator {
  /** A program's outcome with the picture of its first case, drawn from the same outputs that were judged. */
  draw(source: Source, use: Use, job: string, signal?: AbortSignal): Promise<Drawing>;
}

/** A program's outcome, and a picture of it if it was scored. */
export type Drawing = Evaluation & Pick<Findings, 'picture' | 'undrawn'>;

/**
 * The one way from a program to its outcome: prepare, run, judge, and what else is wanted of the same outputs. It runs
 * where the problem's code is loaded: in a pool's threads for a problem that they can load, else in the engine's thread.
 */
export function evaluation(problem: Trusted, inputs: Inputs, { run }: Pick<Runner, 'run'>): Evaluate {
  const own = judgedInputs(inputs);
  return async (source, use, want, job, signal) => {
    if (inputs[use].length === 0) throw expected(`${problem.name} to have ${use} cases`, 'none');
    const made = prepared(problem, source);
    if ('refused' in made) return { outcome: { status: 'refused', feedback: made.refused } };
    const ran = await run(made.source, inputs[use], job, signal);
    const outcome = judged(problem, own[use], ran);
    const found: Findings = outcome.status === 'refused' ? { outcome } : { outcome, usage: ran.usage };
    if (want === 'outcome' || outcome.status !== 'scored') return found;
    if (want === 'picture') {
      const picture = drawn(problem, own[use], ran.outputs);
      return 'wrong' in picture ? { ...found, undrawn: picture.wrong } : { ...found, picture: picture.value };
    }
    const residuals = residualsOf(problem, own[use], ran.outputs);
    if ('wrong' in residuals) return { ...found, outcome: { status: 'invalid', feedback: residuals.wrong } };
    return residuals.value ? { ...found, residuals: residuals.value } : found;
  };
}

/** An evaluator of one way of evaluating. Disposes of `inner`. */
export function evaluatorBy(evaluate: Evaluate, inner: AsyncDisposable): Pool {
  return {
    evaluate: (source, use, job, signal) => evaluate(source, use, 'outcome', job, signal),
    measure: (source, use, job, signal) => evaluate(source, use, 'residuals', job, signal),
    draw: (source, use, job, signal) => evaluate(source, use, 'picture', job, signal),
    [Symbol.asyncDispose]: () => inner[Symbol.asyncDispose](),
  };
}
