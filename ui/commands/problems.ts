import type { Command } from 'commander';
import { findProblem, shippedProblems } from '../find.ts';
import { count, scoreIn } from '../words.ts';

/** `atoll problems`: what comes with Atoll. */
export function problems(atoll: Command): void {
  atoll
    .command('problems')
    .summary('list the problems that come with Atoll')
    .option('--json', 'one JSON object a line')
    .action(async (options: { json?: boolean }) => {
      for (const name of shippedProblems()) {
        const { problem } = await findProblem(name);
        const { brief, entry, cases, references = [] } = problem;
        const held = cases.filter((each) => each.use === 'held-out').length;
        if (options.json) {
          const row = { name, brief, entry, cases: cases.length - held, heldOut: held, references };
          process.stdout.write(`${JSON.stringify(row)}\n`);
          continue;
        }
        const known = references.map((each) => `${each.name} ${scoreIn(problem, each.score)}`).join('; ');
        process.stdout.write(`${name}\n    ${brief.trim().split('\n')[0]}\n`);
        process.stdout.write(
          `    ${count(cases.length - held)} cases, ${count(held)} held out${known ? `; known: ${known}` : ''}\n`,
        );
      }
    });
}
