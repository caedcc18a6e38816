import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Retired words, and what to say instead. A name such as `isTwin` or `near_twin` counts by its words. */
const retired: readonly [word: RegExp, instead: string][] = [
  [/\bwhoever\b/, 'the user, the caller, the operator'],
  [/\bnobody\b/, 'no one, never'],
  [/\bwhom\b/, 'name who it is'],
  [/\bso many\b/, 'N, that number of'],
  [/\b(is|are|was|were) told\b(?! apart)/, 'receives, knows'],
  [/\bhand(ed|s|ing)? out\b/, 'selected, returned'],
  [/\banew\b/, 'again, new'],
  [/\bof late\b(?!\.\w)|\blately\b/, 'recent, discounted'],
  [/\blets? in\b/, 'admitted'],
  [/\b(went|goes) over\b/, 'migrated'],
  [/\bturn(s|ed|ing)? away\b/, 'rejected'],
  [/\b(come|comes|came|coming) to nothing\b/, 'fails, yields nothing'],
  [/\bfor want of\b/, 'for lack of'],
  [/\btwins?\b/, 'duplicate'],
  [/\bpurses?\b/, 'spending, budget'],
  [/\blanes?\b/, 'trial pool, slot'],
  [/\bhelm\b/, 'steering'],
  [/\bpupils?\b/, 'trainable policy'],
  [/\btutors?\b/, 'trainer, training session'],
  [/\bdossiers?\b/, 'program detail'],
  [/\bchronicles?\b/, 'run history'],
  [/\b(shelf|shelves)\b/, 'cache'],
  [/\bshores\b/, 'islands over time'],
  [/\bcontend(s|ed|ers?)?\b/, 'finalist'],
  // `mended` is a column of the data set `refine`.
  [/\bmend(s|ed)?\b(?!`|:)/, 'repairs, retries'],
  [/\bweigh(s|ed)? up\b/, 'weight, emphasize'],
  [/\bunder way\b/, 'running, in flight'],
  [/\bat work\b/, 'running'],
  [/\bthe person\b/, 'the user'],
  [/\bwhat (is|was) left out\b/, 'a noun'],
];

/** What quotes the words of its time: history, recorded runs, and the readers of old journals and settings. */
const exempt =
  /^(docs\/decisions\/|test\/fixtures\/|core\/search\/former-settings\.ts$|core\/journal\/upcast\.ts$|ui\/run\/problem-hash\.ts$|test\/words\.test\.ts$)/;

const files = [
  ...globSync('{core,islands,evaluators,problems,ui,bench,test}/**/*.{ts,tsx,mjs,md,py}', { cwd: root }),
  ...globSync(['docs/**/*.md', 'README.md', 'CONTRIBUTING.md'], { cwd: root }),
].filter((path) => !exempt.test(path) && !path.includes('node_modules'));

/** A text as words, line by line: `nearTwin` and `near_twin` are `near twin`, and a comment's marks are no words. */
function asWords(text: string): string {
  return text
    .replace(/^[ \t]*(\*|\/\/|#)/gm, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
}

/** The room of a file: a folder of `core/`, or of the top level. */
function roomOf(path: string): string {
  const [top, inner] = path.split('/') as [string, string?];
  return top === 'core' ? `core/${inner}` : top;
}

function placesIn(path: string): string[] {
  // The name of the file counts as its line 0.
  const words = `${asWords(path)}\n${asWords(readFileSync(join(root, path), 'utf8'))}`;
  return retired.flatMap(([word, instead]) =>
    // A phrase may go on in the next line.
    Array.from(
      words.matchAll(new RegExp(word.source.replaceAll(' ', '\\s+'), 'g')),
      ({ 0: found, index }) => {
        const line = words.slice(0, index).split('\n').length - 1;
        return `${path}:${line}: "${found.replace(/\s+/g, ' ')}" -> ${instead}`;
      },
    ),
  );
}

test('no retired word is in code, docs or screen', () => {
  assert.ok(files.length > 600, `${files.length} files`);
  const places = files.flatMap((path) => placesIn(path));
  const rooms = Object.entries(Object.groupBy(places, (place) => roomOf(place.split(':')[0]!)));
  const counts = rooms.map(([room, found]) => `${room}: ${found!.length}`).join(', ');
  assert.ok(places.length === 0, `${places.length} places (${counts})\n${places.join('\n')}`);
});

test('docs/words.md names each term once, with a meaning', () => {
  const rows = readFileSync(join(root, 'docs/words.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[-| ]+\|$/.test(line) && !line.startsWith('| term'))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  assert.ok(rows.length > 80, `${rows.length} terms`);
  const terms = rows.flatMap(([, term]) => term!.split(', '));
  assert.deepEqual(
    terms.filter((term, i) => terms.indexOf(term) !== i),
    [],
  );
  assert.deepEqual(
    rows.filter(([, term, meaning]) => !term || !meaning).map(([, term]) => term),
    [],
  );
});
