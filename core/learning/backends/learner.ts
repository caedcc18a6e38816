import { createHash } from 'node:crypto';
import type { Checkpoints } from '../../journal/checkpoints.ts';
import { JournalError } from '../../search/errors.ts';
import type { Trained } from '../../search/event.ts';
import type { Settings } from '../../search/settings.ts';
import type { Grammar } from '../policy/grammar.ts';
import type { Policy } from '../policy/policy.ts';
import type { Method } from '../policy/policy-kind.ts';
import type { PolicyTrainer } from '../policy-trainer.ts';
import { policyKinds } from './policy-kinds.ts';
import { Thread } from './thread.ts';

/** The policy that the settings name, trained in its own thread. `learning` must not be `off`. */
export function openPolicy(grammar: Grammar, settings: Settings, checkpoints = inMemory()): PolicyTrainer {
  const name = settings.learning as keyof typeof policyKinds;
  const kind = policyKinds[name];
  const thread = new Thread();
  const method: Omit<Method, 'resetMomentum'> = {
    rate: settings['learning.rate'],
    divergence: settings['learning.divergence'],
    shuffled: settings['research.learningSignal'] === 'shuffled',
    seed: settings.seed,
  };
  const pathOf = (version: number): string => `checkpoints/${name}-${version}.json`;
  const textOf = (trained: Trained | undefined): string | undefined => trained && kept(trained, checkpoints);
  let latest: { readonly trained: Trained | undefined; readonly policy: Policy } | undefined;
  return {
    policy: name,
    at(trained) {
      if (latest?.trained !== trained || !latest) {
        const policy = kind.policy(grammar, textOf(trained), trained?.version ?? 0, settings.seed);
        latest = { trained, policy };
      }
      return latest.policy;
    },
    async train({ version, groups, before }, from, signal) {
      const job = {
        kind: name,
        grammar: grammar.productions,
        text: textOf(from),
        groups,
        earlier: before,
        // After a refused training the same momentum would lead to the same weights.
        method: { ...method, resetMomentum: version > (from?.version ?? 0) + 1 },
      };
      const { text, ...result } = await thread.train(job, signal);
      const path = pathOf(version);
      // The weights in use are kept through any number of refused trainings, and the previous ones for a truncated journal.
      const keep = from ? [pathOf(from.version), pathOf(from.from)] : [];
      await checkpoints.write(path, text, keep);
      const rollouts = groups.reduce((sum, { sampled }) => sum + sampled.rollouts.length, 0);
      const checkpoint = { path, sha256: sha256(text) };
      return { policy: name, version, from: from?.version ?? 0, rollouts, ...result, checkpoint };
    },
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}

/** @throws JournalError for a missing or changed checkpoint. */
function kept({ checkpoint }: Trained, checkpoints: Checkpoints): string {
  if (!('path' in checkpoint)) {
    throw new JournalError(`Expected weights in a file of the run, got ${checkpoint.remote} elsewhere`);
  }
  const { path } = checkpoint;
  const text = checkpoints.read(path);
  if (text === undefined) throw new JournalError(`Expected ${path} in the run directory, got no such file`);
  if (sha256(text) !== checkpoint.sha256) {
    throw new JournalError(
      `Expected ${path} as it was written (${checkpoint.sha256.slice(0, 8)}), got it changed`,
    );
  }
  return text;
}

/** Checkpoints of a search without a run directory. */
function inMemory(): Checkpoints {
  const texts = new Map<string, string>();
  return {
    write: async (path, text, keep) => {
      texts.set(path, text);
      const old = [...texts.keys()].slice(0, -newest);
      for (const each of old) if (!keep.includes(each)) texts.delete(each);
    },
    read: (path) => texts.get(path),
  };
}

/** Number of kept checkpoints: a search continues from the latest or, after a power cut, from one of the last. */
export const newest = 8;

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
