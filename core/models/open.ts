import type { Model } from '../model.ts';
import { priceOf, quoteOf } from './prices.ts';
import type { Environment } from './provider.ts';
import { parseSpec } from './spec.ts';

/** Opens the model that a spec names. @throws ConfigError for a spec, a key or a package that is missing. */
export async function openModel(text: string, env: Environment): Promise<Model> {
  const spec = parseSpec(text);
  const { kind, name, manner } = spec;
  switch (kind) {
    case 'exec':
      return (await import('./exec.ts')).execModel({ name: text, command: name, ...manner });
    case 'manual':
      return (await import('./manual.ts')).manualModel({ name: text, dir: name, ...manner });
    case 'gguf':
      return (await import('./gguf.ts')).ggufModel({ name: text, file: name, ...manner });
    default:
      return (await import('./http.ts')).httpModel(spec, env);
  }
}

/** Whether it is known what a model costs. @throws ConfigError */
export function priced(text: string): boolean {
  return priceOf(parseSpec(text)) !== undefined;
}

/** What a call to the model would be quoted at, without opening it. @throws ConfigError */
export function quoteOfSpec(text: string): Model['quote'] {
  const spec = parseSpec(text);
  const price = priceOf(spec);
  return (messages) => quoteOf(messages, spec.manner.tokens, price);
}
