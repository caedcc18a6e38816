import { expected } from '../../search/errors.ts';

/** A trainer's SPEC with its defaults filled in. */
export type TrainerSpec = TinkerTrainer | CommandTrainer;

/** The server that also serves the model. */
export interface TinkerTrainer {
  readonly kind: 'tinker';
  /** Rank of the adapter. */
  readonly rank: number;
  /** Learning rate. */
  readonly rate: number;
  /** Whether tokens are excluded whose probability differs too much between sampler and trainer. */
  readonly mismatch: 'on' | 'off';
}

/** A command that writes adapters, which are loaded into the server of the model. */
export interface CommandTrainer {
  readonly kind: 'vllm';
  readonly command: string;
}

const above = (text: string, name: string, whole: boolean): number => {
  const value = Number(text);
  if (!(value > 0 && value < Infinity) || (whole && !Number.isInteger(value)))
    throw expected(`\`${name}\` of --trainer to be ${whole ? 'a whole number' : 'a number'} above 0`, text);
  return value;
};

/** Reads a SPEC such as `tinker#rank=32,rate=4e-5` or `vllm:COMMAND`. @throws ConfigError */
export function parseTrainer(text: string): TrainerSpec {
  if (text.startsWith('vllm:')) {
    const command = text.slice('vllm:'.length).trim();
    if (command === '') throw expected('`vllm:` to be followed by the command that trains', text);
    return { kind: 'vllm', command };
  }
  const [kind, tail] = text.split('#', 2);
  if (kind !== 'tinker') throw expected('--trainer to be tinker or vllm:COMMAND', text);
  let spec: TinkerTrainer = { kind, rank: 32, rate: 4e-5, mismatch: 'on' };
  for (const part of tail?.split(',') ?? []) {
    const [key = '', value = ''] = part.split('=', 2).map((each) => each.trim());
    if (key === 'rank') spec = { ...spec, rank: above(value, key, true) };
    else if (key === 'rate') spec = { ...spec, rate: above(value, key, false) };
    else if (key === 'mismatch' && (value === 'on' || value === 'off')) spec = { ...spec, mismatch: value };
    else throw expected('`tinker#` to be followed by rank=N, rate=X or mismatch=on|off', part, text);
  }
  return spec;
}
