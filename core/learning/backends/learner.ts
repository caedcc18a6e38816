import { createHash } from 'node:crypto';
import type { Settings } from '../../config.ts';
import { JournalError } from '../../errors.ts';
import type { Trained } from '../../event.ts';
import type { Problem } from '../../problem.ts';
import type { Checkpoints, Learner } from '../learner.ts';
import { grammarFor } from '../policy/names.ts';
import type { Policy } from '../policy/policy.ts';
import { blankTable, sampler, type Table } from '../policy/table.ts';
import { type Moments, teachTable } from '../policy/teach.ts';

/** The learner that settings ask for; undefined for none. */
export function openLearner(
  problem: Problem,
  settings: Settings,
  checkpoints: Checkpoints = inMemory(),
): Learner | undefined {
  if (settings.learning === 'off') return undefined;
  const grammar = grammarFor(problem);
  const blank = blankTable(grammar);
  const size = blank.weights.length;
  const name = 'table';
  const load = (trained: Trained | undefined): { table: Table; moments: Moments } => {
    if (!trained) {
      return {
        table: blank,
        moments: { first: new Float32Array(size), second: new Float32Array(size), steps: 0 },
      };
    }
    const { checkpoint } = trained;
    if (!('path' in checkpoint)) throw new JournalError('remote');
    const text = checkpoints.read(checkpoint.path);
    if (text === undefined || sha256(text) !== checkpoint.sha256)
      throw new JournalError(
        `Expected ${checkpoint.path} to be as it was written, got ${text === undefined ? 'none' : 'another'}`,
      );
    const { weights, first, second, steps } = JSON.parse(text);
    return {
      table: { grammar, weights: floats(weights) },
      moments: { first: floats(first), second: floats(second), steps },
    };
  };
  let latest: { trained: Trained | undefined; policy: Policy } | undefined;
  return {
    policy: name,
    at(trained) {
      if (!latest || latest.trained !== trained) {
        const { table } = load(trained);
        latest = {
          trained,
          policy: {
            name,
            version: trained?.version ?? 0,
            grammar,
            sampler: (random) => sampler(table, random),
          },
        };
      }
      return latest.policy;
    },
    async train(lesson, from) {
      const { table, moments } = load(from);
      const method = {
        rate: settings['learning.rate'],
        divergence: settings['learning.divergence'],
        shuffled: settings['learning.from'] === 'shuffled',
        seed: settings.seed,
      };
      const taught = teachTable(table, moments, lesson.groups, lesson.before, method);
      const path = `checkpoints/${name}-${lesson.version}.json`;
      const text = JSON.stringify({
        weights: base64(taught.table.weights),
        first: base64(taught.moments.first),
        second: base64(taught.moments.second),
        steps: taught.moments.steps,
      });
      await checkpoints.write(path, text);
      return {
        policy: name,
        version: lesson.version,
        from: from?.version ?? 0,
        rollouts: lesson.groups.reduce((sum, { sampled }) => sum + sampled.rollouts.length, 0),
        metrics: taught.metrics,
        heldOut: taught.heldOut,
        promoted: taught.promoted,
        checkpoint: { path, sha256: sha256(text) },
      };
    },
    async [Symbol.asyncDispose]() {},
  };
}

function inMemory(): Checkpoints {
  const files = new Map<string, string>();
  return {
    write: async (name, text) => void files.set(name, text),
    read: (name) => files.get(name),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function base64({ buffer, byteOffset, byteLength }: Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function floats(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
