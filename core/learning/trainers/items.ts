import type { Batch } from '../batch.ts';
import { mismatch } from '../objectives/mismatch.ts';
import { type Datum, datumOf, scalesOf, type Told } from './datum.ts';

/** What one step is made of. */
export interface Items {
  readonly data: readonly Datum[];
  /** `masked`: share of tokens left out, where that was looked at. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Whether a step needs to know what the model as it is makes of the answers: to compare, or as there is nothing else. */
export function mustLook({ loss }: Pick<Batch, 'loss'>, told: readonly Told[], compares: boolean): boolean {
  return loss !== 'cross_entropy' && (compares || told.some(({ logprobs }) => !logprobs));
}

/**
 * The items that a batch is to a server. `now`: log-probabilities of each answer's tokens under the weights of that
 * version, where they were looked at. With `compares`, tokens of that very version on which sampler and trainer
 * disagree weigh nothing (`mismatch`).
 */
export function itemsOf(
  batch: Batch,
  told: readonly Told[],
  version: number,
  now: readonly (readonly number[])[] | undefined,
  compares: boolean,
): Items {
  const scales = scalesOf(batch, told);
  let out = 0;
  let compared = 0;
  const data = told.map((each, i) => {
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
    return datumOf(each, { logprobs, advantages: weights.map((weight) => factor * weight) });
  });
  return { data, metrics: compared > 0 ? { masked: out / compared } : {} };
}
