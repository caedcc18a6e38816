import { gainValue } from '../../../core/learning/rewards/gain.ts';
import type { RewardTier } from '../../../core/learning/rewards/tiers.ts';
import { tieredReward, tierOf } from '../../../core/learning/rewards/tiers.ts';
import type { Scored } from '../../../core/search/outcome.ts';
import { scoreToBeat } from '../../../core/search/ranking.ts';
import { answerName, exchangeName, type TrialRecord } from './account.ts';
import type { Views } from './views.ts';

/** A summary of a trial without its texts, small enough for a long journal to fit in memory. */
export interface TrialSummary {
  /** Name of its program in the export. */
  readonly id: string;
  /** Its index in the export: runs in the given order, trials in the order in which they settled. */
  readonly at: number;
  readonly problem: string;
  /** Names of its parents, which may be seeds. */
  readonly parents: readonly string[];
  /** Names of its first parent's parents. */
  readonly grandparents: readonly string[];
  /** Names of other programs in its prompt. */
  readonly shown: readonly string[];
  /** Keys of its prompts by text, for the texts that it has. */
  readonly keys: { readonly verbatim?: string; readonly synthetic?: string };
  readonly tier: RewardTier;
  /** In [-0.4, 1]: the reward of a failure's tier, or 1/2 for a child as good as its best parent, more for a better one. */
  readonly reward: number;
  readonly score?: number;
  /** The score of its best parent. */
  readonly before: number;
  /** Scores by case of a scored program. */
  readonly cases?: readonly number[];
  /** Processor time of the program in milliseconds; absent where it was not measured. */
  readonly cpuMs?: number;
  readonly improved: boolean;
  /**
   * For a retry, whether it scores higher than the retried child; otherwise, for cases that are passed (1) or failed (0),
   * whether it passes a case that its parent fails.
   */
  readonly repaired: boolean;
  /** Identity of its program: the canonical form, or the text where there is none. */
  readonly form?: string;
  readonly sketch?: string;
  /** The trial whose child it retries. */
  readonly repairs?: string;
}

/** The summary of a trial; `views`: its usable texts. */
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
