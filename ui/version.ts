import { readFileSync } from 'node:fs';

/** Atoll's own version; package.json lies one folder further up once compiled. */
export const version: string = ['../package.json', '../../package.json']
  .map((path) => {
    try {
      return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version as string;
    } catch {
      return undefined;
    }
  })
  .find((found) => found !== undefined)!;
