import type { Source } from '../../search/program.ts';
import { perLanguage } from '../comments.ts';
import { type Block, blocksOf } from './blocks.ts';
import { elided } from './elision.ts';
import { type Rewrite, rewrite } from './lines.ts';
import { type File, type Match, matches, occurrences, shifted } from './match.ts';
import { nearest } from './nearest.ts';
import { pathIn } from './path.ts';
import { listing, quote, span } from './words.ts';

type Malformed = {
  readonly malformed: string;
  /** The reply was valid, and would change nothing. */
  readonly unchanged?: true;
};

/** A program, or what is wrong with the reply: a message for the model. */
export type Made = { readonly source: Source } | Malformed;

/** The files with all blocks of a reply applied, each matched against the parent; or why none was. */
export function applyDiff(files: readonly File[], reply: string, truncated: boolean): Made {
  const blocks = blocksOf(reply, truncated);
  if ('malformed' in blocks) return blocks;
  if (blocks.length === 0) return { malformed: noBlock(reply) };
  const rewrites = new Map<File, (Rewrite & { number: number })[]>();
  for (const block of blocks) {
    const found = place(files, block);
    if ('malformed' in found) return found;
    const others = rewrites.get(found.file) ?? [];
    const other = others.find(({ from, to }) => from < found.to && found.from < to);
    if (other || (found.from === found.to && others.length > 0)) {
      const why = `Blocks ${other?.number ?? 1} and ${block.number} both change ${span(found.from + 1, found.to)}`;
      return { malformed: `${why}: change each line in one block only. Nothing was changed.` };
    }
    rewrites.set(found.file, [...others, { ...found, number: block.number }]);
  }
  const texts = files.map((file) => [file.path, rewrite(file.text, file.lines, rewrites.get(file) ?? [])]);
  return { source: Object.fromEntries(texts) };
}

/** The rewrite that one block makes, and its file. */
function place(files: readonly File[], block: Block): (Rewrite & { file: File }) | Malformed {
  const wrong = (why: string) => {
    const first = block.search.length > 0 ? ` It searches for:\n${listing(block.search, 1, 4)}` : '';
    return { malformed: `Block ${block.number}: ${why} Nothing was changed.${first}` };
  };
  const among = addressed(files, block);
  if (typeof among === 'string') return wrong(among);
  const marker = block.replace.find((line) => /EVOLVE-BLOCK-(?:START|END)\b/.test(line));
  if (marker) return wrong(`leave the marker lines out, as ${quote(marker)}: quote only lines between them.`);
  const left = elided(block.replace, among.map(({ text }) => text).join('\n'), among[0]!.language);
  if (left) return wrong(`${quote(left)} stands for code that was left out: write every line out.`);
  if (isFenced(block.replace) && !isFenced(block.search)) {
    return wrong('put no ``` inside the block: what is replaced would keep it.');
  }
  if (block.search.every((line) => line.trim() === '')) return fill(among, block) ?? wrong(emptySearch);
  const found = matches(among, block.search);
  if (found.length === 0) return wrong(absent(among, block.search));
  if (found.length > 1) return wrong(ambiguous(found, files.length > 1));
  const { file, from, to, shift } = found[0]!;
  const texts = shifted(block.replace, shift);
  if (!texts)
    return wrong('the new lines are indented less than the search allows: indent as the program does.');
  return { file, from, to, texts };
}

const emptySearch =
  'the search is empty. To insert lines, search for a line next to them and repeat it in what replaces it.';

/** The rewrite of an empty SEARCH: it fills the only region, if that is empty. */
function fill(files: readonly File[], { replace }: Block): (Rewrite & { file: File }) | undefined {
  const all = files.flatMap((file) => file.regions.map((region) => ({ file, ...region })));
  const [only] = all;
  if (!only || all.length > 1) return undefined;
  const empty = only.file.lines.slice(only.from, only.to).every(({ text }) => text.trim() === '');
  return empty ? { file: only.file, from: only.from, to: only.from, texts: replace } : undefined;
}

/** The files that a block may apply to. */
function addressed(files: readonly File[], { heading }: Block): readonly File[] | string {
  if (files.length === 1) return files;
  const paths = files.map(({ path }) => path);
  const named = pathIn(heading, paths, files[0]!.language);
  if (!named) return files;
  if ('path' in named) return files.filter(({ path }) => path === named.path);
  return `there is no file ${named.unknown}; the files are ${paths.join(', ')}.`;
}

function isFenced(lines: readonly string[]): boolean {
  return /^[ \t]*(?:`{3}|~{3})/.test(lines.find((line) => line.trim()) ?? '');
}

function ambiguous(found: readonly Match[], several: boolean): string {
  const places = found
    .slice(0, 6)
    .map(({ file, from, to }) => span(from + 1, to) + (several ? ` of ${file.path}` : ''));
  const more = found.length > 6 ? ` and ${found.length - 6} more` : '';
  return `its search matches in ${found.length} places: ${places.join(', ')}${more}. Add lines before or after until it matches in one place only${several ? ', or write the path of the file on the line before the block' : ''}.`;
}

/** A line of dots, alone or as a comment. */
const dots = perLanguage((opening) => new RegExp(`^\\s*(?:${opening}\\s*)?(?:\\.\\.\\.|…)\\s*$`));

function absent(files: readonly File[], search: readonly string[]): string {
  if (search.some((line) => /EVOLVE-BLOCK-(?:START|END)\b/.test(line))) {
    return 'its search quotes a marker line: quote only lines between the markers.';
  }
  const wanted = search.map((line) => line.trim());
  for (const file of files) {
    const [at] = file.marked
      ? occurrences(
          file.lines.map(({ text }) => text.trim()),
          wanted,
        )
      : [];
    const inside = file.regions.some(
      ({ from, to }) => at !== undefined && from <= at && at + search.length <= to,
    );
    if (at !== undefined && !inside) {
      return `its search matches ${span(at + 1, at + search.length)}, not wholly between the markers: only lines between them may change.`;
    }
  }
  if (search.some((line) => dots(files[0]!.language).test(line))) {
    return 'its search leaves lines out with `...`: quote whole, consecutive lines of the program.';
  }
  return `its search is not in the program; it must repeat whole lines exactly. ${nearest(files, search)}`;
}

function noBlock(reply: string): string {
  const how =
    'Write each change as "<<<<<<< SEARCH", the old lines, "=======", the new lines, ">>>>>>> REPLACE", each mark on a line of its own.';
  if (/&lt;&lt;&lt;/.test(reply)) return `Expected plain marks, got HTML escapes such as &lt;. ${how}`;
  if (/^(?:@@ |--- |\+\+\+ |diff --git)/m.test(reply))
    return `Expected SEARCH/REPLACE blocks, got a unified diff. ${how}`;
  if (!reply.trim()) return `Expected SEARCH/REPLACE blocks, got an empty answer. ${how}`;
  return `Expected at least one SEARCH/REPLACE block, got none. ${how}`;
}
