import { expected } from '../../search/errors.ts';
import type { Message } from '../../search/model.ts';
import type { Spec } from '../spec.ts';
import { chats } from './chat.ts';
import { openTokenizer, type Tokenizer } from './tokenizer.ts';

/** The tokenizer and chat format of a SPEC's model. @throws ConfigError */
export async function languageOf(spec: Spec): Promise<Language> {
  if (spec.tokenizer === undefined)
    throw expected('`tinker:` to be followed by #tokenizer=FILE (docs/training.md)', spec.name);
  const tokenizer = await openTokenizer(spec.tokenizer);
  const { text, stop } = chats[spec.chat ?? 'chatml'];
  const end = tokenizer.encode(stop);
  return {
    tokenizer,
    stop: end,
    // A server takes each number as a token that ends an answer.
    stopAt: end.length === 1 ? end : [stop],
    encode: (messages) => tokenizer.encode(text(messages)),
  };
}

/** A model's tokens. */
export interface Language {
  readonly tokenizer: Tokenizer;
  /** The tokens that end an answer. */
  readonly stop: readonly number[];
  /** The same in the form of the API. */
  readonly stopAt: readonly number[] | readonly string[];
  /** The prompt of a conversation. */
  encode(messages: readonly Message[]): number[];
}
