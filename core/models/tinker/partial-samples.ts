import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Sampling } from '../../search/model.ts';

/** A requested piece, by the name under which the server knows it: asking again returns the same piece. */
export interface SampleInFlight {
  readonly session: string;
  readonly seq: number;
}

/** A piece of a generation, and whether it is the last. */
export interface Piece extends Sampling {
  readonly over: boolean;
}

/** The kept part of a generation. */
export interface PartialSample extends Piece {
  /** The piece requested last, if it never arrived. */
  readonly underway?: SampleInFlight;
}

const nothing: PartialSample = { tokens: [], logprobs: [], over: false };

/**
 * Generations in pieces, on disk piece by piece: one that a kill or an interruption cuts off continues where it
 * stopped, and no token of it is sampled twice. Calls are identified by trial and step.
 */
export class PartialSamples {
  readonly #file: string;
  readonly #kept = new Map<string, PartialSample>();
  #handle: number | undefined;

  /** `file` need not exist, nor its folder. A last line that was cut off is dropped. */
  constructor(file: string) {
    this.#file = file;
    if (!existsSync(file)) return;
    const lines = readFileSync(file, 'utf8').split('\n');
    const torn = lines.pop()!;
    if (torn) truncateSync(file, Buffer.byteLength(lines.map((line) => `${line}\n`).join('')));
    for (const line of lines) this.#fold(JSON.parse(line));
  }

  /** The pieces of a call so far. */
  of(call: string): PartialSample {
    return this.#kept.get(call) ?? nothing;
  }

  /** To be called before a piece is requested. */
  asks(call: string, underway: SampleInFlight): void {
    this.#write({ call, underway });
  }

  /** To be called before a piece is used. */
  got(call: string, piece: Piece): void {
    this.#write({ call, piece });
  }

  [Symbol.dispose](): void {
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
  }

  #write(line: Line): void {
    if (this.#handle === undefined) {
      mkdirSync(dirname(this.#file), { recursive: true });
      this.#handle = openSync(this.#file, 'a');
    }
    writeSync(this.#handle, `${JSON.stringify(line)}\n`);
    fsyncSync(this.#handle);
    this.#fold(line);
  }

  #fold(line: Line): void {
    const before = this.of(line.call);
    const after = 'piece' in line ? joined(before, line.piece) : { ...before, underway: line.underway };
    this.#kept.set(line.call, after);
  }
}

/** A generation with one more piece. */
export function joined({ tokens, logprobs }: Sampling, piece: Piece): Piece {
  return {
    tokens: [...tokens, ...piece.tokens],
    logprobs: [...logprobs, ...piece.logprobs],
    over: piece.over,
  };
}

type Line = { readonly call: string } & ({ readonly underway: SampleInFlight } | { readonly piece: Piece });
