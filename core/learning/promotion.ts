import type { Arm } from '../search/arm.ts';
import type { Trained } from '../search/event.ts';
import type { Language } from '../search/language.ts';
import type { Source } from '../search/program.ts';
import type { Reply, RunOutcome } from '../search/roles.ts';
import { applyReply } from '../text/patch/patch.ts';
import { mean } from './advantages/group.ts';
import type { ExternalTraining, HeldOut, HeldOutEvaluation } from './external-training.ts';
import { gainValue } from './rewards/gain.ts';
import { tieredReward, tierOf } from './rewards/tiers.ts';

/** Weights from an external trainer that are served but neither promoted nor refused yet. */
export interface Candidate
  extends Pick<
    Trained,
    'policy' | 'version' | 'from' | 'rollouts' | 'metrics' | 'milliseconds' | 'checkpoint'
  > {
  /** SPEC of the model with these weights. */
  readonly model: string;
  /** The arms that it gets on promotion. */
  readonly arms: readonly Arm[];
}

/** Minimum number of held-out questions for a decision on promotion. */
export const fewestCases = 8;

/** The program that results from an answer to a held-out question; undefined for an answer that cannot be applied. */
export function answered(each: HeldOut, reply: Reply, language: Language): Source | undefined {
  if (!('text' in reply)) return undefined;
  const made = applyReply(each.form, each.base, reply.text, language, reply.ended === 'length');
  return 'malformed' in made ? undefined : made.source;
}

/**
 * The decision on a candidate, as an event. It is promoted unless the mean reward of its answers to the held-out questions
 * is lower than that of the earlier answers by more than the standard error of the difference. On promotion the previous
 * version keeps its arms and the one before it loses them.
 */
export function promotionOf(
  candidate: Candidate,
  audit: HeldOutEvaluation,
  language: Language,
  { open }: Pick<ExternalTraining, 'open'>,
): Trained {
  const measured = measure(audit, language);
  const promoted = measured !== undefined && measured.after + measured.error >= measured.before;
  const { arms, ...rest } = candidate;
  const closes = promoted ? open.slice(0, -1).flatMap((each) => each.arms) : [];
  return {
    type: 'trained',
    ...rest,
    ...(measured ? { heldOut: { before: measured.before, after: measured.after } } : {}),
    promoted,
    ...(promoted ? { arms, closes } : {}),
  };
}

/** Mean rewards of the earlier and the new answers, and the standard error of their difference; undefined for too few. */
function measure(
  { cases, replies }: HeldOutEvaluation,
  language: Language,
): { before: number; after: number; error: number } | undefined {
  const outcomes = replies.find((reply): reply is readonly RunOutcome[] => Array.isArray(reply)) ?? [];
  let run = 0;
  const pairs = cases.flatMap((each, i) => {
    const reply = replies[i];
    if (!reply || !('text' in reply)) return [];
    const made = applyReply(each.form, each.base, reply.text, language, reply.ended === 'length');
    const outcome = 'source' in made ? outcomes[run++] : made.unchanged ? 'unchanged' : 'unparsable';
    const after = outcome && rewardIn(each, outcome);
    return after === undefined ? [] : [{ before: each.reward, after }];
  });
  if (pairs.length < fewestCases) return undefined;
  const apart = pairs.map(({ before, after }) => after - before);
  const middle = mean(apart);
  const error = Math.sqrt(mean(apart.map((each) => (each - middle) ** 2)) / (pairs.length - 1));
  return {
    before: mean(pairs.map(({ before }) => before)),
    after: mean(pairs.map(({ after }) => after)),
    error,
  };
}

/** Undefined for a program that was not run, because the budget was used up. */
function rewardIn(
  { parent, spread }: HeldOut,
  outcome: RunOutcome | 'unchanged' | 'unparsable',
): number | undefined {
  if (typeof outcome === 'string') return tieredReward(outcome, 0);
  if (outcome.status === 'refused') return undefined;
  if (outcome.status === 'scored') return gainValue(outcome.score, parent, spread);
  return tieredReward(tierOf('failed', outcome.status), 0);
}
