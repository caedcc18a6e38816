/**
 * Strategies at equal calls with the same scripted model behind a real HTTP server, over seeds, on cases that no search
 * saw. `node bench/models.ts [seeds=20] [calls=300] [problem ...]`
 */

import { openScriptedServer } from '../test/support/scripted-server.ts';
import { type Found, search } from '../ui/library.ts';
import { findProblem } from '../ui/run/find-problem.ts';
import { median, shift } from './statistics.ts';

/** What is compared: settings besides the budget. Atoll as it is has its built-in operators beside the model. */
const alone = { 'operators.builtin': 'off' };
const strategies = {
  Atoll: {},
  'Atoll, model alone': alone,
  'best-of-n': { ...alone, strategy: 'best-of-n' },
  'hill-climbing': { ...alone, strategy: 'hill-climbing' },
} as const;

/** Milliseconds that an answer takes, on average. */
const delay = 20;

/** One search: the score on the held-out cases, that of the search where there are none. */
async function score(problem: string, settings: object, calls: number, seed: number): Promise<number> {
  await using server = await openScriptedServer(seed, delay, 0);
  const found = await findProblem(problem);
  const options = {
    ...settings,
    seed,
    calls,
    models: [`compatible:editor@${server.url}`],
  };
  let last: Found | undefined;
  for await (const event of search(found.problem, options as object))
    if (event.type === 'summary') last = event;
  return last!.best.test ?? last!.best.score;
}

if (import.meta.main) {
  const [seeds = '20', calls = '300', ...named] = process.argv.slice(2);
  const problems = named.length > 0 ? named : ['symbolic-regression', 'tsp-construct-50', 'bin-packing-or3'];
  for (const problem of problems) {
    console.log(
      `\n${problem}: ${seeds} seeds, ${calls} calls each; score on held-out cases, higher is better`,
    );
    let ours: number[] | undefined;
    for (const [name, settings] of Object.entries(strategies)) {
      const scores: number[] = [];
      for (let seed = 1; seed <= Number(seeds); seed++)
        scores.push(await score(problem, settings, Number(calls), seed));
      const line = `  ${name.padEnd(18)} median ${median(scores).toFixed(4)}  worst ${Math.min(...scores).toFixed(4)}  best ${Math.max(...scores).toFixed(4)}`;
      ours ??= scores;
      if (ours === scores) console.log(line);
      else {
        const { size, low, high } = shift(ours, scores);
        const wins = ours.filter((each, i) => each > scores[i]!).length;
        const ties = ours.filter((each, i) => each === scores[i]!).length;
        const interval = `Atoll ahead by ${size.toFixed(4)} [${low.toFixed(4)}, ${high.toFixed(4)}]`;
        console.log(`${line}  ${interval}, wins ${wins}, ties ${ties} of ${seeds}`);
      }
    }
  }
}
