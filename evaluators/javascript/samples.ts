import { ConfigError, SandboxError } from '../../core/search/errors.ts';
import type { HarnessFunction, Problem } from '../../core/search/problem.ts';
import type { Task } from '../../core/search/roles.ts';
import { inputsOf } from '../inputs.ts';
import { harnessText, openRunner } from './pool.ts';

/** Most calls that are kept, and most shown cases that are run for them. */
const mostCalls = 48;
const mostCases = 8;
/** Most characters of the arguments of one call as JSON: longer ones are skipped. */
const longest = 5000;

/**
 * Arguments with which the first seed is called on shown cases, spread evenly over all calls: the same each time. Empty
 * if the problem has no shown case, if the entry is called without arguments or with other than plain data, or if no
 * sandbox starts (the search reports that itself).
 */
export async function samplesOf(problem: Problem): Promise<Task['samples']> {
  const inputs = spread(inputsOf(problem).shown, mostCases);
  if (inputs.length === 0) return [];
  const { language, entry } = problem;
  // Generous in time: a resumed search must get the same samples on a busy machine too.
  const { wallMs, cpuMs, memoryMb } = problem.limits;
  const limits = { wallMs: 5 * wallMs, cpuMs: 5 * cpuMs, memoryMb, outputBytes: 3 * mostCalls * longest };
  try {
    const harness = `(${record})(${harnessText(problem.harness)}, ${mostCalls}, ${longest})`;
    const calls = { language, entry, harness, limits, batch: inputs.length, known: [inputs] };
    await using runner = await openRunner(calls, { workers: 1, isolation: 'context' });
    const { outputs, end } = await runner.run(problem.seeds[0]!, inputs, 'seed-1/samples');
    return end.status === 'done' ? spread((outputs as unknown[][][]).flat(), mostCalls) : [];
  } catch (error) {
    if (error instanceof ConfigError || error instanceof SandboxError) return [];
    throw error;
  }
}

/** At most `most` elements of a list, evenly spread over it. */
function spread<T>(list: readonly T[], most: number): readonly T[] {
  if (list.length <= most) return list;
  return Array.from({ length: most }, (_, i) => list[Math.floor((i * list.length) / most)]!);
}

/**
 * A harness that calls another, and returns the arguments of the entry's calls instead of its output. Sent as text: may
 * use nothing of this file.
 */
function record(harness: HarnessFunction, most: number, longest: number): HarnessFunction {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text
  'use strict';
  const { parse, stringify } = JSON;
  const isPlain = (value: unknown): boolean => {
    if (typeof value === 'number') return Number.isFinite(value);
    if (typeof value !== 'object' || value === null) return /^(string|boolean|object)$/.test(typeof value);
    if (Array.isArray(value)) return value.every(isPlain);
    return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
  };
  return (entry, input) => {
    let kept: string[] = [];
    let calls = 0;
    let stride = 1;
    const recorded = (...given: unknown[]): unknown => {
      if (calls++ % stride === 0) {
        const plain = given.map((each) =>
          ArrayBuffer.isView(each) ? Array.from(each as Float64Array) : each,
        );
        const text = plain.length > 0 && plain.every(isPlain) ? stringify(plain) : '';
        if (text && text.length <= longest) kept.push(text);
        if (kept.length === 2 * most) {
          kept = kept.filter((_, i) => i % 2 === 0);
          stride *= 2;
        }
      }
      return entry(...given);
    };
    try {
      harness(recorded, input);
    } catch {
      // The calls made until then count all the same.
    }
    return kept.map((text) => parse(text));
  };
}
