// Compiles to dist/ and puts beside the compiled problems what is not code to compile: seeds and READMEs.
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const compiler = createRequire(import.meta.url).resolve('typescript/package.json');

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(dirname(compiler), 'bin', 'tsc'), '-p', join(root, 'ui', 'tsconfig.json')],
  {
    stdio: 'inherit',
  },
);
cpSync(join(root, 'problems'), join(dist, 'problems'), {
  recursive: true,
  filter: (path) => !path.endsWith('.ts') || basename(path).startsWith('seed'),
});
