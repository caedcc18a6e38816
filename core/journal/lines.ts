import { crc32 } from 'node:zlib';

/** The prefix of an event's text: the time it was written, its length in bytes and its CRC-32. */
const head = /^\{"at":\d+,"length":(\d+),"crc":"([0-9a-f]{8})","event":/;

/** `}` */
const closing = 0x7d;

/** One line of a journal: valid JSON with a checksum. */
export function frame(json: string, at: number): string {
  return `{"at":${at},"length":${Buffer.byteLength(json)},"crc":"${checksum(json)}","event":${json}}\n`;
}

/** Most bytes of the prefix: two numbers of up to 16 digits and the text around them. */
const headBytes = 96;

/** The event's text, in UTF-8, from a line without its line feed, or what is wrong with the line. */
export function unframe(line: Buffer): { readonly json: Buffer } | { readonly broken: string } {
  const match = head.exec(line.toString('latin1', 0, headBytes));
  if (!match) return { broken: 'something else' };
  const json = line.subarray(match[0].length, -1);
  if (line.at(-1) !== closing || json.length !== Number(match[1])) return { broken: 'one of another length' };
  return crc32(json) === Number.parseInt(match[2]!, 16)
    ? { json }
    : { broken: 'one whose checksum does not fit' };
}

/** The lines of a range of a journal, without their line feeds, and the bytes after the last one. */
export function linesIn(bytes: Buffer): { readonly lines: readonly Buffer[]; readonly rest: Buffer } {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return { lines, rest: bytes.subarray(start) };
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}
