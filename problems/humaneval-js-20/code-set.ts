import type { Verdict } from '../../core/search/outcome.ts';
import type { Case } from '../../core/search/problem.ts';
import { alike } from './plain.ts';
import { digest, type Task } from './tasks.ts';

/** Calls of one task's function. What they are to answer stays outside the sandbox. */
export interface Calls {
  readonly task: string;
  readonly calls: readonly (readonly unknown[])[];
}

/** A program with the functions of all tasks still to be written, each in a block of its own. */
export function seedFor(tasks: readonly Task[]): string {
  const blocks = tasks.map(
    ({ prompt }) => `// EVOLVE-BLOCK-START\n${prompt}\n  return undefined;\n}\n// EVOLVE-BLOCK-END\n`,
  );
  return `// ${tasks.length} functions to be written. Tasks ${digest(tasks)}.

${blocks.join('\n')}
const tasks = {
${tasks.map(({ name }) => `  ${name},\n`).join('')}};

/** Calls the function of a task. */
export function dispatch(task, args) {
  return tasks[task](...args);
}
`;
}

/** Two cases a task: every other test is searched by, from the first on, and the rest is held out. */
export function casesOf(tasks: readonly Task[]): Case<Calls>[] {
  const half = (use: Case['use'], rest: number) =>
    tasks.map(({ name, tests }) => ({
      id: rest === 0 ? name : `${name}-held-out`,
      use,
      input: { task: name, calls: tests.filter((_, k) => k % 2 === rest).map(({ args }) => args) },
    }));
  return [...half('shown', 0), ...half('held-out', 1)];
}

/**
 * The answer to each call as JSON text of `{ value }`, or of `{}` where there is none: undefined, NaN, an infinity, what JSON
 * cannot hold, or a throw, which costs that call only. Sent into the sandbox as text.
 */
export function harness(dispatch: (task: string, args: unknown) => unknown, input: Calls): string[] {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text; keeps this frame out of a candidate's reach
  'use strict';
  return input.calls.map((args) => {
    try {
      const value = dispatch(input.task, args);
      const none = typeof value === 'number' && !Number.isFinite(value);
      return none ? '{}' : JSON.stringify({ value });
    } catch {
      return '{}';
    }
  });
}

/** Score: the share of a task's calls whose answer is right. `output` is what the harness returns. */
export function judge(tasks: readonly Task[], { task, calls }: Calls, output: unknown): Verdict {
  if (!Array.isArray(output) || output.length !== calls.length)
    return { invalid: `expected ${calls.length} answers` };
  const { tests } = tasks.find(({ name }) => name === task)!;
  let passed = 0;
  let feedback = '';
  for (const [k, args] of calls.entries()) {
    const wanted = tests.find((test) => alike(test.args, args))!.expected;
    const answer = answerIn(output[k]);
    if (answer && alike(answer.value, wanted)) passed++;
    else if (!feedback) {
      const got = answer ? short(answer.value) : 'none';
      feedback = `${task}(${args.map(short).join(', ')}): expected ${short(wanted)}, got ${got}`;
    }
  }
  return {
    score: passed / calls.length,
    measures: { passed: passed / calls.length },
    ...(feedback && { feedback }),
  };
}

/** An answer that is there, from its text. */
function answerIn(text: unknown): { readonly value: unknown } | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const made: unknown = JSON.parse(text);
    return typeof made === 'object' && made !== null && Object.hasOwn(made, 'value')
      ? (made as { value: unknown })
      : undefined;
  } catch {
    return undefined;
  }
}

/** The beginning of a value's text; what is nested so deep that it has none is no reason to fail. */
function short(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch {
    return 'something nested very deep';
  }
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
