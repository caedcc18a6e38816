/** What a sweep keeps: one line of JSON for each search that ended. */
import { existsSync, mkdirSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** A search to be made: by evaluations on one core, or by the clock. */
export interface Wanted {
  readonly problem: string;
  readonly strategy: string;
  readonly seed: number;
  readonly settings: Readonly<Record<string, string | number>>;
  readonly evaluations: number | null;
  readonly minutes: number | null;
  readonly workers: number;
}

/** What a program scores: on the cases of the search, on those held out, on published instances. Null: it failed there. */
export interface Scores {
  readonly score: number;
  /** Left out where no cases are held out. */
  readonly test?: number | null;
  readonly published?: Published;
}

/** On instances from a paper. */
export interface Published {
  readonly file: string;
  readonly score: number | null;
  /** Excess of the mean number of bins over the mean bound, in per cent, as FunSearch reports it. */
  readonly excessOfMeans?: number;
}

/** A search that ended. */
export interface Searched extends Wanted {
  readonly best: Scores;
  readonly baseline: Scores;
  /** Evaluations that were used. */
  readonly used: number;
  readonly because: string;
  readonly seconds: number;
  /** Processor time of all its processes; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  /** Best score of the search against evaluations, wherever it rose; thinned. */
  readonly curve: readonly (readonly [evaluations: number, score: number])[];
  /** Best program at each mark of minutes, of a search by the clock. */
  readonly marks?: readonly ({ readonly minutes: number; readonly evaluations: number } & Scores)[];
  /** The best program, of a search that could not be made again from its seed. */
  readonly program?: Readonly<Record<string, string>>;
  readonly version: string;
  readonly commit: string;
}

/** What tells one search from all others. */
export function keyOf({ problem, strategy, seed, settings, evaluations, minutes, workers }: Wanted): string {
  const by = minutes === null ? [evaluations] : [minutes, 'minutes', workers];
  return JSON.stringify([problem, strategy, seed, settings, ...by]);
}

/** All that a file holds; a last line without its end was cut short by a kill and does not count. */
export function readRecords(path: string): Searched[] {
  if (!existsSync(path)) return [];
  const text = readFileSync(path, 'utf8');
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return lines.filter(Boolean).map((line, i) => {
    try {
      return JSON.parse(line);
    } catch (error) {
      throw new Error(`Expected line ${i + 1} of ${path} to be JSON, got ${(error as Error).message}`);
    }
  });
}

/** Opens a file of JSON lines to add to; a last line without its end is cut off first. */
export function openLines(path: string): (record: object) => void {
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path)) truncateSync(path, readFileSync(path).lastIndexOf(10) + 1);
  const file = openSync(path, 'a');
  return (record) => {
    writeSync(file, `${JSON.stringify(record)}\n`);
  };
}

/** Points that a curve keeps at most. */
const points = 60;

/** A curve with no more than 60 points: of those close together on a logarithmic scale, the last. */
export function thinned(curve: Searched['curve']): Searched['curve'] {
  if (curve.length <= points) return curve;
  const last = curve.at(-1)![0];
  const bin = ([evaluations]: readonly [number, number]): number =>
    Math.floor(((points - 1) * Math.log(evaluations)) / Math.log(last));
  return curve.filter((each, i) => i + 1 === curve.length || bin(each) !== bin(curve[i + 1]!));
}
