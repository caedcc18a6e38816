import { readFileSync } from 'node:fs';
import vm from 'node:vm';
import { scriptOf } from '../../core/code/script/module.ts';
import { defineProblem, type Problem } from '../../core/problem.ts';
import { toolbox } from '../../evaluators/library.ts';
import { prepared } from '../../evaluators/preparing.ts';
import { frozen } from './frozen.ts';

/** A folder of problems/ as a loader would have it, with its seed. */
export async function load(name: string): Promise<Problem> {
  const folder = new URL(`../../problems/${name}/`, import.meta.url);
  const draft = (await import(new URL('problem.ts', folder).href)).default;
  const text = readFileSync(new URL('seed.js', folder), 'utf8');
  return defineProblem({ ...draft, seeds: [{ 'seed.js': text }] });
}

/**
 * Runs a case as a sandbox would: program and drive sent as text into a bare context of frozen intrinsics, the
 * output copied out as JSON. The context is sloppy, which is the worst case for the drive.
 */
export function runAsText(problem: Problem, program: string, input: unknown): unknown {
  const context = vm.createContext({});
  vm.runInContext(frozen, context);
  // The entry may end in a comment.
  const call = `JSON.stringify((${problem.drive})(${entryOf(problem, program)}\n, ${JSON.stringify(input)}))`;
  return JSON.parse(vm.runInContext(call, context));
}

/** An expression for the entry of a module, or of a text that exports nothing and stays sloppy. */
function entryOf(problem: Problem, program: string): string {
  if (!/\bexport /.test(program)) return `(() => { ${program}\nreturn ${problem.entry}; })()`;
  const made = prepared(problem, { 'seed.js': program });
  const script =
    'outcome' in made
      ? { refused: made.outcome.feedback }
      : scriptOf(made.source, problem.language, problem.entry, toolbox);
  if ('refused' in script) throw new Error(script.refused);
  return script.script;
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
