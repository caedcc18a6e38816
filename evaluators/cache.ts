import type { Source } from '../core/search/program.ts';
import type { Evaluation, Evaluator } from '../core/search/roles.ts';
import { sharing } from './shared.ts';

/**
 * An evaluator that remembers the `most` evaluations last used. Programs of one key are evaluated once, even while
 * that is under way, under the name of the first job; it is given up once every caller has. What was thrown is not kept.
 * Disposes of the inner one.
 */
export function cached(evaluator: Evaluator, key: (source: Source) => string, most: number): Evaluator {
  const kept = new Map<string, Evaluation>();
  const share = sharing<Evaluation>();
  // The order of a Map is that of insertion: the evaluation last used moves to the end, the first is the oldest.
  const keep = (name: string, found: Evaluation): Evaluation => {
    kept.delete(name);
    kept.set(name, found);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
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
    // Residuals are long, and no caller needs the same ones twice.
    measure: (...asked) => evaluator.measure(...asked),
    [Symbol.asyncDispose]: () => evaluator[Symbol.asyncDispose](),
  };
}
