import { languageNamed } from '../../../core/languages/registry.ts';
import { answer } from '../../../core/prompts/answer.ts';
import { bareTask } from '../../../core/prompts/bare.ts';
import { asking } from '../../../core/prompts/operators.ts';
import type { Source } from '../../../core/search/program.ts';
import type { Attempt } from '../../../core/search/roles.ts';
import { decode, similarity } from '../../../core/text/sketch.ts';
import type { TrialRecord } from './account.ts';
import { diverse } from './diverse.ts';
import {
  assistantTurn,
  type Choosing,
  type Example,
  exampleOf,
  type Kind,
  type RenderedTrial,
} from './kind.ts';
import type { TrialSummary } from './mark.ts';
import type { Plan } from './plan.ts';
import { chat } from './views.ts';

/** Minimum similarity at which a working sibling counts as the repair of a failed program. */
const alike = 0.6;

/**
 * A failing program, its feedback and the program that repairs it (CYCLE, Ding 2024): a model's second try, verbatim; a parent
 * that fails a case and its child that passes it; and a failed child with the most similar sibling that works and is no worse
 * than their parent. `faulty` is a separate column, so that a trainer can mask a part of it, as the paper does against
 * copying.
 */
export const refine: Kind = {
  name: 'refine',
  what: 'a failing program, its feedback, and the program that repairs it',
  takes: 'failed with a program, or were scored',
  compares: true,
  accepts: ({ source, outcome, verdict }) =>
    source !== undefined && (outcome?.status === 'scored' || verdict === 'failed'),
  plans,
  rows(plan, rendered) {
    const [first, second] = rendered;
    const { record, summary } = rendered.at(-1)!;
    if (second) return repair(first!.record, second, attemptOf(first!.record, first!.record.source!));
    if (plan.textKind === 'verbatim') {
      const { source, feedback } = record.attempt!;
      const { prompt, completion } = first!.views.verbatim!;
      const row = {
        prompt,
        completion: assistantTurn(completion),
        ...columns(source!, feedback, record.source!),
      };
      return [exampleOf(row, plan, [first!])];
    }
    const parent = record.parents[0]!;
    const failed = summary.cases!.flatMap((score, i) =>
      score > casesOf(record)[i]!.was ? [casesOf(record)[i]!.name] : [],
    );
    const feedback = [`It fails on ${failed.join(', ')}.`, parent.outcome.feedback]
      .filter(Boolean)
      .join('\n');
    return repair(record, first!, { ...attemptOf(record, parent.source), note: '', feedback });
  },
};

function plans(summaries: readonly TrialSummary[], { near, caps, into }: Choosing): Plan[] {
  const works = summaries.filter((summary) => summary.score !== undefined);
  const second = works.filter(
    ({ repairs, repaired, keys }) => repairs !== undefined && repaired && keys.verbatim !== undefined,
  );
  const passing = works.filter(
    ({ repairs, repaired, keys }) => repairs === undefined && repaired && keys.synthetic !== undefined,
  );
  const beside = siblings(summaries, works);
  const used = new Set([...second, ...passing, ...beside.values()]);
  into.count(
    'no repair',
    'trials',
    'neither repairs a program nor is repaired by one',
    summaries.length - used.size - beside.size,
  );
  const kept = new Set(diverse([...used], near, caps, into));
  const plan = (textKind: Plan['textKind'], ...of: TrialSummary[]): Plan => ({
    summaries: of,
    textKind,
    priority: of.at(-1)!.reward,
  });
  return [
    ...second.filter((summary) => kept.has(summary)).map((summary) => plan('verbatim', summary)),
    ...passing
      .filter((summary) => kept.has(summary) && !second.includes(summary))
      .map((summary) => plan('synthetic', summary)),
    ...Array.from(beside, ([failed, works]) => plan('synthetic', failed, works)).filter(
      ({ summaries: [, works] }) => kept.has(works!),
    ),
  ];
}

/** For each failed child the most similar sibling that is no worse than their parent, if one is similar enough. */
function siblings(
  summaries: readonly TrialSummary[],
  works: readonly TrialSummary[],
): Map<TrialSummary, TrialSummary> {
  const known = works.flatMap((summary) => {
    const { score, before, sketch, parents } = summary;
    return sketch !== undefined && score! >= before
      ? [{ summary, family: parents.join('+'), sketch: decode(sketch) }]
      : [];
  });
  const families = Map.groupBy(known, ({ family }) => family);
  const found = new Map<TrialSummary, TrialSummary>();
  for (const summary of summaries) {
    if (summary.score !== undefined || summary.sketch === undefined) continue;
    const own = decode(summary.sketch);
    let best: { summary: TrialSummary; likeness: number } | undefined;
    for (const other of families.get(summary.parents.join('+')) ?? []) {
      const likeness = similarity(own, other.sketch);
      if (likeness >= alike && likeness > (best?.likeness ?? 0)) best = { summary: other.summary, likeness };
    }
    if (best) found.set(summary, best.summary);
  }
  return found;
}

/** The row of a repair that no model was asked for, with the prompt that the operator `repair` would send. */
function repair(
  { origin }: TrialRecord,
  { summary, record }: RenderedTrial,
  attempt: Attempt,
): readonly Example[] {
  const faulty = attempt.source!;
  const child = record.source!;
  const language = languageNamed(origin.problem.language);
  const completion = answer('diff', faulty, child, '', language);
  if (completion === undefined) return [];
  const [operator] = asking('any', ['repair']);
  const { value } = operator!
    .propose({ ...bareTask(origin.problem, language, [attempt.parent], origin.settings), attempt })
    .next();
  const prompt = 'ask' in value ? chat(value.ask) : [];
  const row = { prompt, completion: assistantTurn(completion), ...columns(faulty, attempt.feedback, child) };
  const answers = [{ id: summary.id, score: summary.score! }];
  return [{ row, provenance: { form: 'diff', base: faulty, answers } }];
}

function columns(faulty: Source, feedback: string, repaired: Source): object {
  return { faulty: JSON.stringify(faulty), feedback, mended: JSON.stringify(repaired) };
}

function attemptOf(
  { trial, island, arm, parents, note, verdict, outcome, why }: TrialRecord,
  source: Source,
): Attempt {
  return {
    trial,
    island,
    arm,
    parent: parents[0]!,
    source,
    note,
    verdict,
    feedback: why ?? outcome?.feedback ?? '',
  };
}

/** The parent's scores by case. */
function casesOf({ parents }: TrialRecord): { readonly name: string; readonly was: number }[] {
  return parents[0]!.outcome.verdicts.map((verdict) => ({
    name: verdict.case,
    was: 'score' in verdict ? verdict.score : 0,
  }));
}
