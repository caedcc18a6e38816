/**
 * Whether replies become the programs they mean: `node bench/patch.ts [edits=100000]` draws that many for each form,
 * works out the outcome another way, and counts. Then times each form on a program of 20,000 characters.
 */

import { javascript } from '../core/languages/javascript/javascript.ts';
import { applyReply, type Form } from '../core/text/patch/patch.ts';
import { type Fate, forms, tryOne } from '../test/support/reply-fates.ts';

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
