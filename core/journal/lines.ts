import { crc32 } from 'node:zlib';

/** Everything before an event's own text: the time it was written, its length in bytes and its CRC-32. */
const head = /^\{"at":\d+,"length":(\d+),"crc":"([0-9a-f]{8})","event":/;

/** One line of a journal, itself valid JSON, that tells whether it is whole. */
export function frame(json: string, at: number): string {
  return `{"at":${at},"length":${Buffer.byteLength(json)},"crc":"${checksum(json)}","event":${json}}\n`;
}

/** The event's text out of a line without its line feed, or what is wrong with the line. */
export function unframe(line: string): { readonly json: string } | { readonly broken: string } {
  const match = head.exec(line);
  if (!match) return { broken: 'something else' };
  const json = line.slice(match[0].length, -1);
  if (!line.endsWith('}') || Buffer.byteLength(json) !== Number(match[1]))
    return { broken: 'one of another length' };
  return checksum(json) === match[2] ? { json } : { broken: 'one whose checksum does not fit' };
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}
