import { level, levelOf, operandSlot } from '../precedence.ts';

/** Text of an expression and how tightly it holds together. */
export interface Expression {
  readonly text: string;
  readonly level: number;
}

/** The text, in parentheses if it holds together less tightly than its place needs. */
export function wrap(expression: Expression, needed: number): string {
  return expression.level < needed ? `(${expression.text})` : expression.text;
}

/** The text of a finite number, with six significant digits by default. */
export function literal(value: number, digits = 6): Expression {
  const short = Number(value.toPrecision(digits));
  return { text: String(short === 0 ? 0 : short), level: short < 0 ? level.unary : level.primary };
}

/** Two operands under a binary or logical operator. */
export function join(left: Expression, operator: string, right: Expression): Expression {
  const mixes = (side: Expression) => operator !== '??' || side.level >= level.bitOr;
  const a = wrap(left, mixes(left) ? operandSlot(operator, true) : level.primary);
  const b = wrap(right, mixes(right) ? operandSlot(operator, false) : level.primary);
  return { text: `${a} ${operator} ${b}`, level: levelOf(operator) };
}

/** A function of `Math` of something. */
export function call(name: string, of: Expression): Expression {
  return { text: `Math.${name}(${wrap(of, 1)})`, level: level.call };
}

/** `test ? yes : no`. */
export function choose(test: Expression, yes: Expression, no: Expression): Expression {
  return {
    text: `${wrap(test, level.coalesce)} ? ${wrap(yes, 1)} : ${wrap(no, 1)}`,
    level: level.conditional,
  };
}
