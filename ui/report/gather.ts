import { isHeld } from '../../core/journal/lock.ts';
import { type Manifest, readManifest } from '../../core/journal/manifest.ts';
import { readJournal } from '../../core/journal/segments.ts';
import { ConfigError, SandboxError } from '../../core/search/errors.ts';
import type { Outcome } from '../../core/search/outcome.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { ProgramId, Source } from '../../core/search/program.ts';
import type { Pool } from '../../evaluators/evaluate.ts';
import { openPool } from '../../evaluators/runtimes.ts';
import { isHashOf } from '../run/problem-hash.ts';
import { problemOfRun } from '../run/run-problem.ts';
import { isShown, lineOf } from './ancestors.ts';
import { type FullProgram, type RunHistory, readRunHistory } from './run-history.ts';

/** The data of a report. */
export interface ReportData {
  readonly dir: string;
  readonly manifest: Manifest;
  /** Whether a process is writing it. */
  readonly held: boolean;
  /** Left out for a run whose seeds were not scored yet. */
  readonly history?: RunHistory | undefined;
  /** Texts of the shown programs on the line from a seed to the best program. */
  readonly sources: ReadonlyMap<ProgramId, Source>;
  /** Left out where it is not found any more. */
  readonly problem?: Problem | undefined;
  /** Outcomes of the best program and of the baseline on the test cases; left out if they were not run. */
  readonly tests?: { readonly best: Outcome; readonly baseline: Outcome } | undefined;
  /** The best program's output on the first case, as the problem draws it: untrusted SVG text. */
  readonly picture?: string | undefined;
  /** Problems met while gathering: sentences. */
  readonly amiss: readonly string[];
}

/**
 * Reads a run, finished or not, and runs its best program again for its picture and its test score.
 * @throws ConfigError where there is no run, JournalError for a journal that cannot be believed.
 */
export async function gather(dir: string): Promise<ReportData> {
  const manifest = readManifest(dir);
  const held = isHeld(dir);
  const history = await readRunHistory(readJournal(dir));
  const amiss: string[] = [];
  const problem = await problemOf(dir, manifest, amiss);
  if (!history) return { dir, manifest, held, problem, sources: new Map(), amiss };
  const line = lineOf(history.best.id, history.programs).map(({ id }) => id);
  // Each shown step needs its own text and the one before.
  const wanted = line.filter((_, i) => isShown(i, line.length) || isShown(i + 1, line.length));
  const sources = await sourcesOf(dir, new Set(wanted), history);
  const unchanged = problem && isHashOf(manifest.problem.hash, problem);
  if (problem && !unchanged) {
    amiss.push(
      'The problem was changed since: the best program was not run again, for a picture or for its test.',
    );
  }
  const run = unchanged ? await rerun(problem, history, amiss) : {};
  return { dir, manifest, held, history, sources, problem, ...run, amiss };
}

async function problemOf(dir: string, { problem }: Manifest, amiss: string[]): Promise<Problem | undefined> {
  try {
    return (await problemOfRun(dir, problem)).problem;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const path = problem.path;
    amiss.push(
      `The problem \`${path}\` could not be loaded (\`atoll check\` says why), so scores are bare numbers, and there is no picture, test or published figure.`,
    );
    return undefined;
  }
}

/** The texts of some programs; a second pass over the journal, so that the first need not hold all of them. */
async function sourcesOf(
  dir: string,
  wanted: ReadonlySet<ProgramId>,
  { baseline, best }: RunHistory,
): Promise<Map<ProgramId, Source>> {
  const found = new Map<ProgramId, Source>([baseline, best].map(({ id, source }) => [id, source]));
  const missing = new Set([...wanted].filter((id) => !found.has(id)));
  const take = (id: ProgramId, source: Source): void => {
    if (missing.delete(id)) found.set(id, source);
  };
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened') for (const { id, source } of event.seeds) take(id, source);
    else if (event.type === 'proposed' && 'source' in event) take(`trial-${event.trial}`, event.source);
    if (missing.size === 0) break;
  }
  return found;
}

type Rerun = Pick<ReportData, 'tests' | 'picture'>;

async function rerun(problem: Problem, { best, baseline }: RunHistory, amiss: string[]): Promise<Rerun> {
  const held = problem.cases.some(({ use }) => use === 'held-out');
  if (!held && !problem.picture) return {};
  try {
    await using pool = await openPool(problem, { workers: 1, isolation: 'context' });
    const picture = problem.picture ? await pictureOf(pool, best, amiss) : undefined;
    if (!held) return { picture };
    const test = async ({ id, source }: FullProgram) =>
      (await pool.evaluate(source, 'held-out', `${id}/held-out`)).outcome;
    const outcome = await test(best);
    const before = best.id === baseline.id ? outcome : await test(baseline);
    return { picture, tests: { best: outcome, baseline: before } };
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof SandboxError)) throw error;
    amiss.push(`The best program could not be run again: ${error.message}.`);
    return {};
  }
}

async function pictureOf(
  pool: Pool,
  { id, source }: FullProgram,
  amiss: string[],
): Promise<string | undefined> {
  const { picture, undrawn, outcome } = await pool.draw(source, 'scored', `${id}/picture`);
  if (picture === undefined) {
    const why = undrawn ?? `run again, the best program was not scored but \`${outcome.status}\``;
    amiss.push(`There is no picture: ${why}.`);
  }
  return picture;
}
