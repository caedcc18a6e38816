import { expected } from '../search/errors.ts';
import type { Model } from '../search/model.ts';
import type { Environment } from './client.ts';
import { guarded, keysIn } from './keys.ts';
import { free, priceOf, quoteOf } from './prices.ts';
import { parseSpec, type Spec } from './spec.ts';

/**
 * Opens the model that a SPEC names; its client is loaded only now.
 * @param parked file for answers that are sampled in pieces, if they are to survive a kill.
 * @throws ConfigError for an invalid SPEC, and for a missing key or package.
 */
export async function openModel(text: string, env: Environment, parked?: string): Promise<Model> {
  return guarded(await opened(parseSpec(text), env, parked), keysIn(env));
}

async function opened(spec: Spec, env: Environment, parked?: string): Promise<Model> {
  switch (spec.kind) {
    case 'exec':
      return (await import('./exec.ts')).execModel(spec);
    case 'manual':
      return (await import('./manual.ts')).manualModel(spec);
    case 'gguf':
      return (await import('./gguf.ts')).ggufModel(spec);
    case 'tinker':
      return (await import('./tinker/model.ts')).tinkerModel(spec, env, parked);
    default:
      return (await import('./http.ts')).httpModel(spec, env);
  }
}

/** Opens a model that answers with embeddings. @throws ConfigError */
export async function openEmbedder(text: string, env: Environment): Promise<Model> {
  const spec = parseSpec(text);
  if (['exec', 'manual', 'gguf', 'tinker'].includes(spec.kind)) {
    throw expected('`embeddingModel` to be a model behind HTTP', text);
  }
  return guarded(await (await import('./embedding.ts')).embeddingModel(spec, env), keysIn(env));
}

/** Whether the price of a model is known, as a budget in dollars needs. @throws ConfigError */
export function isPriced(text: string): boolean {
  return priceOf(parseSpec(text)) !== undefined;
}

/** The quote of its calls, without opening it. @throws ConfigError */
export function quotesOf(text: string): Model['quote'] {
  const spec = parseSpec(text);
  const price = priceOf(spec) ?? free;
  return (messages) => quoteOf(messages, spec.tokens, price);
}
