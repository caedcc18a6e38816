import { embed } from 'ai';
import { expected } from '../search/errors.ts';
import type { Answer, Message, Model } from '../search/model.ts';
import { encodeVector } from '../search/vector.ts';
import { clientOf, type Environment } from './client.ts';
import { failure } from './fault.ts';
import { costOf, free, priceOf, quoteOf } from './prices.ts';
import { joinLimiter } from './rate-limiter.ts';
import { RequestMonitor } from './request-monitor.ts';
import type { Spec } from './spec.ts';
import { credible } from './usage.ts';
import { worded } from './worded.ts';

/**
 * A model behind HTTP that answers with the embedding of the last message, as the text of a vector
 * (`core/search/vector.ts`): so its calls are paid and recorded like any other.
 * @throws ConfigError for a provider without embeddings, and for a key that is missing.
 */
export async function embeddingModel(spec: Spec, env: Environment): Promise<Model> {
  const client = await clientOf(spec, env);
  const { embedding } = client;
  if (!embedding) throw expected('a provider that has embeddings', spec.name);
  const price = priceOf(spec) ?? free;
  const place = joinLimiter(`${client.url} ${client.key ?? ''}`, spec);
  const quote = (messages: readonly Message[]) => quoteOf(messages.slice(-1), 0, price);
  return {
    name: spec.name,
    quote,
    slot: (signal) => place.slot(signal),
    waits: () => place.waits(),
    async ask(messages, signal): Promise<Answer> {
      signal.throwIfAborted();
      using watch = new RequestMonitor(signal, spec);
      try {
        const value = messages.at(-1)!.text;
        const model = embedding(watch.fetch);
        const { embedding: numbers, usage } = await embed({
          model,
          value,
          maxRetries: 0,
          abortSignal: watch.signal,
        });
        const input = usage.tokens;
        const said = Number.isFinite(input) && !watch.told.miscounted;
        const usage0 = said ? { input, cached: 0, output: 0, reasoning: 0 } : undefined;
        const counted = usage0 && credible(usage0, quote(messages), '');
        const cost = counted ? costOf(counted, price) : quote(messages);
        return { text: encodeVector(numbers), ended: 'stop', ...(counted ? { usage: counted } : {}), cost };
      } catch (error) {
        signal.throwIfAborted();
        const { billed, ...fault } = failure(error, watch);
        if (fault.kind === 'busy') place.pause(fault.retryAfter ?? 0);
        return worded({ ...fault, cost: billed ? quote(messages) : { tokens: 0, dollars: 0 } }, client, spec);
      }
    },
    async [Symbol.asyncDispose]() {
      place[Symbol.dispose]();
    },
  };
}
