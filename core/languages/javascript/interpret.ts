import type { Node } from './parse.ts';

/** A value that only a run can determine. */
export const unknown: unique symbol = Symbol('unknown');

/** A name that the program does not declare. */
export const undeclared: unique symbol = Symbol('undeclared');

/** The value of a name where it is read, `unknown` or `undeclared`. */
export type Lookup = (name: string, at: Node) => unknown;

/** Steps that remain; each node takes one, and at 0 everything is unknown. */
export interface Steps {
  left: number;
}

/**
 * The value of an expression as far as reading can tell: literals, names, arithmetic, comparisons, logic,
 * `Math`, elements, properties of plain data and `length`. A value that it gives is the one that a run gives. Runs
 * nothing of the program, takes at most the given number of steps, and never throws: what would throw is unknown.
 */
export function interpret(node: Node, lookup: Lookup, steps: Steps): unknown {
  if (--steps.left < 0) return unknown;
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return interpret(node.expression, lookup, steps);
    case 'Literal':
      return isPrimitive(node.value) && !('regex' in node) ? node.value : unknown;
    case 'Identifier': {
      const value = lookup(node.name, node);
      return value === undeclared ? ofTheLanguage(node.name) : value;
    }
    case 'UnaryExpression':
      return unary(node.operator, interpret(node.argument, lookup, steps));
    case 'BinaryExpression': {
      const left = interpret(node.left, lookup, steps);
      return left === unknown ? unknown : binary(node.operator, left, interpret(node.right, lookup, steps));
    }
    case 'LogicalExpression': {
      const left = interpret(node.left, lookup, steps);
      const goesOn =
        node.operator === '&&' ? left : node.operator === '||' ? !left : left === null || left === undefined;
      return left === unknown || !goesOn ? left : interpret(node.right, lookup, steps);
    }
    case 'ConditionalExpression': {
      const test = interpret(node.test, lookup, steps);
      return test === unknown ? unknown : interpret(test ? node.consequent : node.alternate, lookup, steps);
    }
    case 'MemberExpression':
      return member(node, lookup, steps);
    case 'CallExpression':
      return call(node, lookup, steps);
    case 'ArrayExpression':
      return all(node.elements, lookup, steps) ?? unknown;
    default:
      return unknown;
  }
}

type Primitive = string | number | boolean | null | undefined;

function isPrimitive(value: unknown): value is Primitive {
  return value === null || value === undefined || /^(string|number|boolean)$/.test(typeof value);
}

function ofTheLanguage(name: string): unknown {
  return name === 'Infinity' ? Infinity : name === 'NaN' ? NaN : name === 'undefined' ? undefined : unknown;
}

function unary(operator: string, value: unknown): unknown {
  if (value === unknown) return unknown;
  if (operator === '!') return !value;
  if (!isPrimitive(value)) return unknown;
  const of = value as number;
  switch (operator) {
    case '-':
      return -of;
    case '+':
      return +of;
    case '~':
      return ~of;
    case 'typeof':
      return typeof value;
    case 'void':
      return undefined;
    default:
      return unknown;
  }
}

function binary(operator: string, left: unknown, right: unknown): unknown {
  // Identity of objects does not follow from their data.
  if (!isPrimitive(left) || !isPrimitive(right)) return unknown;
  const [a, b] = [left as number, right as number];
  switch (operator) {
    case '+':
      // Text that grows by doubling would outgrow any count of steps.
      return typeof left === 'string' || typeof right === 'string' ? unknown : a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    case '>=':
      return a >= b;
    case '===':
      return a === b;
    case '!==':
      return a !== b;
    case '==':
      // biome-ignore lint/suspicious/noDoubleEquals: it is what the program says.
      return a == b;
    case '!=':
      // biome-ignore lint/suspicious/noDoubleEquals: it is what the program says.
      return a != b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '^':
      return a ^ b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '>>>':
      return a >>> b;
    default:
      return unknown;
  }
}

function member(node: Node, lookup: Lookup, steps: Steps): unknown {
  if (isMath(node.object, lookup)) {
    const value: unknown = node.computed ? unknown : mathOf(node.property.name);
    return typeof value === 'number' ? value : unknown;
  }
  const object = interpret(node.object, lookup, steps);
  if (object === unknown) return unknown;
  const key: unknown = node.computed ? interpret(node.property, lookup, steps) : node.property.name;
  if (node.optional || (typeof key !== 'number' && typeof key !== 'string')) return unknown;
  if (key === 'length' && (Array.isArray(object) || typeof object === 'string')) return object.length;
  if (Array.isArray(object)) return typeof key === 'number' ? object[key] : unknown;
  if (typeof object !== 'object' || object === null || !Object.hasOwn(object, key)) return unknown;
  return (object as Record<string, unknown>)[key];
}

function call(node: Node, lookup: Lookup, steps: Steps): unknown {
  const callee: Node = node.callee;
  if (callee.type !== 'MemberExpression' || callee.computed || node.optional || callee.optional)
    return unknown;
  const called = isMath(callee.object, lookup) ? mathOf(callee.property.name) : unknown;
  if (typeof called !== 'function') return unknown;
  const given = all(node.arguments, lookup, steps);
  return given?.every(isPrimitive) ? called(...given) : unknown;
}

function isMath(node: Node, lookup: Lookup): boolean {
  return node.type === 'Identifier' && node.name === 'Math' && lookup('Math', node) === undeclared;
}

function mathOf(name: string): unknown {
  return Object.hasOwn(Math, name) && name !== 'random' ? Math[name as keyof Math] : unknown;
}

/** The values of a list that has no gap or spread; undefined when one of them is unknown. */
function all(nodes: readonly (Node | null)[], lookup: Lookup, steps: Steps): unknown[] | undefined {
  const values: unknown[] = [];
  for (const node of nodes) {
    const value = node ? interpret(node, lookup, steps) : unknown;
    if (value === unknown) return undefined;
    values.push(value);
  }
  return values;
}
