import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Nodes of this machine that are too old, by their version. */
const old = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .map((folder) => join(folder, 'node'))
  .filter((path) => existsSync(path))
  .map((path) => ({ path, version: String(execFileSync(path, ['--version'])).trim() }))
  .find(({ version }) => Number(version.slice(1).split('.')[0]) < 24);

// Where the packages are found.
mkdirSync(join(root, 'node_modules', '.cache'), { recursive: true });
const built = mkdtempSync(join(root, 'node_modules', '.cache', 'atoll-node-'));
after(() => rmSync(built, { recursive: true, force: true }));

test('the library on a Node that is too old says in one line which is needed and how to get it', {
  skip: old === undefined && 'every Node of this machine is new enough',
}, () => {
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve('typescript/package.json')),
    'bin',
    'tsc',
  );
  execFileSync(process.execPath, [compiler, '-p', join(root, 'ui', 'tsconfig.json'), '--outDir', built]);
  const library = pathToFileURL(join(built, 'ui', 'library.js')).href;
  const run = (text: string) =>
    spawnSync(old!.path, ['--input-type=module', '-e', text], { encoding: 'utf8' });
  const caught = run(
    `await import('${library}').catch((error) => console.log(error.name + ': ' + error.message))`,
  );
  assert.equal(
    caught.stdout,
    `ConfigError: Expected Node 24 or newer, got ${old!.version}: get it from https://nodejs.org, or as a dependency by \`npm install node@24\`\n`,
  );
  const { stderr, status } = run(`import { search } from '${library}'; search();`);
  assert.notEqual(status, 0);
  assert.match(stderr, /^.*ConfigError.*: Expected Node 24 or newer, got .*$/m);
  assert.doesNotMatch(stderr, /SyntaxError|^ +at /m);
});
