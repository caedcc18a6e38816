import { mainFile, sizeOf, withMain } from '../../program.ts';
import type { Proposal, Reply, Step, Task } from '../../roles.ts';
import { run } from '../steps.ts';
import { climb } from './climb.ts';

/** Fewest runs with which fitting numbers makes sense. */
export const fewestRuns = 12;

/** Numbers to fit, each 0 where the parent stands and in units of its own scale. */
export interface Family {
  readonly size: number;
  /** The text of the main file for these numbers. */
  write(point: readonly number[]): string;
}

/**
 * Runs members of a family of programs, each batch where the last ones did well, and proposes the best if it scores
 * higher than the first parent. Uses at most `runs` evaluations, and stops early when the world refuses more.
 */
export function* fit(
  task: Task,
  { size, write }: Family,
  runs: number,
  what: string,
): Generator<Step, Proposal, Reply> {
  const parent = task.parents[0]!;
  const { text } = mainFile(parent.source);
  let best = { text, score: parent.outcome.score };
  const search = climb(size, best.score, runs, task.random);
  for (let used = 0; used < runs; ) {
    const texts = search
      .ask()
      .slice(0, runs - used)
      .map(write);
    const reply = yield* run(texts.map((each) => withMain(parent.source, each)));
    used += texts.length;
    const scores = texts.map((_, i) => (reply[i]?.status === 'scored' ? reply[i].score : -Infinity));
    scores.forEach((score, i) => {
      if (score > best.score) best = { text: texts[i]!, score };
    });
    if (reply.some((each) => each.status === 'refused')) break;
    search.tell(scores);
  }
  if (best.text === text) return { malformed: `${what} led nowhere` };
  const source = withMain(parent.source, best.text);
  if (sizeOf(source) > task.sizeLimit) return { malformed: `longer than ${task.sizeLimit} characters` };
  return { source, note: `${what}: score ${parent.outcome.score} becomes ${best.score}` };
}
