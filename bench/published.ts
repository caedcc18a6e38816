/** Instances that papers published, as files in the folder ATOLL_DATA, or ../shared/data. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, Problem } from '../core/search/problem.ts';

const folder = process.env.ATOLL_DATA ?? join(import.meta.dirname, '../../shared/data');

/** A published file, or undefined where it is not at hand. */
export function published(file: string): any {
  const path = join(folder, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** The instances on which the papers about a problem report, by the problem's name. */
const instances: Readonly<Record<string, { file: string; inputs(data: any): unknown[] }>> = {
  'bin-packing-or3': { file: 'or3.json', inputs: Object.values },
  'bin-packing-weibull': { file: 'weibull_5k.json', inputs: Object.values },
  'tsp-construct-50': {
    file: 'tsp_reevo_test50.json',
    inputs: (tours: unknown[]) => tours.map((points) => ({ points })),
  },
};

/** Inputs as cases that are held out. */
export function asCases(inputs: readonly unknown[]): Case<any>[] {
  return inputs.map((input, k) => ({ id: `published-${k + 1}`, use: 'held-out', input }));
}

/** The problem on the published instances in place of its own cases; undefined where they are not at hand. */
export function onPublished(problem: Problem): { file: string; problem: Problem } | undefined {
  const known = instances[problem.name];
  const data = known && published(known.file);
  if (!data) return undefined;
  // Without its module the judge runs here. The scored cases stay, because limits depend on their number.
  const { module: _, ...rest } = problem;
  const scored = problem.cases.filter(({ use }) => use !== 'held-out');
  const cases = [...scored, ...asCases(known.inputs(data))];
  return { file: known.file, problem: { ...rest, cases } };
}
