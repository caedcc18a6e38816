import type { Random } from '../../../search/random.ts';
import { resolve } from '../bindings.ts';
import { precedence } from '../precedence.ts';
import { visible } from './analysis/scope.ts';
import type { Analysis, Binding, Scope } from './analysis/types.ts';
import type { Expression } from './expression.ts';

/** What may be read at a place, by type. */
export interface Vocabulary {
  readonly numbers: readonly string[];
  readonly booleans: readonly string[];
  readonly arrays: readonly string[];
  /** Names known to be arrays: calling `reduce` on a name that may be none would throw. */
  readonly certain: readonly string[];
  readonly matrices: readonly string[];
  /** Names that count or index: good inside brackets. */
  readonly indexes: readonly string[];
  /** Numbers the program already has. */
  readonly literals: readonly number[];
  /** An expression of the program that means the same here: useful once, so perhaps again. */
  phrase(random: Random): Expression | undefined;
  /** Every name in the file, so that a new name differs. */
  readonly taken: ReadonlySet<string>;
}

/** The vocabulary of a place. A parameter of unknown type is read as a number, sometimes as an array. */
export function vocabulary(program: Analysis, scope: Scope, offset: number, random: Random): Vocabulary {
  const names = visible(scope, offset);
  const of = (test: (binding: Binding) => boolean) => names.filter(test).map((each) => each.name);
  const guess = new Map(names.map((each) => [each.name, random.next() < 0.9 ? 'number' : 'array']));
  const typed = (binding: Binding) =>
    binding.type === 'unknown' && binding.kind === 'parameter' ? guess.get(binding.name) : binding.type;
  const paths = names.flatMap((each) => program.paths.get(each.name) ?? []);
  return {
    numbers: [...of((each) => typed(each) === 'number'), ...paths],
    booleans: of((each) => each.type === 'boolean'),
    arrays: of((each) => typed(each) === 'array'),
    certain: of((each) => each.type === 'array'),
    matrices: of((each) => each.type === 'matrix'),
    indexes: of((each) => each.index && each.type === 'number'),
    literals: program.numerals.map((each) => each.value),
    taken: program.names,
    phrase: (draws) => phrase(program, scope, offset, draws),
  };
}

const longest = 40;

function phrase(program: Analysis, scope: Scope, offset: number, random: Random): Expression | undefined {
  if (program.sites.length === 0) return undefined;
  const { node, type, scope: home } = random.pick(program.sites);
  if (type !== 'number' || node.end - node.start > longest || node.type === 'Literal') return undefined;
  for (const each of program.references) {
    if (each.node.start < node.start || each.node.end > node.end) continue;
    const name: string = each.node.name;
    const meant = resolve(name, home);
    // A name declared inside the phrase, such as a parameter of a callback, is copied with it.
    if (resolve(name, each.scope) !== meant) continue;
    if (meant !== resolve(name, scope) || (meant && meant.from > offset)) return undefined;
  }
  if (program.bound.some((each) => each >= node.start && each < node.end)) return undefined;
  return { text: program.text.slice(node.start, node.end), level: precedence(node) };
}
