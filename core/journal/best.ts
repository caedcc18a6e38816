import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { ConfigError } from '../search/errors.ts';
import type { Source } from '../search/program.ts';
import { replaceFile, storageError } from './files.ts';

/**
 * Keeps `best/` of a run directory current: each file is replaced atomically, stale files are removed, and about.json
 * comes last.
 * @throws ConfigError for a file path that would leave the folder, StorageError
 */
export async function writeBest(dir: string, files: Source, about: object): Promise<void> {
  const folder = join(dir, 'best');
  for (const name of Object.keys(files)) {
    const place = relative(folder, join(folder, name));
    if (name === 'about.json' || place === '' || place.split(sep)[0] === '..') {
      throw new ConfigError(`Expected a program's file to have a path inside its folder, got \`${name}\``);
    }
  }
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true }).catch((error) => {
      throw storageError(folder, error);
    });
    await replaceFile(join(folder, name), text);
  }
  const wanted = new Set([...Object.keys(files).map((name) => join(name)), 'about.json']);
  const there = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of there) {
    const name = relative(folder, join(entry.parentPath, entry.name));
    if (entry.isFile() && !wanted.has(name)) await rm(join(folder, name), { force: true });
  }
  await replaceFile(join(folder, 'about.json'), `${JSON.stringify(about, null, 2)}\n`);
}
