import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Pairs of a file under test/ or bench/ and a file that it imports, both relative to the root. */
const imports = globSync('{test,bench}/**/*.ts', { cwd: root }).flatMap((from) =>
  parseSync(from, readFileSync(join(root, from), 'utf8'))
    .module.staticImports.map(({ moduleRequest }) => moduleRequest.value)
    .filter((name) => name.startsWith('.'))
    .map((name) => ({ from, to: normalize(join(dirname(from), name)) })),
);

function matching(from: RegExp, to: RegExp): string[] {
  return imports
    .filter((each) => from.test(each.from) && to.test(each.to))
    .map((each) => `${each.from} -> ${each.to}`);
}

test('only the tests of the benches import a bench', () => {
  assert.ok(matching(/^test\/bench\//, /^bench\//).length > 0);
  assert.deepEqual(matching(/^test\/(?!bench\/)/, /^bench\//), []);
});

test('no file imports a test, for its tests would run with those of the importer', () => {
  assert.deepEqual(matching(/./, /\.test\.ts$/), []);
});

test('the drills that a command runs at full size are those whose size is a drill', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = scripts.drills.split(' ').filter((word: string) => word.endsWith('.test.ts'));
  const sized = imports.filter(({ to }) => to === 'test/support/drill.ts').map(({ from }) => from);
  assert.deepEqual(named.toSorted(), sized.toSorted());
});
