import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigError, expected } from '../core/errors.ts';
import { defineProblem, type Problem, type ProblemDraft } from '../core/problem.ts';
import type { Source } from '../core/program.ts';

const shelf = fileURLToPath(new URL('../problems/', import.meta.url));
const moduleNames = ['problem.ts', 'problem.js', 'problem.mjs'];

/** Names of the problems that come with Atoll. */
export function shippedProblems(): string[] {
  return readdirSync(shelf)
    .filter((name) => moduleIn(join(shelf, name)))
    .sort();
}

/**
 * A problem by the name of a shipped one or by the path of a folder or module, with the seeds that lie beside it.
 * @throws ConfigError when there is none, or it is not as a problem must be.
 */
export async function findProblem(nameOrPath: string): Promise<{ problem: Problem; path: string }> {
  const isName = /^[a-z0-9-]+$/.test(nameOrPath) && moduleIn(join(shelf, nameOrPath));
  const path = isName ? join(shelf, nameOrPath) : resolve(nameOrPath);
  const module = existsSync(path) && statSync(path).isFile() ? path : moduleIn(path);
  if (!module) {
    throw new ConfigError(
      `Expected a problem's name (${shippedProblems().join(', ')}) or a folder with a problem.ts, got \`${nameOrPath}\``,
    );
  }
  const draft = await load(module);
  const problem = defineProblem({
    seeds: seedsIn(dirname(module)),
    ...draft,
    module: pathToFileURL(module).href,
  });
  return { problem, path: isName ? nameOrPath : module };
}

/** SHA-256 of all that decides a score, so that a journal is not carried on with another problem. */
export function hashOf(problem: Problem): string {
  const { name, language, entry, seeds, cases, limits } = problem;
  const code = [problem.judge, problem.drive].map((part) => String(part).replace(/\s+/g, ' '));
  return createHash('sha256')
    .update(JSON.stringify({ name, language, entry, seeds, cases, limits, code }))
    .digest('hex');
}

async function load(module: string): Promise<ProblemDraft> {
  let loaded: { default?: ProblemDraft };
  try {
    loaded = await import(pathToFileURL(module).href);
  } catch (error) {
    throw new ConfigError(`Expected ${module} to load, got ${(error as Error).message}`, { cause: error });
  }
  if (!loaded.default || typeof loaded.default !== 'object') {
    throw expected('a problem as the default export', typeof loaded.default, module);
  }
  return loaded.default;
}

function moduleIn(folder: string): string | undefined {
  return moduleNames.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** Every `seed*.js` or `seed*.ts` beside the problem, as programs of one file. */
function seedsIn(folder: string): Source[] {
  return readdirSync(folder)
    .filter((name) => /^seed.*\.(js|ts)$/.test(name) && !name.endsWith('.d.ts'))
    .sort()
    .map((name) => ({
      [`program${name.slice(name.lastIndexOf('.'))}`]: readFileSync(join(folder, name), 'utf8'),
    }));
}
