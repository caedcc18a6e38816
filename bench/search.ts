/**
 * What a search without a key finds, on cases it never used: the median over seeds beside the literature.
 * `node bench/search.ts [minutes=2] [seeds=5] [problem ...]`. One search at a time, all cores.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProblem } from '../ui/find.ts';
import type { Summary } from '../ui/summary.ts';
import { scoreIn } from '../ui/words.ts';
import { atoll } from './kills.ts';

const [minutes = '2', seeds = '5', ...names] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'atoll-search-'));
const median = (xs: readonly number[]): number => {
  const sorted = [...xs].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

for (const name of names.length > 0 ? names : ['bin-packing-or3', 'tsp-construct-50', 'cap-set-8']) {
  const { problem } = await findProblem(name);
  const tests: number[] = [];
  for (let seed = 1; seed <= Number(seeds); seed++) {
    const dir = join(folder, `${name}-${seed}`);
    const { stdout, stderr, code } = await atoll([
      'run',
      name,
      '--seed',
      `${seed}`,
      '--minutes',
      minutes,
      '--json',
      '--dir',
      dir,
    ]);
    if (code !== 0) throw new Error(stderr);
    const summary: Summary = JSON.parse(stdout.trim().split('\n').at(-1)!);
    rmSync(dir, { recursive: true, force: true });
    tests.push(summary.best.test ?? Number.NEGATIVE_INFINITY);
    console.log(
      `${name}  seed ${seed}  test ${scoreIn(problem, tests.at(-1)!)}  search ${scoreIn(problem, summary.best.score)}` +
        `  the seed program ${scoreIn(problem, summary.baseline.test!)}  ${summary.evaluations} evaluations  ${summary.seconds.toFixed(0)} s`,
    );
  }
  console.log(
    `${name}  MEDIAN of ${seeds} after ${minutes} min, on the test: ${scoreIn(problem, median(tests))}`,
  );
  for (const reference of problem.references ?? []) {
    console.log(`    ${reference.name}: ${scoreIn(problem, reference.score)}  ${reference.source}`);
  }
}
rmSync(folder, { recursive: true, force: true });
