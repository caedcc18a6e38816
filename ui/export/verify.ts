import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '../../core/search/errors.ts';
import type { Problem } from '../../core/search/problem.ts';
import { openCaller } from './call-program.ts';
import { type ProvenanceClaim, provenanceOf } from './dataset/claims.ts';
import type { Provenance } from './dataset/kind.ts';
import type { Prediction, Returned } from './dataset/predict.ts';
import type { DatasetManifest } from './export.ts';
import { type Judges, openJudges } from './judges.ts';

/** The result of a verification. */
export interface Verified {
  readonly rows: number;
  /** Programs that were run. */
  readonly programs: number;
  /** One sentence for each claim that does not hold. */
  readonly wrong: readonly string[];
}

/**
 * Verifies a data set: its files have the hashes in the manifest; each answer, applied to its base, gives a program with the
 * recorded score; a preferred answer scores higher, or equally with less processor time; a prediction's answer is the result
 * of its program. @param problem - path of a problem that does not ship
 * @throws ConfigError for a folder without a data set, or a missing or changed problem
 */
export async function verify(dir: string, problem?: string): Promise<Verified> {
  const manifest = readDataset(dir);
  const wrong: string[] = [];
  for (const { path, sha256 } of manifest.files) {
    if (!existsSync(join(dir, path))) wrong.push(`${path} is missing`);
    else if ((await hashIn(join(dir, path))) !== sha256)
      wrong.push(`${path} has other bytes than it was written with`);
  }
  if (wrong.length > 0) return { rows: 0, programs: 0, wrong };
  const check = manifest.kind === 'predict' ? predictions : scores;
  const counts = await check(dir, manifest, wrong, problem);
  return { ...counts, wrong };
}

function readDataset(dir: string): DatasetManifest {
  const path = join(dir, 'manifest.json');
  if (!existsSync(path))
    throw new ConfigError(`Expected ${dir} to be a data set, got no manifest.json in it`);
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as DatasetManifest;
    if (manifest.version === 1 && Array.isArray(manifest.files) && Array.isArray(manifest.runs))
      return manifest;
  } catch (error) {
    throw new ConfigError(`Expected ${path} to be JSON, got ${(error as Error).message}`);
  }
  throw new ConfigError(`Expected ${path} to be a data set of version 1, got something else`);
}

type Counts = Pick<Verified, 'rows' | 'programs'>;
type Check = (dir: string, manifest: DatasetManifest, wrong: string[], problem?: string) => Promise<Counts>;

const predictions: Check = async (dir, { files }, wrong) => {
  const rows: (Prediction & { readonly at: string })[] = [];
  for (const { path } of files) {
    let line = 0;
    for await (const row of rowsIn(join(dir, path)))
      rows.push({ ...(row as Prediction), at: `${path} line ${++line}` });
  }
  let programs = 0;
  for (const [key, asked] of Map.groupBy(rows, ({ language, entry }) => `${language} ${entry}`)) {
    const [language, entry] = key.split(' ') as [Problem['language'], string];
    const calls = [...new Set(asked.map((row) => row.arguments))];
    await using caller = await openCaller(
      { language, entry },
      calls.map((text) => JSON.parse(text)),
    );
    for (const [program, own] of Map.groupBy(asked, (row) => row.program)) {
      programs += 1;
      const returned = await caller.call(JSON.parse(program));
      for (const { at, answer, task, arguments: given } of own) {
        const came = returned?.[calls.indexOf(given)];
        if (came === undefined || textOf(came) !== answer || 'error' in came !== (task === 'error'))
          wrong.push(`${at}: ${came ? textOf(came) : 'nothing'} where ${answer} is recorded`);
      }
    }
  }
  return { rows: rows.length, programs };
};

function textOf(came: Returned): string {
  return 'error' in came ? came.error : came.value;
}

const scores: Check = async (dir, manifest, wrong, given) => {
  await using judges = await openJudges(manifest, given);
  let [rows, programs] = [0, 0];
  for (const { path } of manifest.files.filter((file) => !file.path.includes('/'))) {
    const provenances = rowsIn(join(dir, 'provenance', path));
    for await (const row of rowsIn(join(dir, path))) {
      const provenance = (await provenances.next()).value as Provenance;
      const at = `${path} line ${++rows}`;
      const claims = provenanceOf(row, provenance);
      for (const claim of claims) {
        programs += 1;
        const score = await judges.score(claim);
        if (score !== claim.score)
          wrong.push(`${at}: ${claim.id} scores ${score} where ${claim.score} is recorded`);
      }
      const amiss =
        'chosen' in row || 'preferred_output' in row ? await preference(provenance, claims, judges) : '';
      if (amiss) wrong.push(`${at}: ${amiss}`);
    }
  }
  return { rows, programs };
};

/** What is wrong with a preference, empty for nothing: scores decide, and between equal scores the processor time, measured again. */
async function preference(
  { answers }: Provenance,
  claims: readonly ProvenanceClaim[],
  judges: Judges,
): Promise<string> {
  const [chosen, rejected] = answers.map(({ score }) => score);
  if (chosen == null) return `prefers ${chosen} to ${rejected}`;
  if (rejected == null || chosen > rejected) return '';
  if (chosen < rejected) return `prefers ${chosen} to ${rejected}`;
  const [recorded, slower] = answers.map(({ cpuMs }) => cpuMs);
  if (recorded === undefined || slower === undefined || recorded >= slower)
    return `prefers one of two answers that score ${chosen} without less processor time recorded for it`;
  const [fast, slow] = await judges.times(claims);
  return fast != null && slow != null && fast < slow
    ? ''
    : `prefers ${fast} ms of processor time to ${slow} ms, where ${recorded} ms and ${slower} ms are recorded`;
}

async function* rowsIn(path: string): AsyncGenerator<object> {
  if (!existsSync(path)) return;
  let rest = '';
  for await (const text of createReadStream(path, 'utf8')) {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    for (const line of lines) yield JSON.parse(line);
  }
}

async function hashIn(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
