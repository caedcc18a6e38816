import type { Command } from 'commander';
import { bestOf } from '../run/lineage.ts';
import { output } from '../text/output.ts';
import { drawingProblem, drawTo } from '../text/picture.ts';

/** `atoll best`: the best program of a run. */
export function best(atoll: Command): void {
  atoll
    .command('best')
    .summary('print the best program of a run')
    .description('Prints the best program to stdout, and its lineage to stderr; --json prints one object.')
    .argument('<run>', 'run directory, running or not')
    .option('--json', 'score, test, id, files, lineage')
    .option('--picture <file.svg>', 'draw its output on the first search case')
    .action(async (dir: string, options: { json?: boolean; picture?: string }) => {
      const problem = options.picture ? await drawingProblem(dir) : undefined;
      const found = await bestOf(dir);
      if (problem) await drawTo(options.picture!, problem, found.files);
      if (options.json) {
        output.write(`${JSON.stringify(found)}\n`);
        return;
      }
      const { id, score, test, files, lineage } = found;
      process.stderr.write(`${id}  score ${score}  test ${test ?? 'none'}\n`);
      for (const step of lineage) process.stderr.write(`  ${step.id}  ${step.arm}  ${step.score}\n`);
      const several = Object.keys(files).length > 1;
      for (const [path, text] of Object.entries(files)) output.write(several ? `// ${path}\n${text}` : text);
    });
}
