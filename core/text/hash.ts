import { createHash } from 'node:crypto';

/** A hash of a program's files, in their order: 32 hexadecimal digits of SHA-256. */
export function hashOfFiles(files: readonly { readonly path: string; readonly text: string }[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of files) hash.update(`${path}\0${text.length}\0${text}\0`);
  return hash.digest('hex').slice(0, 32);
}
