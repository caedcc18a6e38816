import type { Command } from 'commander';
import { casesFor } from '../../core/search/problem.ts';
import { findProblem, shippedProblems } from '../run/find-problem.ts';
import { output } from '../text/output.ts';
import { count, scoreIn } from '../text/words.ts';

/** `atoll problems`: the shipped problems. */
export function problems(atoll: Command): void {
  atoll
    .command('problems')
    .summary('list the problems that come with Atoll')
    .option('--json', 'one JSON object a line')
    .action(async (options: { json?: boolean }) => {
      for (const name of shippedProblems()) {
        const { problem } = await findProblem(name);
        const { brief, entry, references = [] } = problem;
        const searched = casesFor(problem, 'scored').length;
        const validation = casesFor(problem, 'validation').length;
        const held = casesFor(problem, 'held-out').length;
        if (options.json) {
          const row = { name, brief, entry, cases: searched, validation, heldOut: held, references };
          output.write(`${JSON.stringify(row)}\n`);
          continue;
        }
        const known = references.map((each) => `${each.name} ${scoreIn(problem, each.score)}`).join('; ');
        output.write(`${name}\n    ${brief.trim().split('\n')[0]}\n`);
        output.write(
          `    ${count(searched)} search case${searched === 1 ? '' : 's'}, ${validation > 0 ? `${count(validation)} validation, ` : ''}${count(held)} test${known ? `; known: ${known}` : ''}\n`,
        );
      }
    });
}
