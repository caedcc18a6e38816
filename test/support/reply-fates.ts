import { javascript } from '../../core/languages/javascript/javascript.ts';
import { random } from '../../core/search/random.ts';
import { applyReply, type Form } from '../../core/text/patch/patch.ts';
import { type Drawn, draw } from './random-replies.ts';

/** The result of one reply. */
export type Fate = 'applied right' | 'refused rightly' | 'refused although applicable' | 'WRONG';

/** The forms, in the order they are printed. */
export const forms: readonly Form[] = ['diff', 'whole', 'part'];

/** Draws the reply of a seed, applies it and compares the result with the required one. */
export function tryOne(form: Form, seed: number): { readonly fate: Fate; readonly drawn: Drawn } {
  const drawn = draw(form, random(seed, form));
  const made = applyReply(form, { 'p.js': drawn.parent }, drawn.reply, javascript, drawn.truncated);
  if ('malformed' in made) {
    return { fate: drawn.expected ? 'refused although applicable' : 'refused rightly', drawn };
  }
  return { fate: isRight(drawn, made.source['p.js']!) ? 'applied right' : 'WRONG', drawn };
}

function isRight({ parent, expected, kept }: Drawn, text: string): boolean {
  if (!expected) return false;
  const [was, is] = [split(parent), split(text)];
  const bare = was.length > 0 && !was.at(-1)!.endsWith('\n');
  const wanted = expected.join('\n') + (bare || expected.length === 0 ? '' : '\n');
  const isLast = (i: number, lines: readonly string[]) => bare && i >= lines.length - 1;
  return (
    parent.startsWith('\ufeff') === text.startsWith('\ufeff') &&
    is.join('').replaceAll('\r\n', '\n') === wanted &&
    kept.every(([from, to]) => isLast(from, was) || isLast(to, is) || was[from] === is[to])
  );
}

/** A text as lines with their ends, without its byte order mark. */
function split(text: string): string[] {
  return text.replace(/^\ufeff/, '').match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
