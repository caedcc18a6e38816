import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Command } from 'commander';
import { ConfigError, expected } from '../../core/errors.ts';
import { makeFolder, writeText } from '../../core/journal/files.ts';
import { output } from '../output.ts';
import { command } from '../shell.ts';

/** `atoll new`: a problem folder that runs at once. */
export function scaffold(atoll: Command): void {
  atoll
    .command('new')
    .summary('make a problem folder that runs at once')
    .argument('<name>', 'name, or path whose last part is the name; lower case, digits and hyphens')
    .action((path: string) => {
      const name = basename(path);
      if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
        throw expected('a name of lower case letters, digits and hyphens', name);
      }
      const folder = resolve(path);
      if (existsSync(folder))
        throw new ConfigError(`Expected ${folder} not to exist yet, got a folder that is already there`);
      makeFolder(folder);
      for (const [file, text] of Object.entries(templates(name))) writeText(join(folder, file), text);
      output.write(`${folder}\n\n${command('check', path)}\n${command('run', path, '--minutes', '1')}\n`);
    });
}

/** A small problem with everything a real one has: approximate a curve by a formula. */
function templates(name: string): Record<string, string> {
  return {
    'problem.ts': `import type { ProblemDraft } from 'atoll';

// Points of the curve to be found, drawn apart for the search and for the test.
const curve = (x: number): number => x * x * x - 2 * x + 1;
const points = (start: number): number[] => Array.from({ length: 20 }, (_, i) => start + i / 7);

const problem: Omit<ProblemDraft<number[], number[]>, 'seeds'> = {
  name: '${name}',
  brief: 'Find a formula f(x) that passes through the given points.',
  language: 'javascript',
  entry: 'f',
  cases: [
    { id: 'near', use: 'shown', input: points(-1.5) },
    { id: 'far', use: 'scored', input: points(0.5) },
    { id: 'beyond', use: 'held-out', input: points(2.5) },
  ],
  // Runs inside the sandbox: may use its arguments and the language itself, nothing else of this file.
  drive: (f, xs) => xs.map((x) => f(x)),
  // Trusted, outside the sandbox: recomputes the score and believes nothing. Higher is better.
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
    'seed.js': `// Only what stands between the two markers may change; without markers, everything may.
// EVOLVE-BLOCK-START
export function f(x) {
  return x;
}
// EVOLVE-BLOCK-END
`,
    'package.json': `${JSON.stringify({ name, private: true, type: 'module' }, null, 2)}\n`,
    'README.md': `# ${name}

What is searched for, how it is judged, and the best value known.

    atoll check ${name}
    atoll run ${name} --minutes 1
`,
  };
}
