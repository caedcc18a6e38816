import type { Batch } from '../batch.ts';
import { mismatch } from '../objectives/mismatch.ts';
import { type Datum, datumOf, type TokenizedAnswer } from './datum.ts';

/** What one step is made of. */
export interface Items {
  readonly data: readonly Datum[];
  /** `masked`: the share of tokens left out, where sampler and trainer were compared. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Whether a step needs the log-probabilities of the answers under the weights it starts from: to compare, or because the sampler did not tell its own. */
export function mustLook(
  { loss }: Pick<Batch, 'loss'>,
  answers: readonly TokenizedAnswer[],
  compares: boolean,
): boolean {
  return loss !== 'cross_entropy' && (compares || answers.some(({ logprobs }) => !logprobs));
}

/**
 * The items that a batch is to a server. `scales`: the factor of each answer's loss. `version`: that of the weights the
 * step starts from; `now`: the log-probabilities of each answer's tokens under them, where they were computed.
 *
 * With `compares`, an answer of that version has k, the ratio of the trainer's to the sampler's probability, as a weight
 * (`mismatch`). The server is then given the trainer's own log-probabilities, as IcePop's ratio is that of the trainer to
 * itself: given the sampler's, its ratio would be k once more. Every other answer has the sampler's, and the server's
 * ratio corrects for the difference by itself.
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
