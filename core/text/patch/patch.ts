import type { Language } from '../../search/language.ts';
import type { Source } from '../../search/program.ts';
import { withoutThoughts } from '../../search/thoughts.ts';
import { sameOutside } from '../regions.ts';
import { applyDiff } from './diff.ts';
import { type File, fileOf } from './match.ts';
import { noteOf } from './note.ts';
import { applyPart } from './part.ts';
import { applyWhole } from './whole.ts';
import { brief } from './words.ts';

/** How a model is asked to state a change: SEARCH/REPLACE blocks, whole files, or single declarations. */
export type Form = 'diff' | 'whole' | 'part';

/**
 * The result of a reply. `note`: the model's one-line description, empty without one. `unchanged`: the reply was valid
 * and leaves the program as it is.
 */
export type Patched =
  | { readonly source: Source; readonly note: string }
  | { readonly malformed: string; readonly unchanged?: true };

/** The longest reply that is read, in characters. */
const longestReply = 4_000_000;

/**
 * Applies a model's reply to a program, all of it or nothing. Thoughts are ignored, and a reply that ends in one is
 * malformed. All bytes outside the marked regions stay. Never throws; `malformed` is a message for the model, of at most
 * 1,500 characters.
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
  const answer = withoutThoughts(
    reply,
    form === 'diff' ? 'blocks' : (text) => language.syntaxError(text) === undefined,
  );
  if (answer === undefined) return { malformed: unended };
  const made =
    form === 'diff'
      ? applyDiff(files, answer, truncated)
      : (form === 'whole' ? applyWhole : applyPart)(files, answer, language, truncated);
  if ('malformed' in made) return { ...made, malformed: brief(made.malformed) };
  if (Object.keys(parent).every((path) => parent[path] === made.source[path])) {
    return { malformed: 'The answer changed nothing: the program would stay as it is.', unchanged: true };
  }
  const fault = faultOf(parent, made.source, language);
  return fault ? { malformed: fault } : { source: made.source, note: noteOf(answer) };
}

const unended =
  'The answer ends inside a thought, so none of it was used. End the thought, then give the answer.';

/** Checks the result itself once more against what no reply may do. */
function faultOf(parent: Source, child: Source, language: Language): string | undefined {
  const paths = Object.keys(parent);
  if (!paths.every((path) => sameOutside(parent[path]!, child[path]!, language))) {
    return 'The answer would change code outside the marked regions, or the marker lines: leave both as they are.';
  }
  return undefined;
}
