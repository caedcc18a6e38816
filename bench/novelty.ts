import { sketch } from '../core/languages/javascript/normal/sketch.ts';
import type { SketchedProgram } from '../core/search/roles.ts';
import { near, nearDuplicateThreshold } from '../islands/novelty/near.ts';
import { parents } from '../test/core/languages/javascript/operators/parents.ts';
import { seeds, stream, type Tally } from '../test/support/novelty-stream.ts';

function line(kind: string, { proposed, stopped, wrongly }: Tally, duplicates: boolean): void {
  const share = (n: number) => `${((100 * n) / proposed).toFixed(2).padStart(6)} %`;
  const what = duplicates
    ? `${share(stopped)} stopped`
    : `${share(wrongly)} stopped wrongly, ${share(stopped - wrongly)} rightly`;
  console.log(`${kind.padEnd(12)}${what}, of ${proposed}`);
}

if (import.meta.main) {
  const origins = [...seeds(), ...Object.values(parents).filter(({ language }) => language === 'javascript')];
  const { all, duplicates, others, met, wrong } = stream(
    origins,
    Number(process.argv[2] ?? 5000),
    Number(process.argv[4] ?? 1),
  );
  line('duplicates', all.duplicates, true);
  for (const [kind, each] of duplicates) line(`  ${kind}`, each, true);
  line('others', all.others, false);
  for (const [kind, each] of others) line(`  ${kind}`, each, false);
  if (process.argv[3])
    for (const each of wrong.slice(0, Number(process.argv[3])))
      console.log(`\n--- ${each.kind}\n${each.before}\n>>>\n${each.after}`);
  cost(met, parents.circles!.text);
}

/** Time of a check among 100,000 programs, made up of those met by moving numbers and shapes, and of a sketch. */
function cost(met: readonly SketchedProgram[], text: string): void {
  const many = Array.from({ length: 100_000 }, (_, trial) => {
    const bytes = Buffer.from(met[trial % met.length]!.sketch, 'base64');
    // Half of them share their shape with thousands, and differ in a number.
    if (trial % 2) bytes.writeInt32LE(trial, 0);
    else if (bytes.length > 72) bytes.writeIntLE((trial * 61) % 0x7fffff, 70, 3);
    return { trial, sketch: bytes.toString('base64') };
  });
  near(many, met[0]!.sketch, nearDuplicateThreshold, Infinity);
  for (const threshold of [nearDuplicateThreshold, 0.9]) {
    const start = performance.now();
    for (let i = 0; i < 1000; i++) near(many, met[(i * 7) % met.length]!.sketch, threshold, Infinity);
    console.log(
      `near, 100,000 programs, threshold ${threshold}: ${((performance.now() - start) / 1000).toFixed(4)} ms`,
    );
  }
  const long = Array.from({ length: 4 }, (_, i) =>
    text.replaceAll('pack', `pack${i}`).replace(/\bstart\b/g, `start${i}`),
  ).join('\n');
  for (const code of [text, long]) {
    for (let i = 0; i < 500; i++) sketch({ 'program.js': code }, 'javascript');
    const start = performance.now();
    for (let i = 0; i < 200; i++) sketch({ 'program.js': code }, 'javascript');
    console.log(`sketch, ${code.length} characters: ${((performance.now() - start) / 200).toFixed(3)} ms`);
  }
}
