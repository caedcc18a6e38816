import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder, replaceFile } from '../../core/journal/files.ts';
import { ConfigError, expected } from '../../core/search/errors.ts';

/** A file of a data set. */
export interface DatasetFile {
  readonly path: string;
  readonly rows: number;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** A folder that a data set is written to: file by file, each under its name once it is whole, the manifest last. */
export interface Folder {
  /** Writes lines to a file; an empty one is not kept. Resolves to nothing for that. */
  write(path: string, rows: AsyncIterable<object> | Iterable<object>): Promise<DatasetFile | undefined>;
  /** Writes manifest.json, after which the files of an earlier export that are not in it are gone. */
  close(manifest: { readonly files: readonly DatasetFile[] }): Promise<void>;
}

/** @throws ConfigError for a folder with anything in it but an earlier export. */
export function openFolder(dir: string): Folder {
  if (existsSync(dir) && !statSync(dir).isDirectory()) throw expected('a folder to write to', dir);
  const before = existsSync(dir) ? earlier(dir) : [];
  makeFolder(dir);
  return {
    async write(path, rows) {
      const beside = join(dir, `${path.replace('/', '-')}.tmp`);
      const written = await writeLines(beside, rows);
      if (written.rows === 0) {
        rmSync(beside);
        return undefined;
      }
      makeFolder(dirname(join(dir, path)));
      renameSync(beside, join(dir, path));
      return { path, ...written };
    },
    async close(manifest) {
      const kept = new Set(manifest.files.map(({ path }) => path));
      for (const path of before) if (!kept.has(path)) rmSync(join(dir, path), { force: true });
      await replaceFile(join(dir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

/** Files of the export that is there. */
function earlier(dir: string): string[] {
  const there = readdirSync(dir).filter((name) => !name.endsWith('.tmp') && name !== 'provenance');
  if (there.length === 0) return [];
  const files = there.includes('manifest.json') ? filesOf(join(dir, 'manifest.json')) : [];
  const other = there.find((name) => name !== 'manifest.json' && !files.includes(name));
  if (other === undefined) return files;
  throw new ConfigError(
    `Expected ${dir} to be new, empty or an earlier export, got a folder with ${other} in it`,
  );
}

function filesOf(path: string): string[] {
  try {
    const { files } = JSON.parse(readFileSync(path, 'utf8'));
    return (files as DatasetFile[])
      .map((file) => file.path)
      .filter((name) => /^(provenance\/)?(train|test)\.jsonl$/.test(name));
  } catch {
    // Whatever it is, it is not a manifest of ours, and its neighbours are not ours to replace.
    return [];
  }
}

async function writeLines(
  path: string,
  rows: AsyncIterable<object> | Iterable<object>,
): Promise<Omit<DatasetFile, 'path'>> {
  const hash = createHash('sha256');
  const file: FileHandle = await open(path, 'w');
  let count = 0;
  try {
    for await (const row of rows) {
      const line = `${JSON.stringify(row)}\n`;
      hash.update(line);
      await file.appendFile(line);
      count += 1;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { rows: count, sha256: hash.digest('hex') };
}
