import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { JournalError } from '../search/errors.ts';
import { linesIn } from './lines.ts';
import { segmentsIn } from './segments.ts';

/**
 * A journal as one sequence of bytes over all its segments, with the length that it had when it was opened: a place is
 * an offset into it. A line lies within one segment.
 */
export interface Span {
  readonly size: number;
  /** Segments in order. */
  readonly segments: readonly Segment[];
}

interface Segment {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** Consecutive complete lines, without their line feeds. */
export interface Stretch {
  readonly lines: readonly Buffer[];
  /** Offset of the first, and after the last. */
  readonly from: number;
  readonly to: number;
}

/** Bytes of one read. */
const block = 2 ** 20;

/** The journal of a run directory as it is now; empty where there is none. */
export async function spanOf(dir: string): Promise<Span> {
  const segments: Segment[] = [];
  let size = 0;
  // Names are listed first: a segment with a successor no longer grows.
  for (const name of segmentsIn(dir)) {
    const path = join(dir, name);
    const from = size;
    size += (await stat(path)).size;
    segments.push({ path, from, to: size });
  }
  return { size, segments };
}

/**
 * Complete lines from a place at which a line begins, up to `until`; bytes after the last line feed are not returned.
 * @throws JournalError where a segment with a successor breaks off.
 */
export async function* stretches(span: Span, from: number, until = span.size): AsyncGenerator<Stretch, void> {
  for (let most = block; from < until; ) {
    const { segment, bytes } = await read(span, from, most);
    const { lines, rest } = linesIn(bytes);
    if (lines.length > 0) {
      const to = from + bytes.length - rest.length;
      yield { lines, from, to };
      from = to;
      most = block;
    } else if (bytes.length === most) most *= 2;
    else if (segment === span.segments.at(-1)) return;
    else
      throw new JournalError(`Expected ${segment?.path} to end with a whole line, got one that was cut off`);
  }
}

/** The place after the first line feed at `from` or later; the end of the span where there is none. */
export async function nextLine(span: Span, from: number): Promise<number> {
  for (let place = from; place < span.size; ) {
    const { bytes } = await read(span, place, 2 ** 16);
    const feed = bytes.indexOf(10);
    if (feed >= 0) return place + feed + 1;
    if (bytes.length === 0) break;
    place += bytes.length;
  }
  return span.size;
}

/** A fingerprint of the journal up to a place: a checksum of the bytes just before it. Undefined beyond its end. */
export async function mark(span: Span, place: number): Promise<string | undefined> {
  const segment = span.segments.find(({ from, to }) => from < place && place <= to);
  if (!segment) return undefined;
  const from = Math.max(segment.from, place - 4096);
  const { bytes } = await read(span, from, place - from);
  return bytes.length === place - from ? crc32(bytes).toString(16) : undefined;
}

/** Up to `most` bytes of the segment around a place. */
async function read(
  span: Span,
  from: number,
  most: number,
): Promise<{ segment: Segment | undefined; bytes: Buffer }> {
  const segment = span.segments.findLast((each) => each.from <= from && from < each.to);
  if (!segment) return { segment, bytes: Buffer.alloc(0) };
  const file = await open(segment.path, 'r');
  try {
    const length = Math.min(most, segment.to - from);
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, from - segment.from);
    return { segment, bytes: buffer.subarray(0, bytesRead) };
  } finally {
    await file.close();
  }
}
