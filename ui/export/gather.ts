import { searchedOn } from '../../core/search/problem.ts';
import { near, nearDuplicateThreshold } from '../../islands/novelty/near.ts';
import { answerName, type TrialRecord } from './dataset/account.ts';
import { trialRecords } from './dataset/accounts.ts';
import { type Chosen, choose, type Share } from './dataset/choose.ts';
import { type Collected, collector } from './dataset/collect.ts';
import type { Kind, RenderedTrial } from './dataset/kind.ts';
import type { TrialSummary } from './dataset/mark.ts';
import { type Reserved, reserved } from './dataset/overlap.ts';
import type { Plan } from './dataset/plan.ts';
import { viewsOf } from './dataset/views.ts';
import { exporting } from './defaults.ts';
import type { ExportedRun } from './runs.ts';

/** The examples of an export, and every trial in them with its texts. */
export interface Gathered {
  readonly collected: Collected;
  readonly chosen: Chosen;
  readonly rendered: ReadonlyMap<string, RenderedTrial>;
}

/**
 * Reads the journals twice: first a summary of every trial, to choose the examples, then the texts of the chosen trials.
 * @throws JournalError
 */
export async function gather(
  kind: Kind,
  runs: readonly ExportedRun[],
  apart: Reserved,
  share: Share,
): Promise<Gathered> {
  const collected = collector(kind, apart);
  for await (const record of recordsIn(runs)) collected.take(record);
  const choosing = {
    near: (all: Parameters<typeof near>[0], sketch: string) =>
      near(all, sketch, nearDuplicateThreshold, Number.POSITIVE_INFINITY) !== undefined,
    caps: exporting.caps,
  };
  const chosen = choose(kind, collected, choosing, share);
  return { collected, chosen, rendered: await render(runs, chosen) };
}

async function render(
  runs: readonly ExportedRun[],
  { train, test }: Chosen,
): Promise<Map<string, RenderedTrial>> {
  const wanted = new Map<string, TrialSummary>();
  for (const { summaries } of [...train, ...test])
    for (const summary of summaries) wanted.set(summary.id, summary);
  const rendered = new Map<string, RenderedTrial>();
  if (wanted.size === 0) return rendered;
  for await (const record of recordsIn(runs)) {
    const summary = wanted.get(answerName(record));
    if (summary) rendered.set(summary.id, { summary, record, views: viewsOf(record) });
  }
  return rendered;
}

async function* recordsIn(runs: readonly ExportedRun[]): AsyncGenerator<TrialRecord> {
  for (const { dir, origin } of runs) yield* trialRecords(dir, origin);
}

/** The rendered trials of a plan, in its order. */
export function renderedOf(
  { summaries }: Plan,
  rendered: ReadonlyMap<string, RenderedTrial>,
): RenderedTrial[] {
  return summaries.map(({ id }) => rendered.get(id)!);
}

/**
 * The texts that no example may overlap with: validation and held-out cases, except what the brief, a seed or another case
 * contains anyway, and the text to keep apart from.
 */
export function keptApart(runs: readonly ExportedRun[], text: string): Reserved {
  const apart = reserved();
  for (const problem of new Set(runs.map((run) => run.problem))) {
    for (const { use, input } of problem.cases) if (!searchedOn(use)) apart.add(JSON.stringify(input) ?? '');
    for (const { use, input } of problem.cases)
      if (searchedOn(use)) apart.release(JSON.stringify(input) ?? '');
    apart.release(problem.brief);
    for (const seed of problem.seeds) for (const file of Object.values(seed)) apart.release(file);
  }
  apart.add(text);
  return apart;
}
