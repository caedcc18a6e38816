import type { Language } from '../../models/tinker/language.ts';
import type { Batch, Sample } from '../batch.ts';

/** An answer as tokens: the prompt, the sampled tokens, and their log-probabilities where they are known. */
export interface TokenizedAnswer {
  readonly sample: Sample;
  readonly prompt: readonly number[];
  readonly tokens: readonly number[];
  /** The sampler's, one for each of `tokens`. */
  readonly logprobs?: readonly number[];
}

/** The tokens of an answer: the sampled ones, or the encoded text of another model. */
export function tokenize(sample: Sample, language: Language): TokenizedAnswer {
  const prompt = language.encode(sample.messages);
  if (sample.drawn) return { sample, prompt, ...sample.drawn };
  return { sample, prompt, tokens: [...language.tokenizer.encode(sample.text), ...language.stop] };
}

/** The factor of each answer's loss; `most`: the maximum number of tokens of an answer. */
export function scalesOf(
  { per }: Pick<Batch, 'per'>,
  answers: readonly TokenizedAnswer[],
  most: number,
): number[] {
  const all = answers.reduce((sum, { tokens }) => sum + tokens.length, 0);
  const count = answers.length;
  const scales = {
    token: () => 1 / all,
    answer: ({ tokens }: TokenizedAnswer) => 1 / (count * tokens.length),
    limit: () => 1 / (count * most),
  };
  return answers.map(scales[per]);
}

type Tensor = {
  readonly data: readonly number[];
  readonly dtype: 'int64' | 'float32';
  readonly shape: readonly [number];
};

/** An item of `forward_backward`: position i of the input predicts token i + 1 of prompt and answer together. */
export interface Datum {
  readonly model_input: {
    readonly chunks: readonly [{ readonly type: 'encoded_text'; readonly tokens: readonly number[] }];
  };
  readonly loss_fn_inputs: Readonly<Record<string, Tensor>>;
}

/** An answer as an item, with named lists that have an element for each of its tokens and are 0 over the prompt. */
export function datumOf(
  { prompt, tokens }: TokenizedAnswer,
  lists: Readonly<Record<string, readonly number[]>>,
): Datum {
  const whole = [...prompt, ...tokens];
  const over = whole.length - 1 - tokens.length;
  const float = (list: readonly number[]): Tensor => ({
    data: [...Array.from({ length: over }, () => 0), ...list],
    dtype: 'float32',
    shape: [over + list.length],
  });
  const targets = whole.slice(1);
  return {
    model_input: { chunks: [{ type: 'encoded_text', tokens: whole.slice(0, -1) }] },
    loss_fn_inputs: {
      target_tokens: { data: targets, dtype: 'int64', shape: [targets.length] },
      ...Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, float(list)])),
    },
  };
}
