import { mainFile, sizeOf, withMain } from '../../../search/program.ts';
import type { Proposal, Reply, Step, Task } from '../../../search/roles.ts';
import { run } from '../../../search/step.ts';
import { derivativeFree } from './derivative-free.ts';
import { levenbergMarquardt, type Point, type Write } from './levenberg-marquardt.ts';

/** Fewest runs with which fitting numbers makes sense. */
export const fewestRuns = 12;

/** Numbers to fit, each 0 where the parent stands and in units of its own scale. */
export interface Family {
  readonly size: number;
  /** The text of the main file for these numbers. */
  write(point: readonly number[]): string;
}

/**
 * Runs members of a family of programs and proposes the best if it scores higher than the first parent. By least
 * squares where the problem gives residuals; else each batch is sampled where the last ones did well. Uses at most
 * `runs` evaluations, and stops early when the search refuses more.
 */
export function* fit(
  task: Task,
  family: Family,
  runs: number,
  what: string,
): Generator<Step, Proposal, Reply> {
  const parent = task.parents[0]!;
  const write = (point: readonly number[]) => withMain(parent.source, family.write(point));
  const start: Point = { point: new Array(family.size).fill(0), score: parent.outcome.score };
  const squares = task.comparable && family.size + 3 <= runs;
  const best = !squares
    ? yield* wander(task, start, write, runs)
    : yield* levenbergMarquardt(start, write, runs);
  if (!(best.score > start.score)) return { malformed: `${what} led nowhere` };
  const source = write(best.point);
  if (mainFile(source).text === mainFile(parent.source).text) return { malformed: `${what} led nowhere` };
  if (sizeOf(source) > task.maxProgramSize)
    return { malformed: `longer than ${task.maxProgramSize} characters` };
  return { source, note: `${what}: score ${start.score} becomes ${best.score}` };
}

/** Fits by scores alone. */
function* wander(task: Task, start: Point, write: Write, runs: number): Generator<Step, Point, Reply> {
  let best = start;
  const search = derivativeFree(start.point.length, start.score, runs, task.random);
  for (let used = 0; used < runs; ) {
    const points = search.ask().slice(0, runs - used);
    const reply = yield* run(points.map(write));
    used += points.length;
    const scores = points.map((_, i) => (reply[i]?.status === 'scored' ? reply[i].score : -Infinity));
    scores.forEach((score, i) => {
      if (score > best.score) best = { point: points[i]!, score };
    });
    if (reply.some((each) => each.status === 'refused')) break;
    search.tell(scores);
  }
  return best;
}
