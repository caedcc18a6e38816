import { applyReply } from '../code/patch/patch.ts';
import type { Trained } from '../event.ts';
import type { Language } from '../problem.ts';
import type { Source } from '../program.ts';
import type { Reply, RunOutcome } from '../roles.ts';
import { mean } from './mean.ts';
import type { Audited, HeldOut, Outside } from './outside.ts';
import { worthOf } from './rewards/gain.ts';
import { ladder, rungOf } from './rewards/ladder.ts';

/** Weights that a trainer outside made, ready to be asked, not yet judged. */
export interface Candidate
  extends Pick<
    Trained,
    'policy' | 'version' | 'from' | 'rollouts' | 'metrics' | 'milliseconds' | 'checkpoint'
  > {
  /** SPEC of the model that they are. */
  readonly model: string;
  /** Its arms, should it get them. */
  readonly arms: readonly string[];
}

/** Fewest questions by which weights are judged. */
export const fewest = 8;

/** What comes of an answer to a held-out question: a program, or nothing that could be run. */
export function answered(each: HeldOut, reply: Reply, language: Language): Source | undefined {
  if (!('text' in reply)) return undefined;
  const made = applyReply(each.form, each.base, reply.text, language, reply.ended === 'length');
  return 'malformed' in made ? undefined : made.source;
}

/**
 * The judgement on a candidate by its audit: it is promoted unless its answers to the held-out questions are worth less
 * than those that were given before, by more than the standard error of the difference. The version before stays
 * open beside it, and the one before that closes: each has to earn its trials.
 */
export function judge(candidate: Candidate, audit: Audited, language: Language, { open }: Outside): Trained {
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

/** The mean rewards of the answers then and now, and the standard error of their difference; undefined for too few. */
function measure(
  { cases, replies }: Audited,
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
  if (pairs.length < fewest) return undefined;
  const apart = pairs.map(({ before, after }) => after - before);
  const middle = mean(apart);
  const error = Math.sqrt(mean(apart.map((each) => (each - middle) ** 2)) / (pairs.length - 1));
  return {
    before: mean(pairs.map(({ before }) => before)),
    after: mean(pairs.map(({ after }) => after)),
    error,
  };
}

/** Undefined where it was not run, for want of budget. */
function rewardIn(
  { parent, spread }: HeldOut,
  outcome: RunOutcome | 'unchanged' | 'unparsable',
): number | undefined {
  if (typeof outcome === 'string') return ladder(outcome, 0);
  if (outcome.status === 'refused') return undefined;
  if (outcome.status === 'scored') return worthOf(outcome.score, parent, spread);
  return ladder(rungOf('failed', outcome.status), 0);
}
