import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { makeFolder, writeText } from '../../core/journal/files.ts';
import { languageNamed } from '../../core/languages/registry.ts';
import { ConfigError, expected } from '../../core/search/errors.ts';
import type { Language } from '../../core/search/language.ts';
import { output } from '../text/output.ts';
import { command } from '../text/shell.ts';

/** `atoll new`: a problem folder that runs at once. */
export function scaffold(atoll: Command): void {
  atoll
    .command('new')
    .summary('make a problem folder that runs at once')
    .argument('<name>', 'name, or path whose last part is the name; lower case, digits and hyphens')
    .option('--language <name>', 'language of the programs', 'javascript')
    .action((path: string, options: { readonly language: string }) => {
      const name = basename(path);
      const language = languageNamed(options.language);
      if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
        throw expected('a name of lower case letters, digits and hyphens', name);
      }
      const folder = resolve(path);
      if (existsSync(folder))
        throw new ConfigError(`Expected ${folder} not to exist yet, got a folder that is already there`);
      makeFolder(folder);
      for (const [file, text] of Object.entries(templates(name, language)))
        writeText(join(folder, file), text);
      output.write(`${folder}\n\n${command('check', path)}\n${command('run', path, '--minutes', '1')}\n`);
    });
}

/**
 * A small problem with everything a real one has: approximate a curve by a formula.
 * @throws ConfigError for a language that gives no first program.
 */
function templates(
  name: string,
  { name: language, title, comments, extensions, template }: Language,
): Record<string, string> {
  if (!template) throw expected('a language with a template for new problems', title);
  const [comment] = comments;
  return {
    'problem.ts': `import type { ProblemDraft } from 'atoll';

// Points of the curve to be found: separate ones for the search and for the test.
const curve = (x: number): number => x * x * x - 2 * x + 1;
const points = (start: number): number[] => Array.from({ length: 20 }, (_, i) => start + i / 7);

const problem: Omit<ProblemDraft<number[], number[]>, 'seeds'> = {
  name: '${name}',
  brief: 'Find a formula f(x) that passes through the given points.',
  language: '${language}',
  entry: 'f',
  cases: [
    { id: 'near', use: 'shown', input: points(-1.5) },
    { id: 'far', use: 'scored', input: points(0.5) },
    { id: 'beyond', use: 'held-out', input: points(2.5) },
  ],
  // Runs inside the sandbox, where it is sent as text: it may use its arguments and nothing else of this file.
  harness: ${template.harness},
  // Trusted, outside the sandbox: computes the score from the output alone. Higher is better.
  judge(xs, ys) {
    if (!Array.isArray(ys) || ys.length !== xs.length) return { invalid: 'not one value for each point' };
    if (!ys.every((y) => Number.isFinite(y))) return { invalid: 'a value is not a finite number' };
    const error = xs.reduce((sum, x, i) => sum + Math.abs(curve(x) - ys[i]!), 0) / xs.length;
    return { score: -error, feedback: \`mean error \${error}\` };
  },
  limits: { cpuMs: 200, wallMs: 1000 },
  target: -1e-9,
};

export default problem;
`,
    [`seed${extensions[0]}`]: `${comment} Only what stands between the two markers may change; without markers, everything may.
${comment} EVOLVE-BLOCK-START
${template.seed}${comment} EVOLVE-BLOCK-END
`,
    'package.json': `${JSON.stringify({ name, private: true, type: 'module' }, null, 2)}\n`,
    'README.md': `# ${name}

Describe the task, how it is judged, and the best known value.

    atoll check ${name}
    atoll run ${name} --minutes 1
`,
  };
}
