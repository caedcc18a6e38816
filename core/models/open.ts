import { expected } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Environment } from './client.ts';
import { parseSpec, type Spec } from './spec.ts';

/**
 * Opens the model that a SPEC names; what speaks to it is loaded only now.
 * @throws ConfigError for a SPEC that cannot be read, and for a key that is missing.
 */
export async function openModel(text: string, env: Environment): Promise<Model> {
  const spec = parseSpec(text);
  switch (spec.kind) {
    case 'exec':
    case 'manual':
    case 'gguf':
      return notYet(spec);
    default:
      return (await import('./http.ts')).httpModel(spec, env);
  }
}

/** Whether the price of a model, by its SPEC or name, is known, as a budget in dollars needs. @throws ConfigError */
export async function isPriced(text: string): Promise<boolean> {
  const { priceOf } = await import('./prices.ts');
  return priceOf(parseSpec(text)) !== undefined;
}

function notYet(spec: Spec): never {
  throw expected('a model behind HTTP', spec.name);
}
