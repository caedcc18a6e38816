import type { Language } from '../../language.ts';
import type { Source } from '../../program.ts';
import { sameOutside } from '../regions.ts';
import { applyDiff } from './diff.ts';
import { type File, fileOf } from './match.ts';
import { noteOf } from './note.ts';
import { applyPart } from './part.ts';
import { applyWhole } from './whole.ts';
import { brief } from './words.ts';

/** How a model is asked to state a change: SEARCH/REPLACE blocks, whole files, or single declarations. */
export type Form = 'diff' | 'whole' | 'part';

/** What a reply makes of a program. `note`: the model's own one-line description, empty if it gave none. */
export type Patched = { readonly source: Source; readonly note: string } | { readonly malformed: string };

/** The longest reply that is read, in characters. */
const longestReply = 4_000_000;

/**
 * Makes a program of a model's reply: all of what it says is applied, or nothing. What lies outside the marked regions
 * stays as it is byte for byte. Never throws; `malformed` is written for the model, in at most 1,500 characters.
 * @param truncated the provider said that the answer was cut off.
 */
export function applyReply(
  form: Form,
  parent: Source,
  reply: string,
  language: Language,
  truncated: boolean,
): Patched {
  if (reply.length > longestReply) return { malformed: `Expected up to ${longestReply} characters.` };
  let files: File[];
  try {
    files = Object.entries(parent).map(([path, text]) => fileOf(path, text, language));
  } catch (error) {
    return { malformed: brief((error as Error).message) };
  }
  const made =
    form === 'diff'
      ? applyDiff(files, reply, truncated)
      : (form === 'whole' ? applyWhole : applyPart)(files, reply, language, truncated);
  if ('malformed' in made) return { malformed: brief(made.malformed) };
  const fault = faultOf(parent, made.source, language);
  return fault ? { malformed: fault } : { source: made.source, note: noteOf(reply) };
}

/** What no reply may do, checked once more on the outcome itself. */
function faultOf(parent: Source, child: Source, language: Language): string | undefined {
  const paths = Object.keys(parent);
  if (paths.every((path) => parent[path] === child[path])) {
    return 'The answer changed nothing: the program would stay as it is.';
  }
  if (!paths.every((path) => sameOutside(parent[path]!, child[path]!, language))) {
    return 'The answer would change what is outside the marked regions, or the marker lines: leave both as they are.';
  }
  return undefined;
}
