import type { Language } from '../search/language.ts';
import type { Source } from '../search/program.ts';
import { changesBetween } from '../text/line-diff.ts';
import { type File, fileOf, matches } from '../text/patch/match.ts';
import { applyReply } from '../text/patch/patch.ts';
import { fenced } from './fence.ts';

/**
 * The answer with which a model would turn one program into another: SEARCH/REPLACE blocks, or the files that change.
 * Undefined where no such answer, applied like a model's, makes exactly that child.
 */
export function answer(
  form: 'diff' | 'whole',
  parent: Source,
  child: Source,
  note: string,
  language: Language,
): string | undefined {
  const change = form === 'diff' ? blocksOf(parent, child, language) : filesOf(parent, child, language);
  if (change === undefined) return undefined;
  const text = `${note ? `NOTE: ${note}\n\n` : ''}${change}\n`;
  const made = applyReply(form, parent, text, language, false);
  const same = 'source' in made && Object.keys(child).every((path) => made.source[path] === child[path]);
  return same ? text : undefined;
}

function filesOf(parent: Source, child: Source, language: Language): string {
  const several = Object.keys(parent).length > 1;
  return Object.entries(child)
    .filter(([path, text]) => parent[path] !== text)
    .map(([path, text]) => `${several ? `${path}:\n` : ''}${fenced({ [path]: text }, language)}`)
    .join('\n\n');
}

function blocksOf(parent: Source, child: Source, language: Language): string | undefined {
  const several = Object.keys(parent).length > 1;
  const blocks: string[] = [];
  for (const [path, text] of Object.entries(parent)) {
    const file = fileOf(path, text, language);
    const is = fileOf(path, child[path] ?? '', language).lines.map((line) => line.text);
    const changes = stretches(file, is);
    if (!changes) return undefined;
    for (const { search, replace } of changes) {
      const lines = ['<<<<<<< SEARCH', ...search, '=======', ...replace, '>>>>>>> REPLACE'];
      blocks.push([...(several ? [path] : []), ...lines].join('\n'));
    }
  }
  return blocks.length > 0 ? blocks.join('\n\n') : undefined;
}

/** Lines of the parent that change, with enough lines around them to match in one place, and their replacements. */
function stretches(file: File, is: readonly string[]): { search: string[]; replace: string[] }[] | undefined {
  const was = file.lines.map((line) => line.text);
  const wide: Hunk[] = [];
  for (const { from, to, start, end } of changesBetween(was, is)) {
    let wider = widened(file, was, from, to, end - start - (to - from));
    if (!wider) return undefined;
    // Adjacent hunks are merged: no two blocks may touch.
    for (let last = wide.at(-1); last && wider.from <= last.to; last = wide.at(-1)) {
      wide.pop();
      wider = {
        from: Math.min(last.from, wider.from),
        to: Math.max(last.to, wider.to),
        grown: last.grown + wider.grown,
      };
    }
    wide.push(wider);
  }
  let shift = 0;
  return wide.map(({ from, to, grown }) => {
    const start = from + shift;
    shift += grown;
    return { search: was.slice(from, to), replace: is.slice(start, to + shift) };
  });
}

/** The smallest range around a hunk that matches in one place of its region and has a non-blank line. */
function widened(
  file: File,
  was: readonly string[],
  from: number,
  to: number,
  grown: number,
): Hunk | undefined {
  const region = file.regions.find((each) => each.from <= from && to <= each.to);
  if (!region) return undefined;
  let [start, end] = [from, to];
  for (;;) {
    const lines = was.slice(start, end);
    if (lines.some((line) => line.trim()) && matches([file], lines).length === 1)
      return { from: start, to: end, grown };
    if (start === region.from && end === region.to) return undefined;
    if (start > region.from) start--;
    if (end < region.to) end++;
  }
}

/** Lines `from` to `to` of the first text change; `grown`: how many lines more the replacement has. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly grown: number;
}
