import { level } from '../../code/precedence.ts';
import type { Random } from '../../random.ts';
import { type Expression, join, literal, wrap } from './expression.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * A term as laws and rules have them: a product of powers of up to three names and now and then a function of some.
 * `words.numbers` is not empty.
 */
export function feature(words: Vocabulary, random: Random): Expression {
  const count = random.weighted([1, 5, 5, 3]);
  const names = new Set<string>();
  for (let tries = 0; tries < 2 * count && names.size < count; tries++) names.add(random.pick(words.numbers));
  let product: Expression | undefined;
  for (const name of names) product = times(product, read(name), random.pick(powers));
  if (!product || random.next() < 0.35)
    product = times(product, bent(words, random), random.pick([1, 1, 1, 2, -1]));
  return product;
}

const powers = [1, 1, 1, 1, 1, -1, -1, -1, 2, 2, -2, 0.5];

function read(name: string): Expression {
  return { text: name, level: level.primary };
}

/** A function of one or two names. */
function bent(words: Vocabulary, random: Random): Expression {
  const [a, b] = [read(random.pick(words.numbers)), read(random.pick(words.numbers))];
  const argument =
    a.text === b.text || random.next() < 0.3
      ? a
      : join(a, random.pick(['-', '-', '+', '*', '*', '/', '/']), b);
  const name = random.pick(['sin', 'cos', 'cos', 'log', 'log', 'exp', 'sqrt', 'abs', 'tanh']);
  return { text: `Math.${name}(${wrap(argument, 1)})`, level: level.call };
}

function times(product: Expression | undefined, factor: Expression, power: number): Expression {
  const size = Math.abs(power);
  const raised = size === 1 ? factor : size === 0.5 ? root(factor) : join(factor, '**', literal(size));
  if (power > 0) return product ? join(product, '*', raised) : raised;
  return join(product ?? literal(1), '/', raised);
}

function root(of: Expression): Expression {
  return { text: `Math.sqrt(${wrap(of, 1)})`, level: level.call };
}
