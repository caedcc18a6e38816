import type { TrainedVersion } from '../../core/learning/trainers/training.ts';
import type { Settings } from '../../core/search/settings.ts';
import { output } from '../text/output.ts';
import { command } from '../text/shell.ts';
import { duration } from '../text/words.ts';
import { holdTraining } from './held-training.ts';
import { isWarm, type WarmBudget, warmStart } from './warm-start.ts';

/** The amount and the method of a training. */
export interface Rounds {
  readonly objective: Settings['training.objective'];
  readonly every: number;
  /** Maximum number of batches. */
  readonly most: number;
  /** The budget of an initial replay of lineages; undefined for no replay, empty for the rest of the run's budget. */
  readonly warm: WarmBudget | undefined;
}

/**
 * Trains on a run's journal until too few answers are left, and reports each batch. Stops at the first Ctrl-C with exit
 * status 130; the next call continues with the batch in training.
 * @throws ConfigError, JournalError, ModelError
 */
export async function train(
  dir: string,
  trainer: string,
  models: readonly string[],
  { objective, every, most, warm }: Rounds,
  json: boolean,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Error('interrupted'));
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const settings = { 'training.every': every, 'training.objective': objective };
  let [rounds, versions] = [0, 0];
  try {
    await using held = await holdTraining(dir, trainer, models, settings);
    const show = (made: TrainedVersion | undefined): void => {
      if (!made) return;
      versions++;
      output.write(`${json ? JSON.stringify(lineOf(made)) : described(made)}\n`);
    };
    const { open } = held.training;
    // A batch that an earlier call left is trained first; it is not one of the rounds unless it is the replay's.
    if (warm && open) {
      show(await held.training.next(stop.signal));
    }
    if (warm) {
      const say = (text: string): void => void process.stderr.write(`atoll: ${text}\n`);
      if (!open || !isWarm(open)) {
        show(await warmStart(held, dir, objective, warm, say, stop.signal));
      }
      rounds++;
    }
    for (; rounds < most; rounds++) {
      const made = await held.training.next(stop.signal);
      if (!made) break;
      show(made);
    }
    if (!json) output.write(`${ended(versions, every, dir)}\n`);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    process.stderr.write('atoll: interrupted; the next call continues with the batch in training\n');
    process.exitCode = 130;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function lineOf({ weights, from, rollouts, milliseconds }: TrainedVersion): object {
  const { version, sampler, metrics } = weights;
  return { type: 'version', version, from, rollouts, metrics, weights: sampler, milliseconds };
}

function described({ weights, from, rollouts, milliseconds }: TrainedVersion): string {
  const { version, metrics, sampler } = weights;
  const measured = Object.entries(metrics).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
  const facts = [`${rollouts} answers`, ...measured, duration(milliseconds)];
  return `version ${version} from ${from}: ${facts.join(', ')}, ${sampler}`;
}

function ended(versions: number, every: number, dir: string): string {
  return versions === 0
    ? `nothing to train on: fewer than ${every} new answers of the model`
    : `to measure the newest version, which gets its arms if it is no worse: ${command('resume', dir, '--trainer')} SPEC`;
}
