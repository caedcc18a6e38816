import type { Leased, TrainingQueue, Weights } from '../../journal/training-queue.ts';
import { JournalError } from '../../search/errors.ts';
import type { Event, Trained } from '../../search/event.ts';
import type { Batch } from '../batch.ts';
import { isHeldOut } from '../external-training.ts';
import { batchOf, type RecipeName } from '../recipes.ts';
import { openRecorder, type Record, type Recorded } from '../recorded.ts';
import type { Trainer } from './trainer.ts';

/** How answers become batches of one model. */
export interface TrainingConfig {
  /** SPEC of the base model. */
  readonly model: string;
  readonly objective: RecipeName;
  /** Minimum number of answers of a batch. */
  readonly every: number;
}

/** New weights and their training. */
export interface TrainedVersion {
  readonly weights: Weights;
  readonly from: number;
  /** Answers of the batch. */
  readonly rollouts: number;
  readonly milliseconds: number;
}

/** Trains weights on a run's journal, batch by batch: leases a batch from the queue, trains on it, and marks it completed. */
export class Training {
  readonly #news: () => AsyncIterable<Event>;
  readonly #recorder = openRecorder();
  readonly #queue: TrainingQueue;
  readonly #trainer: Trainer;
  readonly #config: TrainingConfig;
  /** Versions that the search refused, also those whose event is not on disk yet. */
  readonly #refused = new Set<number>();

  /** `news`: on each call, the events of the journal since the last call, at first all of them. */
  constructor(
    news: () => AsyncIterable<Event>,
    queue: TrainingQueue,
    trainer: Trainer,
    config: TrainingConfig,
  ) {
    this.#news = news;
    this.#queue = queue;
    this.#trainer = trainer;
    this.#config = config;
  }

  /**
   * Trains on the next batch, a leased one first; undefined where there are too few answers. Training starts from the
   * newest weights that were not refused.
   * @throws JournalError, ModelError; `signal.reason` when aborted, in which case the batch stays leased.
   */
  async next(signal: AbortSignal): Promise<TrainedVersion | undefined> {
    for (;;) {
      const record = await this.#record();
      const taken = this.#queue.open ?? (await this.#take(record));
      if (!taken) return undefined;
      const batch = await this.#batch(taken, record);
      if (batch.samples.length > 0) return this.#train(batch, taken, signal);
      await this.#queue.finish({ version: taken.version, milliseconds: 0 });
    }
  }

  /**
   * Trains on a batch that is not made of the answers of trials; a file beside the queue keeps it until it is completed.
   * @throws JournalError while another batch is leased.
   */
  async learn(batch: Omit<Batch, 'version'>, file: string, signal: AbortSignal): Promise<TrainedVersion> {
    const version = this.#queue.next;
    await this.#queue.keep(file, JSON.stringify({ ...batch, version }));
    const { decisions } = await this.#record();
    const keys = batch.samples.map(({ key }) => key);
    const taken = { version, objective: batch.objective, from: this.start(decisions), keys, file };
    await this.#queue.take(taken);
    return this.#train({ ...batch, version }, taken, signal);
  }

  /** No training starts from this version any more. */
  refuse(version: number): void {
    this.#refused.add(version);
  }

  /** The version from which the next one starts: the newest that was not refused. */
  start(decisions: readonly Pick<Trained, 'version' | 'promoted'>[]): number {
    const refused = new Set(this.#refused);
    for (const { promoted, version } of decisions) if (!promoted) refused.add(version);
    const from = this.#queue.done.findLast(({ version, weights }) => weights && !refused.has(version));
    return from?.version ?? 0;
  }

  /** The leased batch. */
  get open(): Leased | undefined {
    return this.#queue.open;
  }

  /** Whether a batch with this file was ever leased. */
  took(file: string): boolean {
    return [this.#queue.open, ...this.#queue.done].some((each) => each?.file === file);
  }

  /** The newest weights. */
  get newest(): TrainedVersion | undefined {
    const done = this.#queue.done.findLast(({ weights }) => weights);
    if (!done) return undefined;
    const { weights, from, keys, milliseconds } = done;
    return { weights: weights!, from, rollouts: keys.length, milliseconds };
  }

  /** The weights of a version; undefined for the base model. */
  weightsOf(version: number): Weights | undefined {
    return this.#queue.done.find((each) => each.version === version)?.weights;
  }

  /** The record of the journal so far, without the answers of completed batches. */
  async #record(): Promise<Record> {
    for await (const event of this.#news()) this.#recorder.observe(event);
    const open = new Set(this.#queue.open?.keys);
    this.#recorder.keep(({ key, trial }) => open.has(key) || !(isHeldOut(trial) || this.#queue.has(key)));
    return this.#recorder.record;
  }

  async #take(record: Record): Promise<Leased | undefined> {
    const versions = this.#versions(record);
    const fresh = record.answers.filter((each) => this.#wanted(each, versions));
    if (fresh.length < this.#config.every) return undefined;
    const taken = {
      version: this.#queue.next,
      objective: this.#config.objective,
      from: this.start(record.decisions),
      keys: fresh.map(({ key }) => key),
    };
    await this.#queue.take(taken);
    return taken;
  }

  async #train(batch: Batch, { version, from, keys }: Leased, signal: AbortSignal): Promise<TrainedVersion> {
    const start = performance.now();
    const weights = await this.#trainer.train(batch, this.weightsOf(from), signal);
    const milliseconds = Math.round(performance.now() - start);
    await this.#queue.finish({ version, weights, milliseconds });
    return { weights, from, rollouts: keys.length, milliseconds };
  }

  async #batch({ version, keys, objective, file }: Leased, record: Record): Promise<Batch> {
    if (file !== undefined) return JSON.parse(await this.#queue.kept(file));
    const wanted = new Set(keys);
    const answers = record.answers.filter(({ key }) => wanted.has(key));
    if (answers.length !== keys.length)
      throw new JournalError(
        `Expected the ${keys.length} answers of batch ${version} in the journal, got ${answers.length}`,
      );
    return batchOf(answers, version, objective as RecipeName, this.#versions(record));
  }

  #wanted({ key, trial, model }: Recorded, versions: ReadonlyMap<string, number>): boolean {
    return versions.has(model) && !isHeldOut(trial) && !this.#queue.has(key);
  }

  #versions({ decisions }: Record): ReadonlyMap<string, number> {
    const { model } = this.#config;
    return new Map([[model, 0], ...decisions.map((each) => [each.model!, each.version] as const)]);
  }
}
