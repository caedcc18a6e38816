import type { Source } from '../core/search/program.ts';
import type { Evaluation, Evaluator } from '../core/search/roles.ts';
import { sharing } from './shared.ts';

/** Most memory that a cache holds, in bytes: of 128 cases a program, that is some 2,700 evaluations. */
const mostBytes = 64e6;

/**
 * An evaluator with a cache of the `most` evaluations last used, or fewer where those hold more than 64 MB together. Programs of one key are evaluated once, under the name of
 * the first job: callers join a running evaluation, which is aborted once all of them have left. Errors are not cached.
 * Disposes of the inner evaluator.
 */
export function cached(evaluator: Evaluator, key: (source: Source) => string, most: number): Evaluator {
  const kept = new Map<string, Evaluation>();
  let bytes = 0;
  const share = sharing<Evaluation>();
  // The order of a Map is that of insertion: the evaluation last used moves to the end, the first is the oldest.
  const drop = (name: string): void => {
    const found = kept.get(name);
    if (!found) return;
    bytes -= bytesOf(found);
    kept.delete(name);
  };
  const keep = (name: string, found: Evaluation): Evaluation => {
    drop(name);
    kept.set(name, found);
    bytes += bytesOf(found);
    while (kept.size > most || (bytes > mostBytes && kept.size > 1)) drop(kept.keys().next().value!);
    return found;
  };

  return {
    async evaluate(source, use, job, signal) {
      signal?.throwIfAborted();
      const name = `${use} ${key(source)}`;
      const found = kept.get(name);
      if (found) return keep(name, found);
      const start = async (stop: AbortSignal): Promise<Evaluation> =>
        keep(name, await evaluator.evaluate(source, use, job, stop));
      return share(name, start, signal);
    },
    // Residuals are long, and no caller asks for the same ones twice.
    measure: (...asked) => evaluator.measure(...asked),
    [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
  };
}

/** About how many bytes an evaluation holds: 187 were measured for a verdict with one measure and no feedback. */
function bytesOf({ outcome }: Evaluation): number {
  const own = 200 + outcome.feedback.length;
  if (outcome.status !== 'scored') return own;
  return outcome.verdicts.reduce(
    (sum, verdict) => sum + 187 + (('feedback' in verdict && verdict.feedback?.length) || 0),
    own,
  );
}
