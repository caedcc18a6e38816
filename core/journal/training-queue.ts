import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { type FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { JournalError } from '../search/errors.ts';
import { replaceFile } from './files.ts';
import { frame, linesIn, unframe } from './lines.ts';

/** Weights from a trainer. */
export interface Weights {
  readonly version: number;
  /** The trainer's name for them, from which training continues. */
  readonly state: string;
  /** Its name for them, for sampling. */
  readonly sampler: string;
  /** Its metrics, by name; finite. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** A batch for the trainer: its answers in the journal. */
export interface Leased {
  /** The version that it produces, 1, 2, 3 ... */
  readonly version: number;
  readonly objective: string;
  /** The version that training starts from; 0: the base model. */
  readonly from: number;
  /** Names of answers, `trial/step`. */
  readonly keys: readonly string[];
  /** The file beside the queue with the batch, where its answers are not in the journal. */
  readonly file?: string;
}

/** The result of a batch. */
export interface Completed {
  readonly version: number;
  /** Missing where there was nothing to learn from it. */
  readonly weights?: Weights;
  readonly milliseconds: number;
}

type Line = { readonly taken: Leased } | { readonly done: Completed };

/**
 * The queue between a search and its trainer, on disk: the journal holds the answers, this file which of them were
 * sent, and which batches are trained. An answer is in one batch only. A batch whose trainer was killed is trained
 * again first; since a trainer completes a batch or does nothing, every answer is learnt from exactly once.
 */
export class TrainingQueue implements AsyncDisposable {
  readonly #path: string;
  readonly #handed = new Set<string>();
  readonly #batches = new Map<number, Leased>();
  readonly #done = new Map<number, Completed>();
  #file: FileHandle | undefined;

  private constructor(path: string, lines: readonly Line[]) {
    this.#path = path;
    for (const line of lines) this.#fold(line);
  }

  /** Opens a new or existing queue; the caller holds its lock. @throws JournalError for a broken line. */
  static async open(path: string): Promise<TrainingQueue> {
    mkdirSync(dirname(path), { recursive: true });
    const { lines, bytes } = read(path);
    if (bytes !== undefined) await truncate(path, bytes);
    return new TrainingQueue(path, lines);
  }

  /** Whether an answer was sent. */
  has(key: string): boolean {
    return this.#handed.has(key);
  }

  /** The batch in training. */
  get open(): Leased | undefined {
    return [...this.#batches.values()].find(({ version }) => !this.#done.has(version));
  }

  /** Trained versions, in order. */
  get done(): readonly (Completed & Leased)[] {
    return Array.from(this.#done.values(), (each) => ({ ...this.#batches.get(each.version)!, ...each }));
  }

  /** The version of the next batch. */
  get next(): number {
    return this.#batches.size + 1;
  }

  /** Stores a batch beside the queue. */
  async keep(file: string, text: string): Promise<void> {
    await replaceFile(join(dirname(this.#path), file), text);
  }

  /** A stored batch. @throws JournalError where it is missing. */
  async kept(file: string): Promise<string> {
    return readFile(join(dirname(this.#path), file), 'utf8').catch((error) => {
      throw new JournalError(`Expected the batch ${file}, got ${error.message}`, { cause: error });
    });
  }

  /** Records a batch as sent; once this resolves, its answers are never sent again. */
  async take(taken: Leased): Promise<void> {
    const twice = taken.keys.find((key) => this.#handed.has(key));
    if (twice !== undefined || this.open || taken.version !== this.next)
      throw new JournalError(
        `Expected a batch of new answers after the one before, got version ${taken.version} with ${twice}`,
      );
    await this.#append({ taken });
  }

  /** Records a batch as trained. */
  async finish(done: Completed): Promise<void> {
    if (this.open?.version !== done.version)
      throw new JournalError(`Expected version ${this.open?.version} to come back, got ${done.version}`);
    await this.#append({ done });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  async #append(line: Line): Promise<void> {
    this.#file ??= await open(this.#path, 'a');
    await this.#file.appendFile(frame(JSON.stringify(line), Date.now()));
    await this.#file.datasync();
    this.#fold(line);
  }

  #fold(line: Line): void {
    if ('done' in line) {
      this.#done.set(line.done.version, line.done);
      return;
    }
    this.#batches.set(line.taken.version, line.taken);
    for (const key of line.taken.keys) this.#handed.add(key);
  }
}

/** Reads a queue's file, also while another process writes it. @throws JournalError for a broken line. */
export function readQueue(path: string): TrainingQueue['done'] {
  const batches = new Map<number, Leased>();
  return read(path).lines.flatMap((line) => {
    if ('taken' in line) batches.set(line.taken.version, line.taken);
    return 'done' in line ? [{ ...batches.get(line.done.version)!, ...line.done }] : [];
  });
}

/** Its complete lines, and their bytes if a torn one follows. */
function read(path: string): { lines: Line[]; bytes?: number } {
  if (!existsSync(path)) return { lines: [] };
  const bytes = readFileSync(path);
  const { lines: whole, rest } = linesIn(bytes);
  const lines = whole.map((line, i) => {
    const read = unframe(line);
    if ('json' in read) return JSON.parse(read.json.toString()) as Line;
    throw new JournalError(`Expected line ${i + 1} of ${path} to be whole, got ${read.broken}`);
  });
  return rest.length > 0 ? { lines, bytes: bytes.length - rest.length } : { lines };
}
