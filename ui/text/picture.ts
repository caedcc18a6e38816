import { writeFileSync } from 'node:fs';
import { readManifest } from '../../core/journal/manifest.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { Source } from '../../core/search/program.ts';
import type { Drawing } from '../../evaluators/evaluate.ts';
import { openPool } from '../../evaluators/runtimes.ts';
import { problemOfRun } from '../run/run-problem.ts';

/** @throws ConfigError for a problem that draws nothing. */
export function mustDraw({ name, picture }: Problem): void {
  if (!picture) throw new ConfigError(`Expected ${name} to draw pictures, got a problem without \`picture\``);
}

/**
 * Writes a picture to a file; of a program that was not scored there is none, which is said on stderr.
 * @throws ConfigError when the problem fails to draw it, or the file cannot be written.
 */
export function writePicture(file: string, { outcome, picture, undrawn }: Drawing): void {
  if (undrawn !== undefined) throw new ConfigError(undrawn);
  if (picture === undefined) {
    process.stderr.write(`atoll: no picture, as the program was not scored but \`${outcome.status}\`\n`);
    return;
  }
  try {
    writeFileSync(file, picture);
  } catch (error) {
    throw new ConfigError(
      `Expected a file that can be written, got \`${file}\`: ${(error as Error).message}`,
    );
  }
}

/** The problem of a run, if it draws. @throws ConfigError */
export async function drawingProblem(dir: string): Promise<Problem> {
  const { problem } = await problemOfRun(dir, readManifest(dir).problem);
  mustDraw(problem);
  return problem;
}

/** Runs a program once more on the cases that a search scores by, and writes the picture of the first. */
export async function drawTo(file: string, problem: Problem, source: Source): Promise<void> {
  await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
  writePicture(file, await pool.draw(source, 'scored', 'picture'));
}
