import { expected } from '../search/errors.ts';
import type { Source } from '../search/program.ts';
import { type Commented, perLanguage } from './comments.ts';

/** A range of a text that may change: UTF-16 offsets, `end` not included. */
export interface Region {
  readonly start: number;
  readonly end: number;
}

const markerIn = perLanguage(
  (opening) =>
    new RegExp(
      `^[^\\S\\r\\n]*${opening}[^\\S\\r\\n]*EVOLVE-BLOCK-(START|END)\\b[^\\r\\n]*(?:\\r\\n|\\n|\\r|$)`,
      'gm',
    ),
);

/**
 * The ranges strictly between the lines of `EVOLVE-BLOCK-START` and `EVOLVE-BLOCK-END` comments (AlphaEvolve,
 * Novikov et al. 2025); the whole text when there are none.
 * @throws ConfigError when the markers do not alternate: a seed's author must know before the search starts.
 */
export function regionsOf(text: string, language: Commented): Region[] {
  const regions: Region[] = [];
  let start: number | undefined;
  for (const match of text.matchAll(markerIn(language))) {
    const opens = match[1] === 'START';
    if (opens === (start !== undefined)) {
      throw expected('EVOLVE-BLOCK-START and EVOLVE-BLOCK-END to alternate', match[0].trim());
    }
    if (opens) start = match.index + match[0].length;
    else {
      regions.push({ start: start!, end: match.index });
      start = undefined;
    }
  }
  if (start !== undefined)
    throw expected('an EVOLVE-BLOCK-END after each EVOLVE-BLOCK-START', 'the end of the file');
  return regions.length > 0 ? regions : [{ start: 0, end: text.length }];
}

/** Whether both texts have the same number of regions and the same bytes outside them. False for broken markers. */
export function sameOutside(before: string, after: string, language: Commented): boolean {
  const was = outside(before, language);
  const is = outside(after, language);
  return (
    was !== undefined &&
    is !== undefined &&
    was.length === is.length &&
    was.every((part, i) => part === is[i])
  );
}

/** A file of a program that may change, with its regions. */
export interface Editable {
  readonly path: string;
  readonly regions: readonly Region[];
}

/**
 * The files that may change: those with markers; when no file of the program has any, all of them, each as a whole.
 * @throws ConfigError when the markers of a file do not alternate.
 */
export function editable(source: Source, language: Commented): Editable[] {
  const files = Object.entries(source);
  const marked = files.filter(([, text]) => hasMarkers(text, language));
  return (marked.length > 0 ? marked : files).map(([path, text]) => ({
    path,
    regions: regionsOf(text, language),
  }));
}

/**
 * Whether a child has the files of its parent, in the same order, and differs only inside regions: true, or an error
 * message such as `lib.js: changed code outside the marked regions`.
 */
export function sameOutsideAll(parent: Source, child: Source, language: Commented): true | string {
  const paths = Object.keys(parent);
  const got = Object.keys(child);
  if (got.length !== paths.length || paths.some((path, i) => path !== got[i]))
    return `expected the files ${paths.join(', ')}, got ${got.join(', ')}`;
  const fixed = Object.values(parent).some((text) => hasMarkers(text, language));
  for (const [path, text] of Object.entries(parent)) {
    const after = child[path]!;
    const name = paths.length > 1 ? `${path}: ` : '';
    if (fixed && !hasMarkers(text, language)) {
      if (text !== after) return `${name}changed a file that has no marked regions`;
    } else if (!sameOutside(text, after, language)) return `${name}changed code outside the marked regions`;
  }
  return true;
}

function hasMarkers(text: string, language: Commented): boolean {
  return text.search(markerIn(language)) >= 0;
}

/** The fixed parts of a text, or undefined when its markers are broken: in a proposal, that is no error. */
function outside(text: string, language: Commented): string[] | undefined {
  let regions: Region[];
  try {
    regions = regionsOf(text, language);
  } catch {
    return undefined;
  }
  const parts: string[] = [];
  let from = 0;
  for (const region of regions) {
    parts.push(text.slice(from, region.start));
    from = region.end;
  }
  parts.push(text.slice(from));
  return parts;
}
