import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { replaceFile } from './files.ts';

/** The store of weights. */
export interface Checkpoints {
  /** Resolves when the weights will survive a power cut. Keeps the last few of the same kind, and those in `keep`. */
  write(path: string, text: string, keep: readonly string[]): Promise<void>;
  /** Undefined for an unknown name. */
  read(path: string): string | undefined;
}

/** Weights in files of a run directory: the last `most` of each kind and those in use, such as `checkpoints/table-12.json`. */
export function checkpointsIn(dir: string, most: number): Checkpoints {
  return {
    async write(path, text, keep) {
      const folder = join(dir, dirname(path));
      mkdirSync(folder, { recursive: true });
      await replaceFile(join(dir, path), text);
      const [kind, version] = partsOf(path);
      const old = readdirSync(folder).filter((name) => {
        const [its, number] = partsOf(name);
        const kept = keep.some((each) => basename(each) === name);
        return its === kind && number <= version - most && !kept;
      });
      await Promise.all(old.map((name) => rm(join(folder, name), { force: true })));
    },
    read(path) {
      try {
        return readFileSync(join(dir, path), 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}

/** `table` and 12 of `checkpoints/table-12.json`; NaN for another file. */
function partsOf(path: string): [kind: string, version: number] {
  const [, kind = '', version = 'NaN'] = /^(.*)-(\d+)\.json$/.exec(basename(path)) ?? [];
  return [kind, Number(version)];
}
