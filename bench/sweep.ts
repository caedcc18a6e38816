/** What sweeps share: searches in processes of their own, some side by side, each kept as soon as it ended. */
import { execFile } from 'node:child_process';
import { duration } from '../ui/text/words.ts';

/** Runs `program` in a process of its own, told `wanted` as JSON; what it prints is its answer. */
export function inProcess<W, R>(program: string, wanted: W): Promise<R> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...process.execArgv, program, JSON.stringify(wanted)],
      { maxBuffer: 2 ** 26 },
      (error, out, err) => {
        if (error) reject(new Error(`${error.message.slice(0, 200)} ${err.slice(-2000)}`));
        else resolve(JSON.parse(out));
      },
    );
  });
}

/** How a sweep goes about each of its searches. */
export interface Sweep<W, R> {
  /** What a search is called where it fails. */
  name(wanted: W): string;
  make(wanted: W): Promise<R>;
  keep(record: R): void;
  /** What is said of one that ended. */
  line(record: R): string | Promise<string>;
}

/** Makes all searches of a list, `jobs` at a time; one that fails is named, and the others go on. */
export async function sweep<W, R>(wanted: readonly W[], jobs: number, each: Sweep<W, R>): Promise<void> {
  const left = [...wanted];
  const start = Date.now();
  let ended = 0;
  const slot = async (): Promise<void> => {
    for (let next = left.shift(); next; next = left.shift()) {
      try {
        const record = await each.make(next);
        each.keep(record);
        ended += 1;
        const rest = duration(((Date.now() - start) / ended) * left.length);
        console.log(`${await each.line(record)}  ${left.length} left, about ${rest}`);
      } catch (error) {
        process.exitCode = 1;
        console.error(`${each.name(next)}: ${(error as Error).message}`);
      }
    }
  };
  await Promise.all(Array.from({ length: jobs }, slot));
}
