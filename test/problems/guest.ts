import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { defineProblem } from '../../core/languages/define-problem.ts';
import { dialectOf } from '../../core/languages/javascript/parse.ts';
import { scriptOf } from '../../core/languages/javascript/script/module.ts';
import type { HarnessFunction, Problem } from '../../core/search/problem.ts';
import { toolbox } from '../../evaluators/javascript/library.ts';
import { prepared } from '../../evaluators/trusted.ts';
import { frozen } from './frozen.ts';

/** A folder of problems/ as a loader would have it, with its seed. */
export async function load(name: string): Promise<Problem> {
  const folder = new URL(`../../problems/${name}/`, import.meta.url);
  const draft = (await import(new URL('problem.ts', folder).href)).default;
  const text = readFileSync(new URL('seed.js', folder), 'utf8');
  return defineProblem({ ...draft, seeds: [{ 'seed.js': text }] });
}

/**
 * Runs a case as a sandbox would: program and harness sent as text into a bare context of frozen intrinsics, the
 * output copied out as JSON. The context is sloppy, which is the worst case for the harness.
 */
export function runAsText(problem: Problem, program: string, input: unknown): unknown {
  const context = vm.createContext({});
  vm.runInContext(frozen, context);
  const value = vm.runInContext(scriptFor(problem, program), context);
  if (value) context[problem.entry] = value;
  const call = `JSON.stringify((${problem.harness})(${problem.entry}, ${JSON.stringify(input)}))`;
  return JSON.parse(vm.runInContext(call, context));
}

/** Unless it is prepared or imports, the program too is sloppy: only so can it try what strict text forbids. */
function scriptFor(problem: Problem, program: string): string {
  if (!problem.prepare && !/^import /m.test(program)) return program.replace('export function', 'function');
  const ready = prepared(problem, { 'program.js': program });
  assert.ok('source' in ready, JSON.stringify(ready));
  const made = scriptOf(ready.source, dialectOf(problem.language), problem.entry, toolbox);
  assert.ok('script' in made, JSON.stringify(made));
  return made.script;
}

/** Values that are no honest output of any problem, nor a part of one. */
export const junk: readonly unknown[] = [
  undefined,
  null,
  NaN,
  Infinity,
  -1,
  0.5,
  1e308,
  2 ** 53,
  '',
  '0',
  true,
  {},
  { length: 26 },
  [[]],
  [[[0]]],
  new Array(3),
];

/** The harness of a problem in JavaScript, which is a function. */
export function harnessOf({ harness }: Problem): HarnessFunction {
  assert.ok(typeof harness === 'function');
  return harness;
}
