import { type Region, regionsOf } from '../../../../text/regions.ts';
import { comments } from '../../comments.ts';
import { dialectOf, parse } from '../../parse.ts';
import { infer } from './infer.ts';
import { numeralsOf } from './numerals.ts';
import { survey } from './survey.ts';
import type { Analysis } from './types.ts';

const cache = new Map<string, Analysis | string>();
const cacheSize = 256;

/** Reads a program; a string says why it cannot be read. Cached, since a parent is read many times. */
export function analyse(text: string, language: string, entry: string): Analysis | string {
  const key = `${language}\0${entry}\0${text}`;
  const known = cache.get(key);
  if (known !== undefined) {
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const fresh = read(text, language, entry);
  cache.set(key, fresh);
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value!);
  return fresh;
}

function read(text: string, language: string, entry: string): Analysis | string {
  const parsed = parse(text, dialectOf(language));
  if ('error' in parsed) return parsed.error;
  let regions: Region[];
  try {
    regions = regionsOf(text, { comments });
  } catch (error) {
    return (error as Error).message;
  }
  const found = survey(text, parsed.program, regions);
  infer(found, entry);
  return { ...found, numerals: numeralsOf(found.sites) };
}
