/** One search of a sweep, in a process of its own: told what as JSON, prints what came of it as a line of JSON. */
import { execFileSync } from 'node:child_process';
import { finalProgram } from '../../core/search/final.ts';
import { applyEvent } from '../../core/search/fold.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { Elite, ProgramId, Source } from '../../core/search/program.ts';
import type { Evaluator } from '../../core/search/roles.ts';
import { initialState, type State } from '../../core/search/state.ts';
import { type Found, search } from '../../ui/library.ts';
import { openEvaluator } from '../../ui/run/compose.ts';
import { findProblem } from '../../ui/run/find-problem.ts';
import { heldOut } from '../../ui/run/summarize.ts';
import { version } from '../../ui/version.ts';
import { processorSeconds } from '../processor.ts';
import { onPublished } from '../published.ts';
import { type Published, type Scores, type Searched, thinned, type Wanted } from './records.ts';

/** Minutes after which a search by the clock says what is best, besides at its end. */
const moments = [1, 2, 5, 10, 20];

/** A program that became the best, or the final program, during a search. */
interface Rise {
  readonly id: ProgramId;
  readonly evaluations: number;
  readonly minutes: number;
  readonly score: number;
  readonly source: Source;
}

const wanted: Wanted = JSON.parse(process.argv[2]!);
const problem = unhurried((await findProblem(wanted.problem)).problem);
const { rises, handed, found, cpuSeconds } = await follow(problem);
const elsewhere = onPublished(problem);
await using there = elsewhere && (await openEvaluator(elsewhere.problem, 1));

const marks: NonNullable<Searched['marks']>[number][] = [];
if (wanted.minutes !== null) {
  await using evaluator = await openEvaluator(problem, wanted.workers);
  const ends = [...moments.filter((each) => each < wanted.minutes!), wanted.minutes];
  for (const minutes of ends) {
    const last = handed.findLast((each) => minutes === wanted.minutes || each.minutes <= minutes)!;
    const test = await heldOut(problem, evaluator, last.id, last.source);
    const { evaluations, score } = last;
    marks.push({ minutes, evaluations, score, ...(holdsOut(problem) ? { test } : {}) });
  }
}

const record: Searched = {
  ...wanted,
  best: await scores(found.best, found.program),
  baseline: await scores(found.baseline, rises[0]!.source),
  used: found.evaluations,
  because: found.because,
  seconds: found.seconds,
  cpuSeconds,
  curve: thinned(rises.map(({ evaluations, score }) => [evaluations, score] as const)),
  ...(wanted.minutes === null ? {} : { marks, program: found.program }),
  version,
  commit: commit(),
};
console.log(JSON.stringify(record));

/**
 * The problem with ten times the wall clock where searches are compared by their evaluations: what a program may use of
 * the processor stays, and a loaded machine finds what a quiet one does.
 */
function unhurried(problem: Problem): Problem {
  if (wanted.minutes !== null) return problem;
  return { ...problem, limits: { ...problem.limits, wallMs: 10 * problem.limits.wallMs } };
}

/** Searches, and records each program that became the best, and each that became the final program. */
async function follow(on: Problem): Promise<{
  readonly rises: readonly Rise[];
  readonly handed: readonly Rise[];
  readonly found: Found;
  readonly cpuSeconds: number | null;
}> {
  const { settings, seed, evaluations, minutes, workers } = wanted;
  const start = performance.now();
  const rises: Rise[] = [];
  const handed: Rise[] = [];
  let state: State | undefined;
  const rise = (to: Rise[], { id, source, outcome }: Elite): void => {
    if (to.at(-1)?.id === id) return;
    const minutes = (performance.now() - start) / 60_000;
    to.push({ id, evaluations: state!.evaluations, minutes, score: outcome.score, source });
  };
  for await (const event of search(on, { ...settings, seed, evaluations, minutes, workers } as object)) {
    if (event.type === 'summary') return { rises, handed, found: event, cpuSeconds: processorSeconds() };
    if (event.type === 'opened') state = initialState(event);
    else applyEvent(state!, event);
    rise(rises, state!.best);
    rise(handed, finalProgram(state!));
  }
  throw new Error('Expected a search to end with its summary, got an end without one');
}

function holdsOut({ cases }: Problem): boolean {
  return cases.some(({ use }) => use === 'held-out');
}

async function scores({ score, test }: Found['best'], source: Source): Promise<Scores> {
  return {
    score,
    ...(holdsOut(problem) ? { test } : {}),
    ...(there ? { published: await publishedScore(there, source) } : {}),
  };
}

let published = 0;

async function publishedScore(evaluator: Evaluator, source: Source): Promise<Published> {
  const { file } = elsewhere!;
  const { outcome } = await evaluator.evaluate(source, 'held-out', `published/${++published}`);
  if (outcome.status !== 'scored') return { file, score: null };
  const { bins, bound } = outcome.measures;
  const means = bins !== undefined && bound !== undefined;
  return { file, score: outcome.score, ...(means ? { excessOfMeans: 100 * (bins / bound - 1) } : {}) };
}

function commit(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8', stdio: 'pipe' }).trim();
  try {
    // Results and docs are no part of what is measured.
    const engine = [':/', ':(top,exclude)bench/results', ':(top,exclude)docs'];
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', ...engine) !== '';
    return git('rev-parse', '--short', 'HEAD') + (changed ? '+' : '');
  } catch {
    return 'unknown';
  }
}
