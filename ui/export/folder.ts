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
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
}

/** The folder of a data set: each file gets its name once it is complete, and the manifest is written last. */
export interface Folder {
  /** Writes rows to a file; undefined without rows, in which case there is no file. */
  write(path: string, rows: AsyncIterable<object> | Iterable<object>): Promise<DatasetFile | undefined>;
  /** Removes the files of an earlier export that are not in the manifest, then writes manifest.json. */
  close(manifest: { readonly files: readonly DatasetFile[] }): Promise<void>;
}

/** @throws ConfigError for a folder with other contents than an earlier export. */
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

/** The files of an earlier export. */
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
    // It is not a manifest of an export, so the files beside it must not be replaced.
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
