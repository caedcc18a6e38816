import { languageNamed } from '../../../core/languages/registry.ts';
import { answer } from '../../../core/prompts/answer.ts';
import { bareTask } from '../../../core/prompts/bare.ts';
import { asking } from '../../../core/prompts/operators.ts';
import type { Source } from '../../../core/search/program.ts';
import type { Attempt } from '../../../core/search/roles.ts';
import { decode, similarity } from '../../../core/text/sketch.ts';
import type { TrialRecord } from './account.ts';
import { diverse } from './diverse.ts';
import { type Choosing, type Example, type Kind, made, type RenderedTrial, said } from './kind.ts';
import type { TrialSummary } from './mark.ts';
import type { Plan } from './plan.ts';
import { chat } from './views.ts';

/** From which likeness on a program is what another was meant to be. */
const alike = 0.6;

/**
 * A program that fails, what was said of it, and the program that mends it (CYCLE, Ding 2024): second tries of models
 * as they went; a parent that fails a case which its child passes; and a child that failed beside the sibling most
 * like it that works and is no worse than their parent. `faulty` is a column of its own, so that a trainer can mask a
 * part of it, as the paper does to keep a model from copying.
 */
export const refine: Kind = {
  name: 'refine',
  what: 'a failing program, what was said of it, and the program that mends it',
  takes: 'failed with a program, or were scored',
  compares: true,
  accepts: ({ source, outcome, verdict }) =>
    source !== undefined && (outcome?.status === 'scored' || verdict === 'failed'),
  plans,
  rows(plan, told) {
    const [first, second] = told;
    const { account, mark } = told.at(-1)!;
    if (second) return mend(first!.account, second, attemptOf(first!.account, first!.account.source!));
    if (plan.told === 'asked') {
      const { source, feedback } = account.attempt!;
      const { prompt, completion } = first!.views.asked!;
      const row = { prompt, completion: said(completion), ...columns(source!, feedback, account.source!) };
      return [made(row, plan, [first!])];
    }
    const parent = account.parents[0]!;
    const failed = mark.cases!.flatMap((score, i) =>
      score > casesOf(account)[i]!.was ? [casesOf(account)[i]!.name] : [],
    );
    const feedback = [`It fails on ${failed.join(', ')}.`, parent.outcome.feedback]
      .filter(Boolean)
      .join('\n');
    return mend(account, first!, { ...attemptOf(account, parent.source), note: '', feedback });
  },
};

function plans(marks: readonly TrialSummary[], { near, caps, into }: Choosing): Plan[] {
  const works = marks.filter((mark) => mark.score !== undefined);
  const second = works.filter(
    ({ mends, mended, keys }) => mends !== undefined && mended && keys.asked !== undefined,
  );
  const passing = works.filter(
    ({ mends, mended, keys }) => mends === undefined && mended && keys.standing !== undefined,
  );
  const beside = siblings(marks, works);
  const used = new Set([...second, ...passing, ...beside.values()]);
  into.count(
    'no mend',
    'trials',
    'mended nothing, and nothing mended it',
    marks.length - used.size - beside.size,
  );
  const kept = new Set(diverse([...used], near, caps, into));
  const plan = (told: Plan['told'], ...of: TrialSummary[]): Plan => ({
    marks: of,
    told,
    worth: of.at(-1)!.reward,
  });
  return [
    ...second.filter((mark) => kept.has(mark)).map((mark) => plan('asked', mark)),
    ...passing
      .filter((mark) => kept.has(mark) && !second.includes(mark))
      .map((mark) => plan('standing', mark)),
    ...Array.from(beside, ([failed, works]) => plan('standing', failed, works)).filter(
      ({ marks: [, works] }) => kept.has(works!),
    ),
  ];
}

/** For a child that failed the sibling that is most like it and no worse than their parent, if one is like it. */
function siblings(
  marks: readonly TrialSummary[],
  works: readonly TrialSummary[],
): Map<TrialSummary, TrialSummary> {
  const known = works.flatMap((mark) => {
    const { score, before, sketch, parents } = mark;
    return sketch !== undefined && score! >= before
      ? [{ mark, family: parents.join('+'), sketch: decode(sketch) }]
      : [];
  });
  const families = Map.groupBy(known, ({ family }) => family);
  const found = new Map<TrialSummary, TrialSummary>();
  for (const mark of marks) {
    if (mark.score !== undefined || mark.sketch === undefined) continue;
    const own = decode(mark.sketch);
    let best: { mark: TrialSummary; likeness: number } | undefined;
    for (const other of families.get(mark.parents.join('+')) ?? []) {
      const likeness = similarity(own, other.sketch);
      if (likeness >= alike && likeness > (best?.likeness ?? 0)) best = { mark: other.mark, likeness };
    }
    if (best) found.set(mark, best.mark);
  }
  return found;
}

/** The row of a program that was not asked to be mended by anybody, as the operator `repair` would have asked. */
function mend(
  { origin }: TrialRecord,
  { mark, account }: RenderedTrial,
  attempt: Attempt,
): readonly Example[] {
  const faulty = attempt.source!;
  const child = account.source!;
  const language = languageNamed(origin.problem.language);
  const completion = answer('diff', faulty, child, '', language);
  if (completion === undefined) return [];
  const [operator] = asking('any', ['repair']);
  const { value } = operator!
    .propose({ ...bareTask(origin.problem, language, [attempt.parent], origin.settings), attempt })
    .next();
  const prompt = 'ask' in value ? chat(value.ask) : [];
  const row = { prompt, completion: said(completion), ...columns(faulty, attempt.feedback, child) };
  const answers = [{ id: mark.id, score: mark.score! }];
  return [{ row, proof: { form: 'diff', base: faulty, answers } }];
}

function columns(faulty: Source, feedback: string, mended: Source): object {
  return { faulty: JSON.stringify(faulty), feedback, mended: JSON.stringify(mended) };
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
