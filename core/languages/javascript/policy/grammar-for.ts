import { type Grammar, grammarOf, type Names } from '../../../learning/policy/grammar.ts';
import type { Problem } from '../../../search/problem.ts';
import { mainFile } from '../../../search/program.ts';
import { analyse } from '../operators/analysis/analyse.ts';
import { visible } from '../operators/analysis/scope.ts';
import type { Binding, Scope } from '../operators/analysis/types.ts';

/** Most names of a kind that a grammar has; others are locals to it. */
const most = 60;

/** The grammar of a problem: the names that can be read where its seeds may change. */
export function grammarFor({
  seeds,
  language,
  entry,
}: Pick<Problem, 'seeds' | 'language' | 'entry'>): Grammar {
  const all: Record<keyof Names, Set<string>> = {
    numbers: new Set(),
    booleans: new Set(),
    arrays: new Set(),
  };
  for (const seed of seeds) {
    const program = analyse(mainFile(seed).text, language, entry);
    if (typeof program === 'string') continue;
    for (const { scope, start } of program.sites) {
      const names = namesAt(scope, start, program.paths);
      for (const kind of ['numbers', 'booleans', 'arrays'] as const)
        for (const name of names[kind]) if (all[kind].size < most) all[kind].add(name);
    }
  }
  return grammarOf({ numbers: [...all.numbers], booleans: [...all.booleans], arrays: [...all.arrays] });
}

/** The names that can be read at a site, by type. A parameter of unknown type is taken for a number. */
export function namesAt(scope: Scope, offset: number, paths: ReadonlyMap<string, readonly string[]>): Names {
  const there = visible(scope, offset);
  const of = (test: (each: Binding) => boolean): string[] => there.filter(test).map(({ name }) => name);
  const number = ({ type, kind }: Binding): boolean =>
    type === 'number' || (type === 'unknown' && kind === 'parameter');
  return {
    numbers: [
      ...of(number).filter((name) => !paths.has(name)),
      ...there.flatMap(({ name }) => paths.get(name) ?? []),
    ],
    booleans: of(({ type }) => type === 'boolean'),
    arrays: of(({ type }) => type === 'array'),
  };
}
