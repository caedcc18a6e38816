import { linesOf } from './lines.ts';

/** A fenced code block of CommonMark, with every line that could close it. */
export interface Fence {
  /** The info string after the opening fence. */
  readonly info: string;
  /** Its characters: three or more of ` or ~. */
  readonly mark: string;
  /** The info string of the first inner fence before any of `closings`; undefined without one. */
  readonly inner: string | undefined;
  /** The nearest line above that is not blank. */
  readonly heading: string;
  /** Index of the first line of the content in the reply, from 0. */
  readonly first: number;
  /** The lines that may close it, nearest first; none when the reply ends before. */
  readonly closings: readonly number[];
  /** Indentation of the opening in spaces, which the content may lose. */
  readonly indent: number;
}

interface Mark {
  readonly at: number;
  readonly indent: number;
  readonly mark: string;
  readonly info: string;
}

const opening = /^([ \t]*)(`{3,}|~{3,})([^\n]*)$/;

/** A reply that is searched for fences: `next` finds the first that opens at or after a line; lines must not decrease between calls. */
export interface Reading {
  readonly lines: readonly string[];
  next(from: number): Fence | undefined;
  /** The content of a fence up to a line, each line with its end. */
  content(fence: Fence, to: number): string;
}

/** Reads a reply. A closing fence stands alone, is of the same mark and at least as long as the opening. */
export function read(reply: string): Reading {
  const lines = linesOf(reply).map((line) => line.text);
  const marks = lines.flatMap((line, at): Mark[] => {
    const found = opening.exec(line);
    return found ? [{ at, indent: found[1]!.length, mark: found[2]!, info: found[3]!.trim() }] : [];
  });
  let k = 0;
  const next = (from: number): Fence | undefined => {
    const opens = ({ at, mark, info }: Mark) => at >= from && !(mark[0] === '`' && info.includes('`'));
    while (k < marks.length && !opens(marks[k]!)) k++;
    if (k === marks.length) return undefined;
    const { at, indent, mark, info } = marks[k]!;
    const closings: number[] = [];
    const inside = marks[k + 1];
    for (let i = k + 1; i < marks.length && closings.length < mostClosings; i++) {
      const other = marks[i]!;
      const closes = !other.info && other.mark[0] === mark[0] && other.mark.length >= mark.length;
      if (closes && other.indent <= indent + 3) closings.push(other.at);
    }
    const above = lines.slice(Math.max(0, at - 3), at).findLast((line) => line.trim());
    const inner = inside && opens(inside) && inside.at !== closings[0] ? inside.info : undefined;
    return { info, mark, inner, heading: above?.trim() ?? '', first: at + 1, closings, indent };
  };
  const content = ({ first, indent }: Fence, to: number) =>
    lines
      .slice(first, to)
      .map((line) => `${line.slice(Math.min(indent, line.length - line.trimStart().length))}\n`)
      .join('');
  return { lines, next, content };
}

/** Most closings that are tried for a fence: code rarely has more fences of its own. */
const mostClosings = 24;
