import type { Arm } from './arm.ts';
import type { Scored } from './outcome.ts';

/** A program's files by path, relative and with forward slashes; the first path is the main file. */
export type Source = Readonly<Record<string, string>>;

/** `seed-1` for the first seed, `trial-17` for what trial 17 proposed; unique within a run. */
export type ProgramId = string;

/** A program that was scored and that an archive may keep. */
export interface Elite {
  readonly id: ProgramId;
  readonly source: Source;
  readonly outcome: Scored;
  /** The programs it was made from, nearest first; empty for a seed. */
  readonly parents: readonly ProgramId[];
  /** The arm that made it; `seedArm` for a seed. */
  readonly arm: Arm;
  /** Total size of its files in characters: the tie-break between equal scores, smaller first. */
  readonly size: number;
  /** Finds near-duplicates, where they are rejected. */
  readonly sketch?: string;
}

/** The main file of a program: the one that exports the entry. */
export function mainFile(source: Source): { readonly path: string; readonly text: string } {
  const [path, text] = Object.entries(source)[0]!;
  return { path, text };
}

/** The same program with another main file text. */
export function withMain(source: Source, text: string): Source {
  return { ...source, [mainFile(source).path]: text };
}

/** Size of a program in characters over all its files. */
export function sizeOf(source: Source): number {
  let size = 0;
  for (const text of Object.values(source)) size += text.length;
  return size;
}

/** Order of birth: seeds first (negative), then trials by number. */
export function age(id: ProgramId): number {
  const number = Number(id.slice(id.lastIndexOf('-') + 1));
  return isSeed(id) ? number - 1e9 : number;
}

/** Whether a program is one of the problem's own, and not what a trial proposed. */
export function isSeed(id: ProgramId): boolean {
  return id.startsWith('seed-');
}
