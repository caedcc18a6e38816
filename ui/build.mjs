// Compiles to dist/ (or the folder that is named) and puts beside the compiled problems what is not code to compile:
// seeds, READMEs, and the hashes of the sources, by which a run of either is the other's too.
import { execFileSync } from 'node:child_process';
import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const problems = join(root, 'problems');
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const compiler = createRequire(import.meta.url).resolve('typescript/package.json');

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(dirname(compiler), 'bin', 'tsc'), '-p', join(root, 'ui', 'tsconfig.json'), '--outDir', dist],
  {
    stdio: 'inherit',
  },
);
cpSync(problems, join(dist, 'problems'), {
  recursive: true,
  filter: (path) => !path.endsWith('.ts') || basename(path).startsWith('seed'),
});
const { sourceHashes } = await import(pathToFileURL(join(dist, 'ui', 'run', 'problem-hash.js')).href);
const modules = readdirSync(problems, { recursive: true }).filter((path) => basename(path) === 'problem.ts');
writeFileSync(
  join(dist, 'problems', 'hashes.json'),
  JSON.stringify(sourceHashes(modules, problems), null, 2),
);
