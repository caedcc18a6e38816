import { gainValue } from '../../../core/learning/rewards/gain.ts';
import type { RewardTier } from '../../../core/learning/rewards/tiers.ts';
import { tieredReward, tierOf } from '../../../core/learning/rewards/tiers.ts';
import type { Scored } from '../../../core/search/outcome.ts';
import { scoreToBeat } from '../../../core/search/ranking.ts';
import { answerName, exchangeName, type TrialRecord } from './account.ts';
import type { Views } from './views.ts';

/** What is known of a trial before its text is fetched: small, so that a long journal fits in memory. */
export interface TrialSummary {
  /** Its program's name in the export. */
  readonly id: string;
  /** Its place in the export: runs in the order given, trials in that in which they settled. */
  readonly at: number;
  readonly problem: string;
  /** Names of the programs it was made from, seeds among them. */
  readonly parents: readonly string[];
  /** Names of the programs that its first parent was made from. */
  readonly grandparents: readonly string[];
  /** Names of other programs that its prompt shows. */
  readonly shown: readonly string[];
  /** Keys of its prompts, as far as it has such texts. */
  readonly keys: { readonly verbatim?: string; readonly synthetic?: string };
  readonly tier: RewardTier;
  /** In [-0.4, 1]: an error's rung, or 1/2 for a child as good as its best parent, more for a better one. */
  readonly reward: number;
  readonly score?: number;
  /** The score of its best parent. */
  readonly before: number;
  /** Scores by case, where it was scored. */
  readonly cases?: readonly number[];
  /** Processor time of the program, in milliseconds; left out where it was not measured. */
  readonly cpuMs?: number;
  readonly improved: boolean;
  /**
   * Whether it is better than the child that gets its second try in it; where there is none, whether it passes a case
   * that its parent fails, where cases are passed (1) or failed (0).
   */
  readonly repaired: boolean;
  /** What it is known by where it has a program: a canonical form, or else the text itself. */
  readonly form?: string;
  readonly sketch?: string;
  /** The trial whose child got a second try in it. */
  readonly repairs?: string;
}

/** What to remember of a trial; `views`: the texts it has, after those were taken out that must not be used. */
export function trialSummary(
  record: TrialRecord,
  views: Views,
  at: number,
  known: Pick<TrialSummary, 'form' | 'sketch'>,
): TrialSummary {
  const { origin, parents, inspirations, outcome, verdict, spread, attempt } = record;
  const scored = outcome?.status === 'scored' ? outcome : undefined;
  const before = scoreToBeat(parents);
  const tier = tierOf(verdict, outcome?.status);
  return {
    id: answerName(record),
    at,
    problem: origin.problem.name,
    parents: parents.map(({ id }) => exchangeName(origin, id)),
    grandparents: parents[0]!.parents.map((id) => exchangeName(origin, id)),
    shown: inspirations.map(({ id }) => exchangeName(origin, id)),
    keys: {
      ...(views.verbatim ? { verbatim: views.verbatim.key } : {}),
      ...(views.synthetic ? { synthetic: views.synthetic.key } : {}),
    },
    tier,
    reward: tieredReward(tier, scored ? gainValue(scored.score, before, spread) : 0),
    ...(scored ? { score: scored.score, cases: casesOf(scored) } : {}),
    before,
    ...(record.cpuMs === undefined ? {} : { cpuMs: record.cpuMs }),
    improved: verdict === 'improved' || verdict === 'best',
    repaired: scored !== undefined && hasRepaired(record, scored),
    ...known,
    ...(attempt ? { repairs: exchangeName(origin, `trial-${attempt.trial}`) } : {}),
  };
}

function casesOf({ verdicts }: Scored): number[] {
  return verdicts.map((verdict) => ('score' in verdict ? verdict.score : 0));
}

function hasRepaired({ attempt, parents }: TrialRecord, scored: Scored): boolean {
  if (attempt) return scored.score > (attempt.score ?? Number.NEGATIVE_INFINITY);
  const [was, is] = [casesOf(parents[0]!.outcome), casesOf(scored)];
  const binary = [...was, ...is].every((score) => score === 0 || score === 1);
  return binary && is.some((score, i) => score > was[i]!);
}
