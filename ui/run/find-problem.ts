import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { defineProblem } from '../../core/languages/define-problem.ts';
import { languageNamed } from '../../core/languages/registry.ts';
import { ConfigError, expected } from '../../core/search/errors.ts';
import type { Language } from '../../core/search/language.ts';
import type { Problem, ProblemDraft } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import { suggestion } from '../../core/search/suggestion.ts';

const shippedFolder = fileURLToPath(new URL('../../problems/', import.meta.url));
const moduleNames = ['problem.ts', 'problem.js', 'problem.mjs'];

/** Names of the problems that come with Atoll. */
export function shippedProblems(): string[] {
  return readdirSync(shippedFolder)
    .filter((name) => moduleIn(join(shippedFolder, name)))
    .sort();
}

/**
 * A problem by the name of a shipped one or by the path of a folder or module, with the seeds that lie beside it.
 * `path` finds it again from any folder.
 * @throws ConfigError when there is none, or it is not valid.
 */
export async function findProblem(nameOrPath: string): Promise<{ problem: Problem; path: string }> {
  const shipped = /^[a-z0-9-]+$/.test(nameOrPath) ? await shippedProblem(nameOrPath) : undefined;
  if (shipped) return { problem: shipped, path: nameOrPath };
  const path = resolve(nameOrPath);
  const module = existsSync(path) && statSync(path).isFile() ? path : moduleIn(path);
  if (!module) {
    const meant = suggestion(nameOrPath, shippedProblems());
    throw new ConfigError(
      `Expected a problem's name (${shippedProblems().join(', ')}) or a folder with a problem.ts, ` +
        `got \`${nameOrPath}\`${meant === undefined ? '' : `: did you mean \`${meant}\`?`}`,
    );
  }
  return { problem: await problemAt(module), path: module };
}

/** By name: a folder of its own, or one of the `variants` that the module of a folder with a shorter name offers. */
async function shippedProblem(name: string): Promise<Problem | undefined> {
  const module = moduleIn(join(shippedFolder, name));
  if (module) return problemAt(module);
  const family = shippedProblems().find((folder) => name.startsWith(`${folder}-`));
  if (!family) return undefined;
  const path = moduleIn(join(shippedFolder, family))!;
  const { variants = [] } = await load(path);
  const draft = variants.find((each) => each.name === name);
  return draft && defineProblem({ ...draft, module: pathToFileURL(path).href });
}

async function problemAt(module: string): Promise<Problem> {
  const draft = (await load(module)).default;
  if (!draft || typeof draft !== 'object')
    throw expected('a problem as the default export', typeof draft, module);
  const seeds = draft.seeds ?? seedsIn(dirname(module), languageNamed(draft.language, module));
  return defineProblem({ ...draft, seeds, module: pathToFileURL(module).href });
}

interface ProblemModule {
  readonly default?: ProblemDraft;
  readonly variants?: readonly ProblemDraft[];
}

async function load(module: string): Promise<ProblemModule> {
  try {
    return await import(pathToFileURL(module).href);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`Expected ${module} to load, got ${(error as Error).message}`, { cause: error });
  }
}

function moduleIn(folder: string): string | undefined {
  return moduleNames.map((name) => join(folder, name)).find((path) => existsSync(path));
}

/** The seed files beside the problem, such as `seed.js`, as programs of one file. */
function seedsIn(folder: string, { seedFile }: Language): Source[] {
  return readdirSync(folder)
    .filter((name) => seedFile.test(name))
    .sort()
    .map((name) => ({
      [`program${name.slice(name.lastIndexOf('.'))}`]: readFileSync(join(folder, name), 'utf8'),
    }));
}
