import { JournalError } from '../../errors.ts';
import type { Event } from '../../event.ts';
import type { Queue } from '../../journal/queue.ts';
import type { Trainer } from '../../roles.ts';
import type { Weights } from '../batch.ts';
import { batchOf } from '../lesson.ts';
import { isHeldOut } from '../outside.ts';
import type { RecipeName } from '../recipes.ts';
import { type Record, type Recorded, recordedIn } from '../recorded.ts';

/** How answers become batches. */
export interface Manner {
  /** SPEC of the model that is trained, as it was. */
  readonly model: string;
  readonly objective: RecipeName;
  /** Fewest answers of a batch. */
  readonly every: number;
}

/** Weights that were made, and from what. */
export interface Made {
  readonly weights: Weights;
  readonly from: number;
  /** Answers of the batch. */
  readonly rollouts: number;
  readonly milliseconds: number;
}

/** From a run's journal to weights, batch by batch: what is handed out, trained and taken back. */
export class Training {
  readonly #read: () => AsyncIterable<Event>;
  readonly #queue: Queue;
  readonly #trainer: Trainer;
  readonly #manner: Manner;

  constructor(read: () => AsyncIterable<Event>, queue: Queue, trainer: Trainer, manner: Manner) {
    this.#read = read;
    this.#queue = queue;
    this.#trainer = trainer;
    this.#manner = manner;
  }

  /**
   * Trains the next batch, one that did not come back first; undefined where there are too few answers. Weights start
   * from the newest that were not found worse.
   * @throws JournalError, ModelError; `signal.reason` when aborted, the batch being kept.
   */
  async next(signal: AbortSignal): Promise<Made | undefined> {
    for (;;) {
      const record = await recordedIn(this.#read());
      const taken = this.#queue.open ?? (await this.#take(record));
      if (!taken) return undefined;
      const { version, from } = taken;
      const keys = new Set(taken.keys);
      const answers = record.answers.filter(({ key }) => keys.has(key));
      if (answers.length !== keys.size)
        throw new JournalError(
          `Expected the ${keys.size} answers of batch ${version} in the journal, got ${answers.length}`,
        );
      const batch = batchOf(answers, version, taken.objective as RecipeName, this.#versions(record));
      if (batch.samples.length === 0) {
        await this.#queue.finish({ version, milliseconds: 0 });
        continue;
      }
      const start = performance.now();
      const weights = await this.#trainer.train(batch, this.weightsOf(from), signal);
      const milliseconds = Math.round(performance.now() - start);
      await this.#queue.finish({ version, weights, milliseconds });
      return { weights, from, rollouts: answers.length, milliseconds };
    }
  }

  /** The newest weights there are. */
  get newest(): Made | undefined {
    const done = this.#queue.done.findLast(({ weights }) => weights);
    if (!done) return undefined;
    const { weights, from, keys, milliseconds } = done;
    return { weights: weights!, from, rollouts: keys.length, milliseconds };
  }

  /** The weights of a version; undefined for the base model. */
  weightsOf(version: number): Weights | undefined {
    return this.#queue.done.find((each) => each.version === version)?.weights;
  }

  async #take(record: Record) {
    const versions = this.#versions(record);
    const fresh = record.answers.filter((each) => this.#wanted(each, versions));
    if (fresh.length < this.#manner.every) return undefined;
    const refused = new Set(
      record.judgements.filter(({ promoted }) => !promoted).map(({ version }) => version),
    );
    const from = this.#queue.done.findLast(({ version, weights }) => weights && !refused.has(version));
    const taken = {
      version: this.#queue.next,
      objective: this.#manner.objective,
      from: from?.version ?? 0,
      keys: fresh.map(({ key }) => key),
    };
    await this.#queue.take(taken);
    return taken;
  }

  #wanted({ key, trial, model }: Recorded, versions: ReadonlyMap<string, number>): boolean {
    return versions.has(model) && !isHeldOut(trial) && !this.#queue.has(key);
  }

  #versions({ judgements }: Record): ReadonlyMap<string, number> {
    const { model } = this.#manner;
    return new Map([[model, 0], ...judgements.map((each) => [each.model!, each.version] as const)]);
  }
}
