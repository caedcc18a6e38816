import { changesBetween } from '../../core/text/line-diff.ts';

/** A line of two texts laid side by side: in both, only in the old one, or only in the new one. */
export interface Difference {
  readonly kind: 'same' | 'removed' | 'added';
  readonly line: string;
}

/**
 * What changed from one text to another, line by line: as few lines added and removed as can be (Myers 1986), what is
 * removed before what is added. Texts more than 2,000 edits apart count as one replaced middle part.
 */
export function difference(before: string, after: string): Difference[] {
  const [old, young] = [linesOf(before), linesOf(after)];
  const all: Difference[] = [];
  const tell = (kind: Difference['kind'], lines: readonly string[]): void => {
    for (const line of lines) all.push({ kind, line });
  };
  let done = 0;
  for (const { from, to, start, end } of changesBetween(old, young)) {
    tell('same', old.slice(done, from));
    tell('removed', old.slice(from, to));
    tell('added', young.slice(start, end));
    done = to;
  }
  tell('same', old.slice(done));
  return all;
}

/** A part of a difference that holds changes, with what is around them. */
export interface Hunk {
  /** Number of its first line in the new text, from 1. */
  readonly first: number;
  readonly lines: readonly Difference[];
}

/** The parts around what changed, each with up to `around` lines that did not on either side. */
export function hunks(all: readonly Difference[], around: number): Hunk[] {
  const found: { first: number; lines: Difference[] }[] = [];
  let number = 1;
  let until = -1;
  const numbers = all.map(({ kind }) => (kind === 'removed' ? number : number++));
  for (const [i, { kind }] of all.entries()) {
    if (kind === 'same') continue;
    const from = Math.max(0, i - around);
    const to = Math.min(all.length, i + around + 1);
    if (from > until) found.push({ first: numbers[from]!, lines: all.slice(from, to) });
    else found.at(-1)!.lines.push(...all.slice(until, to));
    until = Math.max(until, to);
  }
  return found;
}

/** The items of a list that another has in common with it, in the same order: their places, rising. */
export function common(old: readonly string[], young: readonly string[]): number[] {
  const changed = changesBetween(old, young);
  return Array.from(old.keys()).filter(
    (place) => !changed.some(({ from, to }) => from <= place && place < to),
  );
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
