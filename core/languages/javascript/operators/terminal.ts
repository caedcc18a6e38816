import type { Random } from '../../../search/random.ts';
import { level } from '../precedence.ts';
import { type Expression, literal } from './expression.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A name, an element, a length or a literal. */
export function terminal(words: Vocabulary, random: Random): Expression {
  const phrase = random.next() < 0.25 ? words.phrase(random) : undefined;
  if (phrase) return phrase;
  const names = words.numbers.length;
  const arrays = words.arrays.length;
  switch (random.weighted([names > 0 ? 6 : 0, arrays > 0 ? 4 : 0, words.matrices.length > 0 ? 1 : 0, 3])) {
    case 0:
      return { text: random.pick(words.numbers), level: level.primary };
    case 1: {
      const array = random.pick(words.arrays);
      return random.next() < 0.2
        ? { text: `${array}.length`, level: level.call }
        : element(words, array, random);
    }
    case 2:
      return { text: `${random.pick(words.matrices)}.length`, level: level.call };
    default:
      return literal(constant(words, random));
  }
}

/** A plausible number: a simple one, one of the program's own, or a random one of three digits. */
export function constant(words: Vocabulary, random: Random): number {
  switch (random.weighted([4, words.literals.length > 0 ? 2 : 0, 3, 2])) {
    case 0:
      return random.pick([0, 1, 2, 3, 4, 5, 10, 100, 1000, -1, -100, -1000, 0.5, 0.1, 0.01]);
    case 1:
      return random.pick(words.literals);
    case 2:
      return Number((10 ** (random.next() * 4 - 2)).toPrecision(3));
    default:
      return Number(random.normal().toPrecision(3));
  }
}

function element(words: Vocabulary, array: string, random: Random): Expression {
  const index = words.indexes.length > 0 && random.next() < 0.75 ? random.pick(words.indexes) : undefined;
  const last = `${array}.length - 1`;
  const text =
    index === undefined
      ? random.pick(['0', '1', '2', last])
      : random.pick([index, index, index, `${last} - ${index}`, `(${index} + 1) % ${array}.length`]);
  return { text: `${array}[${text}]`, level: level.call };
}
