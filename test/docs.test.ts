import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Command } from 'commander';
import { settings } from '../core/search/settings.ts';
import { commands } from '../ui/commands.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

const pages = [
  ...globSync('docs/**/*.md', { cwd: root }),
  ...globSync('problems/*/README.md', { cwd: root }),
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'bench/README.md'],
];

const textOf = (page: string): string => readFileSync(join(root, page), 'utf8');

/** Names of our source files, with their folder, and of our folders in a text. */
function sourcesIn(text: string): string[] {
  const files = /(?<![\w./-])((?:\.\.\/|\.\/)?(?:[\w-]+\/)+[\w.-]+\.(?:ts|tsx|mjs|py))\b/g;
  const folders = /`((?:core|islands|evaluators|problems|ui|bench|test|docs)\/(?:[\w-]+\/)*)`/g;
  return [files, folders].flatMap((names) => Array.from(text.matchAll(names), (match) => match[1]!));
}

test('every source file and folder that a page names exists', () => {
  const wrong = pages
    // History may name files that are gone.
    .filter((page) => !/^(CHANGELOG\.md$|docs\/decisions\/)/.test(page))
    .flatMap((page) => {
      // The tables of learning.md name files by their folder in core/learning.
      const bases = ['.', dirname(page), ...(page === 'docs/learning.md' ? ['core/learning'] : [])];
      return sourcesIn(textOf(page))
        .filter((path) => !bases.some((base) => existsSync(join(root, base, path))))
        .map((path) => `${page}: ${path}`);
    });
  assert.deepEqual(wrong, []);
});

/** The anchor of a heading, as GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\s-]/g, '')
    .trim()
    .replaceAll(' ', '-');

test('every relative link leads to a file, and to a heading where it names one', () => {
  const wrong = pages.flatMap((page) =>
    Array.from(textOf(page).matchAll(/\]\(([^)\s]+)\)/g), (match) => match[1]!)
      .filter((link) => !/^[a-z]+:/.test(link))
      .filter((link) => {
        const [path, anchor] = link.split('#') as [string, string?];
        const target = path === '' ? page : join(dirname(page), path);
        if (!existsSync(join(root, target))) return true;
        if (anchor === undefined) return false;
        const headings = Array.from(textOf(target).matchAll(/^#+ (.+)$/gm), ([, heading]) => heading!);
        return !headings.map(anchorOf).includes(anchor);
      })
      .map((link) => `${page}: ${link}`),
  );
  assert.deepEqual(wrong, []);
});

/** The command line of `ui/main.ts`. */
function commandLine(): Command {
  const atoll = new Command('atoll');
  for (const add of commands) add(atoll);
  return atoll;
}

test('every command in README and docs is one that the command line has, with options that it has', () => {
  const known = new Map(commandLine().commands.map((command) => [command.name(), command]));
  const written = pages.flatMap((page) =>
    Array.from(
      // A command may go on in the next line; a comment is no part of it.
      textOf(page)
        .replaceAll(/\\\n\s*|\n\s{10,}(?=\[)/g, ' ')
        .matchAll(/^(?:(?: {4})?node ui\/atoll\.mjs| {4}atoll) (\w+)(.*)$/gm),
      ([, command, rest]) => ({ page, command: command!, rest: rest!.split(' # ')[0]! }),
    ),
  );
  assert.ok(written.length > 40, `${written.length} commands`);
  const wrong = written.flatMap(({ page, command, rest }) => {
    // Quoted words are values.
    const options = rest.replaceAll(/'[^']*'|"[^"]*"/g, '').match(/(?<=\s|\[)--[a-z][a-z-]*/g) ?? [];
    const has = known.get(command)?.options.map(({ long }) => long);
    if (!has) return [`${page}: ${command}`];
    return options.filter((option) => !has.includes(option)).map((option) => `${page}: ${command} ${option}`);
  });
  assert.deepEqual(wrong, []);
});

test('every setting that a page sets is one', () => {
  const wrong = pages
    .filter((page) => !/^(CHANGELOG\.md$|docs\/decisions\/)/.test(page))
    .flatMap((page) =>
      Array.from(textOf(page).matchAll(/--set ([\w.]+)=(?!value)/g), ([, name]) => name!)
        .filter((name) => !Object.hasOwn(settings, name))
        .map((name) => `${page}: ${name}`),
    );
  assert.deepEqual(wrong, []);
});

test('the page on the architecture draws every room and walks one trial through at most 12 files', () => {
  const page = textOf('docs/architecture.md');
  const rooms = new Set(
    globSync('{core,islands,evaluators,problems,ui}/**/*.{ts,tsx}', { cwd: root }).map((path) => {
      const [top, inner] = path.split('/') as [string, string];
      return top === 'core' ? `core/${inner}` : top;
    }),
  );
  const drawn = Array.from(page.matchAll(/^\| `([\w/]+)\/` \|/gm), ([, room]) => room!);
  assert.deepEqual([...drawn].sort(), [...rooms].sort());
  const [, walk] = page.split(/^## One trial\b.*$/m);
  assert.ok(walk, 'there is a section `One trial`');
  const steps = new Set(sourcesIn(walk.split(/^## /m)[0]!).filter((path) => path.endsWith('.ts')));
  assert.ok(steps.size >= 8 && steps.size <= 12, [...steps].join(', '));
});
