import type { Random } from '../../../search/random.ts';
import { level } from '../precedence.ts';
import { choose, type Expression, join, literal, wrap } from './expression.ts';
import { reduction } from './reduce.ts';
import { constant, terminal } from './terminal.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A numeric expression of at most this depth, from what may be read (grow method, Koza 1992). */
export function growNumber(words: Vocabulary, depth: number, random: Random): Expression {
  if (depth <= 0 || random.next() < 0.15) return terminal(words, random);
  const arrays = words.certain.length > 0 ? 5 : 0;
  switch (random.weighted([9, 3, 2, 3, arrays])) {
    case 0: {
      const operator = random.pick([
        '+',
        '-',
        '*',
        '/',
        '+',
        '-',
        '*',
        '/',
        words.arrays.length > 0 ? '%' : '**',
      ]);
      const right =
        operator === '**'
          ? literal(random.pick([2, 2, 3, 0.5]))
          : operator === '%'
            ? literal(random.pick([2, 3]))
            : growNumber(words, depth - 1, random);
      return join(growNumber(words, depth - 1, random), operator, right);
    }
    case 1:
      return unary(growNumber(words, depth - 1, random), random);
    case 2: {
      const [a, b] = [growNumber(words, depth - 1, random), growNumber(words, depth - 1, random)];
      return { text: `Math.${random.pick(['min', 'max'])}(${wrap(a, 1)}, ${wrap(b, 1)})`, level: level.call };
    }
    case 3:
      return choose(
        growBoolean(words, depth - 1, random),
        growNumber(words, depth - 1, random),
        growNumber(words, depth - 1, random),
      );
    default:
      return reduction(words, depth, random, growNumber);
  }
}

/** A boolean expression of at most this depth. */
export function growBoolean(words: Vocabulary, depth: number, random: Random): Expression {
  if (words.booleans.length > 0 && random.next() < 0.3)
    return { text: random.pick(words.booleans), level: level.primary };
  const kind = random.next();
  if (depth > 1 && kind < 0.15) {
    return join(
      growBoolean(words, depth - 1, random),
      random.pick(['&&', '||']),
      growBoolean(words, depth - 1, random),
    );
  }
  if (words.arrays.length > 0 && kind < 0.6) {
    const right = random.next() < 0.5 ? literal(random.int(3)) : terminal(words, random);
    return join(growNumber(words, depth - 1, random), random.pick(['===', '===', '!==']), right);
  }
  const left = random.next() < 0.6 ? measure(words, random) : growNumber(words, depth - 1, random);
  const right = random.next() < 0.7 ? literal(constant(words, random)) : growNumber(words, depth - 1, random);
  return join(left, random.pick(['<', '>', '<=', '>=']), right);
}

/** What is worth comparing with a threshold: a name, or the difference of two. */
function measure(words: Vocabulary, random: Random): Expression {
  if (words.numbers.length < 2) return terminal(words, random);
  const name = (): Expression => ({ text: random.pick(words.numbers), level: level.primary });
  const [a, b] = [name(), name()];
  return random.next() < 0.4 || a.text === b.text ? a : join(a, '-', b);
}

/** A function of one number, made safe at negative numbers half of the time. */
function unary(of: Expression, random: Random): Expression {
  const call = (text: string): Expression => ({ text, level: level.call });
  const safe = random.next() < 0.6 ? `Math.abs(${wrap(of, 1)})` : wrap(of, 1);
  switch (random.int(8)) {
    case 0:
      return {
        text: `-${wrap(of, of.text.startsWith('-') ? level.primary : level.unary)}`,
        level: level.unary,
      };
    case 1:
      return call(`Math.abs(${wrap(of, 1)})`);
    case 2:
      return call(`Math.sqrt(${safe})`);
    case 3:
      return call(`Math.log(${safe})`);
    case 4:
      return call(`Math.exp(${wrap(of, 1)})`);
    case 5:
      return join(of, '**', literal(2));
    case 6:
      return call(`Math.${random.pick(['sin', 'cos', 'tanh', 'atan'])}(${wrap(of, 1)})`);
    default:
      return call(`Math.${random.pick(['floor', 'round', 'sign', 'ceil'])}(${wrap(of, 1)})`);
  }
}
