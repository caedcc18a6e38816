import type { Batch } from '../batch.ts';
import { mismatch } from '../objectives/mismatch.ts';
import { type Datum, datumOf, type TokenizedAnswer } from './datum.ts';

/** The items of one training step. */
export interface Items {
  readonly data: readonly Datum[];
  /** `masked`: the share of excluded tokens, where sampler and trainer were compared. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Whether a step needs the answers' log-probabilities under its initial weights: for a comparison, or because the sampler returned none. */
export function needsForward(
  { loss }: Pick<Batch, 'loss'>,
  answers: readonly TokenizedAnswer[],
  compares: boolean,
): boolean {
  return loss !== 'cross_entropy' && (compares || answers.some(({ logprobs }) => !logprobs));
}

/**
 * A batch as items for a server. `scales`: the factor of each answer's loss. `version`: the version of the weights that the
 * step starts from; `now`: the log-probabilities of each answer's tokens under them, where they were computed.
 *
 * With `compares`, the tokens of an answer of that version are weighted by k, the ratio of the trainer's to the sampler's
 * probability (`mismatch`), and the server receives the trainer's log-probabilities, since IcePop's ratio compares the trainer
 * with itself: with the sampler's, the ratio would count k twice. For every other answer the server receives the sampler's
 * log-probabilities, and its own ratio corrects for the difference.
 */
export function itemsOf(
  batch: Batch,
  answers: readonly TokenizedAnswer[],
  scales: readonly number[],
  version: number,
  now: readonly (readonly number[])[] | undefined,
  compares: boolean,
): Items {
  let out = 0;
  let compared = 0;
  const data = answers.map((each, i) => {
    const { tokens, sample, logprobs } = each;
    const factor = sample.advantage * scales[i]!;
    if (batch.loss === 'cross_entropy') return datumOf(each, { weights: tokens.map(() => factor) });
    const own = now?.[i];
    if (!compares || !own || !logprobs || sample.version !== version)
      return datumOf(each, { logprobs: logprobs ?? own!, advantages: tokens.map(() => factor) });
    const mask = tokens.map(() => true);
    const { weights, masked } = mismatch(own, logprobs, mask);
    out += masked * tokens.length;
    compared += tokens.length;
    return datumOf(each, { logprobs: own, advantages: weights.map((weight) => factor * weight) });
  });
  return { data, metrics: compared > 0 ? { masked: out / compared } : {} };
}
