import type { Environment } from '../../models/client.ts';
import { parseSpec } from '../../models/spec.ts';
import { expected } from '../../search/errors.ts';
import { parseTrainer } from './spec.ts';
import type { Trainer } from './trainer.ts';

/** The kind of model that each trainer can train. */
const trainable = { tinker: 'tinker', vllm: 'compatible' } as const;

/** The model that a trainer trains. @throws ConfigError unless it is exactly one of them. */
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
 * Opens the trainer of a SPEC for a model; `dir` is the run's folder of checkpoints.
 * @throws ConfigError for a SPEC that cannot be read, and for a missing key or package.
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
