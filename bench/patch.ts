/**
 * Whether replies become the programs they mean: `node bench/patch.ts [edits=100000]` draws so many for each form,
 * works out the outcome another way, and counts. Then times each form on a program of 20,000 characters.
 */

import { javascript } from '../core/languages/javascript/javascript.ts';
import { random } from '../core/search/random.ts';
import { applyReply, type Form } from '../core/text/patch/patch.ts';
import { type Drawn, draw } from './edits.ts';

/** What became of one reply. */
export type Fate = 'applied right' | 'refused rightly' | 'refused although applicable' | 'WRONG';

/** The forms, in the order they are printed. */
export const forms: readonly Form[] = ['diff', 'whole', 'part'];

/** Draws the reply of a seed, applies it and holds it against what was worked out. */
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

function main(): void {
  const edits = Number(process.argv[2] ?? 100_000);
  for (const form of forms) {
    const counts = new Map<Fate, number>();
    for (let seed = 1; seed <= edits; seed++) {
      const { fate, drawn } = tryOne(form, seed);
      counts.set(fate, (counts.get(fate) ?? 0) + 1);
      if (fate === 'WRONG' && counts.get(fate)! <= 2) console.log(`seed ${seed}`, drawn);
    }
    const shown = [...counts].sort().map(([fate, count]) => `${fate} ${count}`);
    console.log(`${form.padEnd(5)} ${edits} edits: ${shown.join(', ')}; ${timed(form)}`);
  }
}

/** Milliseconds for one application to a program of 20,000 characters: the median of 200. */
function timed(form: Form): string {
  const one = (i: number, change = '') => `function f${i}(x) {\n  return x * ${i}${change};\n}\n`;
  const all = Array.from({ length: 520 }, (_, i) => i);
  const program = `${all.map((i) => one(i)).join('')}export const f = f7;\n`;
  const hunk = `<<<<<<< SEARCH\n  return x * 300;\n=======\n  return x;\n>>>>>>> REPLACE\n`;
  const whole = `\`\`\`js\n${program.replace('x * 300;', 'x;')}\`\`\`\n`;
  const reply = { diff: hunk, whole, part: `\`\`\`js\n${one(300, ' + 1')}\`\`\`\n` }[form];
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    const made = applyReply(form, { 'p.js': program }, reply, javascript, false);
    if ('malformed' in made) throw new Error(made.malformed);
    return performance.now() - start;
  });
  return `${times.sort((a, b) => a - b)[100]!.toFixed(2)} ms for ${program.length} characters`;
}

if (import.meta.main) main();
