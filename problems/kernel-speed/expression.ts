import type { Node } from '../../core/languages/javascript/parse.ts';
import { arrays, functions, numbers, type Scope } from './names.ts';
import { Refusal } from './refusal.ts';

/** A rewritten expression, and how many operations it takes whenever it is run. Parts that may be skipped count themselves. */
export interface Written {
  readonly text: string;
  readonly cost: number;
}

/** What an expression is read in: names in reach, and which parameters of each function are arrays. */
export interface Setting {
  readonly scope: Scope;
  readonly parameters: ReadonlyMap<string, readonly boolean[]>;
}

const binary = new Set('+ - * / % ** & | ^ << >> >>> < <= > >= == != === !=='.split(' '));
const assigning = new Set('= += -= *= /= %= **= &= |= ^= <<= >>= >>>='.split(' '));
const unary = new Set(['+', '-', '!', '~']);

/** The text of an expression that first counts what it takes. */
export function counted({ text, cost }: Written): string {
  return cost > 0 ? `($count += ${cost}, ${text})` : text;
}

/**
 * Writes an expression whose value is a number, a boolean or undefined.
 * @throws Refusal for anything else.
 */
export function write(node: Node, at: Setting): Written {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return write(node.expression, at);
    case 'Literal':
      if (typeof node.value !== 'number' && typeof node.value !== 'boolean') break;
      return { text: String(node.value), cost: 0 };
    case 'Identifier':
      return name(node, at);
    case 'BinaryExpression':
      if (!binary.has(node.operator)) break;
      return join(
        [write(node.left, at), write(node.right, at)],
        ([a, b]) => `(${a} ${node.operator} ${b})`,
        1,
      );
    case 'UnaryExpression':
      if (!unary.has(node.operator)) break;
      return join([write(node.argument, at)], ([a]) => `(${node.operator} ${a})`, 1);
    case 'LogicalExpression':
      if (node.operator !== '&&' && node.operator !== '||') break;
      return join(
        [write(node.left, at), apart(node.right, at)],
        ([a, b]) => `(${a} ${node.operator} ${b})`,
        1,
      );
    case 'ConditionalExpression':
      return join(
        [write(node.test, at), apart(node.consequent, at), apart(node.alternate, at)],
        ([test, yes, no]) => `(${test} ? ${yes} : ${no})`,
        1,
      );
    case 'SequenceExpression':
      return join(
        node.expressions.map((each: Node) => write(each, at)),
        (texts) => `(${texts.join(', ')})`,
        0,
      );
    case 'AssignmentExpression':
      return assignment(node, at);
    case 'UpdateExpression': {
      const { text, cost } = target(node.argument, true, at);
      return {
        text: node.prefix ? `(${node.operator}${text})` : `(${text}${node.operator})`,
        cost: cost + 1,
      };
    }
    case 'MemberExpression':
      return member(node, at);
    case 'CallExpression':
      return call(node, at);
  }
  throw new Refusal(`${describe(node)} is not part of this language`, node);
}

/** An array made where it is declared: it costs a store for each eight bytes, and one. */
export function newArray(node: Node, at: Setting): Written {
  const kind: string = node.callee.type === 'Identifier' ? node.callee.name : '';
  if (!Object.hasOwn(arrays, kind) || node.arguments.length !== 1)
    throw new Refusal('expected `new` with a typed array and its length', node);
  return join(
    [write(node.arguments[0], at)],
    ([length]) => `new ${kind}($size(${arrays[kind]}, ${length}))`,
    0,
  );
}

/** A part that may be skipped. */
function apart(node: Node, at: Setting): Written {
  return { text: counted(write(node, at)), cost: 0 };
}

function join(parts: readonly Written[], text: (texts: string[]) => string, own: number): Written {
  return {
    text: text(parts.map((each) => each.text)),
    cost: parts.reduce((sum, each) => sum + each.cost, own),
  };
}

function name(node: Node, { scope }: Setting): Written {
  if (numbers.has(node.name)) return { text: node.name, cost: 0 };
  const kind = scope.kindOf(node.name);
  if (kind === 'number') return { text: node.name, cost: 0 };
  throw new Refusal(
    kind
      ? `${node.name} is ${kind === 'array' ? 'an' : 'a'} ${kind}, not a number`
      : `${node.name} is not declared`,
    node,
  );
}

function assignment(node: Node, at: Setting): Written {
  if (!assigning.has(node.operator))
    throw new Refusal(`${describe(node)} is not part of this language`, node);
  const compound = node.operator !== '=';
  return join(
    [target(node.left, compound, at), write(node.right, at)],
    ([left, right]) => `(${left} ${node.operator} ${right})`,
    compound ? 1 : 0,
  );
}

/** What is assigned to: a store, and a read before it where an element keeps part of what it was. */
function target(node: Node, keeps: boolean, at: Setting): Written {
  if (node.type === 'ParenthesizedExpression') return target(node.expression, keeps, at);
  if (node.type === 'Identifier') return join([name(node, at)], ([text]) => text!, 1);
  if (node.type === 'MemberExpression' && node.computed) {
    const element = member(node, at);
    return { text: element.text, cost: element.cost + (keeps ? 1 : 0) };
  }
  throw new Refusal(`expected a variable or an element to assign to, got ${describe(node)}`, node);
}

function member(node: Node, at: Setting): Written {
  const { object, property } = node;
  if (node.optional || object.type !== 'Identifier' || at.scope.kindOf(object.name) !== 'array')
    throw new Refusal('expected an element of an array, by its name', node);
  if (node.computed) return join([write(property, at)], ([index]) => `${object.name}[${index}]`, 1);
  if (property.name === 'length') return { text: `${object.name}.length`, cost: 1 };
  throw new Refusal('expected `length` or an element of an array', node);
}

function call(node: Node, at: Setting): Written {
  const { callee } = node;
  const given: Node[] = node.arguments;
  if (node.optional) throw new Refusal(`${describe(node)} is not part of this language`, node);
  if (callee.type === 'Identifier' && at.scope.kindOf(callee.name) === 'function') {
    const wanted = at.parameters.get(callee.name)!;
    if (given.length !== wanted.length)
      throw new Refusal(`expected ${wanted.length} arguments for ${callee.name}, got ${given.length}`, node);
    const parts = given.map((each, k) => (wanted[k] ? passed(each, at) : write(each, at)));
    // What a call costs is counted by the function that is called.
    return join(parts, (texts) => `${callee.name}(${texts.join(', ')})`, 0);
  }
  const isMath = callee.type === 'MemberExpression' && !callee.computed && !callee.optional;
  if (
    isMath &&
    callee.object.type === 'Identifier' &&
    callee.object.name === 'Math' &&
    functions.has(callee.property.name)
  )
    return join(
      given.map((each) => write(each, at)),
      (texts) => `Math.${callee.property.name}(${texts.join(', ')})`,
      Math.max(1, given.length),
    );
  throw new Refusal('expected a call of a function of the program, or of one of Math that is allowed', node);
}

/** An array that is handed to a function. */
function passed(node: Node, { scope }: Setting): Written {
  if (node.type !== 'Identifier' || scope.kindOf(node.name) !== 'array')
    throw new Refusal('expected an array, by its name', node);
  return { text: node.name, cost: 0 };
}

function describe(node: Node): string {
  return node.operator ? `${node.type} ${node.operator}` : node.type;
}
