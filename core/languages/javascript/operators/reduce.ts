import type { Random } from '../../../search/random.ts';
import { level, levelOf } from '../precedence.ts';
import { choose, type Expression, join, literal, wrap } from './expression.ts';
import { terminal } from './terminal.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Grows a number of at most that depth: `growNumber`, passed as an argument since the two are mutually recursive. */
export type Grow = (words: Vocabulary, depth: number, random: Random) => Expression;

/** One number from a whole array: a count, a sum, a mirrored or neighbouring comparison. */
export function reduction(words: Vocabulary, depth: number, random: Random, grow: Grow): Expression {
  const array = random.pick(words.certain);
  const [sum, x, i] = fresh(words.taken, ['sum', 'x', 'i']);
  const inside: Vocabulary = {
    ...words,
    numbers: [x, x, x, i, ...words.numbers],
    arrays: [array],
    certain: [],
    indexes: [i],
  };
  const body = summand(inside, array, x, i, depth, random, grow);
  return {
    text: `${array}.reduce((${sum}, ${x}, ${i}) => ${sum} + ${wrap(body, levelOf('+') + 1)}, 0)`,
    level: level.call,
  };
}

/** The summand for each element `x` of an array at index `i`. */
export function summand(
  words: Vocabulary,
  array: string,
  x: string,
  i: string,
  depth: number,
  random: Random,
  grow: Grow,
): Expression {
  const read = (text: string): Expression => ({ text, level: level.primary });
  const yes = (test: Expression): Expression =>
    choose(
      test,
      random.next() < 0.7 ? literal(1) : terminal(words, random),
      literal(random.next() < 0.8 ? 0 : -1),
    );
  switch (random.int(5)) {
    case 0:
      return yes(join(read(x), '===', literal(random.int(3))));
    case 1:
      return yes(join(read(x), '===', read(`${array}[${array}.length - 1 - ${i}]`)));
    case 2:
      return yes(
        join(
          read(x),
          random.pick(['===', '!==']),
          read(`${array}[(${i} + ${random.pick([1, 1, 2, 3, 4])}) % ${array}.length]`),
        ),
      );
    case 3:
      return yes(join(grow(words, depth - 1, random), '===', literal(random.int(3))));
    default:
      return grow(words, depth - 1, random);
  }
}

/** Names like these that the file does not have yet. */
export function fresh(
  taken: ReadonlySet<string>,
  wanted: readonly ['sum', 'x', 'i'],
): [string, string, string];
export function fresh(taken: ReadonlySet<string>, wanted: readonly string[]): string[];
export function fresh(taken: ReadonlySet<string>, wanted: readonly string[]): string[] {
  const name = (base: string): string => {
    let result = base;
    for (let n = 2; taken.has(result); n++) result = `${base}${n}`;
    return result;
  };
  return wanted.map(name);
}
