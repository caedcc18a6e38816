import type { Environment } from '../../models/client.ts';
import { parseSpec } from '../../models/spec.ts';
import { expected } from '../../search/errors.ts';
import { parseTrainer } from './spec.ts';
import type { Trainer } from './trainer.ts';

/** The kinds of models that the trainer of a SPEC can train. */
const trainable = { tinker: 'tinker', vllm: 'compatible' } as const;

/** Which of the models a trainer trains. @throws ConfigError where that is not one of them alone. */
export function trainedBy(trainer: string, models: readonly string[]): string {
  const { kind } = parseTrainer(trainer);
  const found = models.filter((model) => parseSpec(model).kind === trainable[kind]);
  const [model] = found;
  if (model === undefined || found.length > 1)
    throw expected(
      `one --model ${trainable[kind]}:... for --trainer ${kind}`,
      models.join(', ') || 'no model',
    );
  return model;
}

/**
 * Opens the trainer of a SPEC for a model; `dir` is where a run keeps what it learns.
 * @throws ConfigError for a SPEC that cannot be read, and for what is missing.
 */
export async function openTrainer(
  text: string,
  model: string,
  dir: string,
  env: Environment,
): Promise<Trainer> {
  const spec = parseTrainer(text);
  if (spec.kind === 'tinker') return (await import('./tinker.ts')).tinkerTrainer(model, spec, env);
  return (await import('./vllm.ts')).vllmTrainer(model, spec, dir, env);
}
