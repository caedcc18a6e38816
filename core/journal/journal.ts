import { type FileHandle, open, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Event } from '../search/event.ts';
import type { Journal } from '../search/journal.ts';
import { makeFolder, storageError } from './files.ts';
import { frame } from './lines.ts';
import { readJournal, segmentName, segmentsIn, wholeBytes } from './segments.ts';
import { spanOf } from './span.ts';

/** The journal of a run directory. */
export interface RunJournal extends Journal {
  /** Bytes of all segments, with everything appended so far. */
  readonly bytes: number;
  /** Resolves when the event will survive a power cut. */
  settled(): Promise<void>;
}

/** Bytes after which a new segment starts. */
const segmentLimit = 64 * 2 ** 20;

/**
 * Opens the journal of a run directory for writing; a torn last line, left by a crash, is cut off first. The caller
 * holds the directory's lock.
 * @throws JournalError for a broken journal, StorageError for one that cannot be written
 */
export async function openJournal(
  dir: string,
  options: { readonly segmentBytes?: number } = {},
): Promise<RunJournal> {
  makeFolder(dir);
  const names = segmentsIn(dir);
  const last = names.at(-1);
  if (last) await cutTo(join(dir, last), await wholeBytes(dir, last));
  const { size } = await spanOf(dir);
  const log = new SegmentLog(dir, Math.max(1, names.length), size, options.segmentBytes ?? segmentLimit);
  return {
    get bytes() {
      return log.bytes;
    },
    settled: () => log.settled(),
    read: () => readJournal(dir),
    append: (event) => log.append(event),
    [Symbol.asyncDispose]: () => log.close(),
  };
}

async function cutTo(path: string, bytes: number): Promise<void> {
  try {
    await truncate(path, bytes);
  } catch (error) {
    throw storageError(path, error);
  }
}

/** Lines that wait for one common write and sync. */
interface Batch {
  text: string[];
  readonly durable: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** The writer at the end of a journal: lines appended while a batch is written make up the next batch. */
class SegmentLog {
  /** Bytes of all segments, once the waiting lines are written. */
  bytes: number;
  readonly #dir: string;
  readonly #limit: number;
  #number: number;
  #file: FileHandle | undefined;
  #size = 0;
  #waiting: Batch | undefined;
  #writing: Promise<void> | undefined;
  #failure: unknown;

  constructor(dir: string, number: number, bytes: number, limit: number) {
    this.bytes = bytes;
    this.#dir = dir;
    this.#number = number;
    this.#limit = limit;
  }

  append(event: Event): Promise<void> {
    if (this.#failure) return Promise.reject(this.#failure);
    this.#waiting ??= newBatch();
    const line = frame(JSON.stringify(event), Date.now());
    this.#waiting.text.push(line);
    this.bytes += Buffer.byteLength(line);
    const { durable } = this.#waiting;
    this.#writing ??= this.#work();
    return durable;
  }

  async settled(): Promise<void> {
    await (this.#waiting?.durable ?? this.#writing);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#file?.close();
    this.#file = undefined;
    if (this.#failure) throw this.#failure;
  }

  async #work(): Promise<void> {
    // All lines of one tick go into one batch.
    await null;
    for (let batch = this.#waiting; batch; batch = this.#waiting) {
      this.#waiting = undefined;
      try {
        if (this.#failure) throw this.#failure;
        await this.#write(batch.text.join(''));
        batch.resolve();
      } catch (error) {
        this.#failure ??= storageError(join(this.#dir, segmentName(this.#number)), error);
        batch.reject(this.#failure);
      }
    }
    this.#writing = undefined;
  }

  async #write(text: string): Promise<void> {
    if (this.#file && this.#size >= this.#limit) {
      await this.#file.close();
      this.#file = undefined;
      this.#number += 1;
    }
    if (!this.#file) {
      this.#file = await open(join(this.#dir, segmentName(this.#number)), 'a');
      this.#size = (await this.#file.stat()).size;
    }
    const bytes = Buffer.from(text);
    await this.#file.appendFile(bytes);
    await this.#file.datasync();
    this.#size += bytes.length;
  }
}

function newBatch(): Batch {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Callers may ignore the promise; a failure also rejects every later append and the close.
  promise.catch(() => {});
  return { text: [], durable: promise, resolve, reject };
}
