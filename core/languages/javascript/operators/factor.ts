import type { Random } from '../../../search/random.ts';
import { level } from '../precedence.ts';
import { call, type Expression, join, literal } from './expression.ts';

/** A factor that multiplies or divides a term. */
export interface Factor {
  readonly of: Expression;
  /** From -2 to 2, not 0. */
  readonly power: number;
  /** What it is a function of. */
  readonly inner?: Expression;
}

/** Mostly a name, else a function of one or two names or the difference of two, to a power. `names` is not empty. */
export function factor(names: readonly string[], random: Random): Factor {
  switch (random.weighted([11, 5, 3])) {
    case 0:
      return { of: read(random.pick(names)), power: random.pick([1, 1, 1, 1, -1, -1, -1, 2, -2, 0.5]) };
    case 1:
      return { ...bent(names, random), power: random.pick([1, 1, 1, 1, 2, -1]) };
    default:
      return { of: gap(names, random), power: random.pick([1, 2, 2, -1, -1]) };
  }
}

/** A term as laws and rules have them: the product of its factors, the same whatever their order. */
export function product(factors: readonly Factor[]): Expression {
  const powersOf = new Map<string, Factor>();
  for (const { of, power } of factors)
    powersOf.set(of.text, { of, power: power + (powersOf.get(of.text)?.power ?? 0) });
  let result: Expression | undefined;
  const ordered = [...powersOf.values()].sort(
    (a, b) => b.power - a.power || (a.of.text < b.of.text ? -1 : 1),
  );
  for (const { of, power } of ordered) {
    if (power === 0) continue;
    const size = Math.abs(power);
    const raised = size === 1 ? of : size === 0.5 ? call('sqrt', of) : join(of, '**', literal(size));
    result =
      power > 0 ? (result ? join(result, '*', raised) : raised) : join(result ?? literal(1), '/', raised);
  }
  return result ?? literal(1);
}

/** A name as an expression. */
export function read(name: string): Expression {
  return { text: name, level: level.primary };
}

/**
 * A function of one or two names; a logarithm of a ratio, since the logarithm of a product is a sum, and that of a
 * difference rarely useful.
 */
function bent(names: readonly string[], random: Random): { of: Expression; inner: Expression } {
  const name = random.pick(['sin', 'cos', 'sin', 'cos', 'log', 'log', 'exp', 'tanh']);
  const operator = name === 'log' ? '/' : random.pick(['-', '-', '+', '*', '*', '/', '/']);
  const inner = random.next() < 0.5 ? read(random.pick(names)) : pair(names, operator, random);
  return { of: call(name, inner), inner };
}

function gap(names: readonly string[], random: Random): Expression {
  return pair(names, random.pick(['-', '-', '+']), random);
}

function pair(names: readonly string[], operator: string, random: Random): Expression {
  const [a, b] = [random.pick(names), random.pick(names)];
  return a === b ? read(a) : join(read(a), operator, read(b));
}
