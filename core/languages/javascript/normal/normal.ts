import { compare, type Form, hashOf, mix, numberForm, ordered, unordered } from '../../../text/form.ts';
import type { Node } from '../parse.ts';
import { depend, type Effects, effectsIn, isPure } from './effects.ts';
import { inlinable } from './inline.ts';
import { children, type Names, resolveNames, type Variable } from './names.ts';
import { continues, leaves, simple, synthetic } from './statements.ts';
import { arithmetic, chain, isText, sumOf, withoutNeutral } from './terms.ts';

/**
 * The normal form of a minified program (without parentheses in its tree): what it computes from what, as in value
 * numbering (Alpern 1988), rather than how it is written. Names are removed, temporaries are replaced by their
 * values, sums and products are flat and sorted, and so are statements that do not depend on each other.
 */
export function normal(program: Node): Form {
  const names = resolveNames(program);
  const writer = new Writer(names, inlinable(names));
  writer.tellApart();
  return writer.block(program.body);
}

/** Rounds in which the hashes of changing names absorb those of the values assigned to them (Weisfeiler and Leman 1968). */
const rounds = 2;

/** One idea: the writer of forms. The forms of statements, expressions and names are mutually recursive. */
class Writer {
  readonly #names: Names;
  readonly #inlined: ReadonlySet<Variable>;
  readonly #effects: (node: Node) => Effects;
  readonly #arithmetic = arithmetic(
    (node) => this.expression(node),
    (node) => this.#seen(node),
  );
  readonly #simple = new Map<Node, readonly Node[]>();
  #colours = new Map<Variable, number>();
  /** The forms of inlined names; `undefined` while one is being written, as in a recursion. */
  #known = new Map<Variable, Form | undefined>();
  /** How many more temporaries may be expanded in sums and products: each may double the size of the form. */
  #expansions = 500;

  constructor(names: Names, inlined: ReadonlySet<Variable>) {
    this.#names = names;
    this.#inlined = inlined;
    this.#effects = effectsIn(names, inlined);
  }

  /** Gives each changing name a hash that depends on its assignments, not on its spelling or position. */
  tellApart(): void {
    const changing = this.#names.all.filter((each) => !this.#inlined.has(each));
    const first = (each: Variable) => hashOf(`${each.role} ${each.role === 'let' ? '' : each.scope.depth}`);
    let colours = new Map(changing.map((each) => [each, first(each)]));
    for (let round = 0; round < rounds; round++) {
      this.#colours = colours;
      this.#known = new Map();
      colours = new Map(
        changing.map((each) => {
          const parts = each.writes.map(({ node }) => this.#write(node).hash).sort((a, b) => a - b);
          const init = each.init ? this.expression(each.init).hash : 0;
          return [each, parts.reduce(mix, mix(first(each), init))];
        }),
      );
    }
    this.#colours = new Map();
    for (const each of changing) {
      const colour = colours.get(each)!;
      const before = changing
        .slice(0, changing.indexOf(each))
        .filter((other) => colours.get(other) === colour && sees(each, other));
      this.#colours.set(each, mix(colour, before.length));
    }
    this.#known = new Map();
  }

  /** A changing name is identified by its assigned values, in a `for` by the iterated value. */
  #write(node: Node): Form {
    return /^For/.test(node.type) ? this.expression(node.right) : this.expression(node);
  }

  /** The form of statements that do something; those that may be reordered are sorted. */
  block(nodes: readonly Node[]): Form {
    const list = nodes.flatMap((each) => this.#split(each));
    const steps: { form: Form; effects: Effects }[] = [];
    for (const [i, each] of list.entries()) {
      const effects = this.#effects(each);
      if (this.#idle(each, effects)) continue;
      if (each.type === 'IfStatement' && !each.alternate && leaves(each.consequent)) {
        const form = this.#choice(each.test, [each.consequent], list.slice(i + 1));
        steps.push({ form, effects });
        break;
      }
      steps.push({ form: this.statement(each), effects });
    }
    return ordered('block', schedule(steps));
  }

  /** The simple statements of one, the same nodes each time, so that their effects are found once. */
  #split(node: Node): readonly Node[] {
    const known = this.#simple.get(node);
    if (known) return known;
    const list = simple(node);
    this.#simple.set(node, list);
    return list;
  }

  #idle(node: Node, effects: Effects): boolean {
    if (node.type === 'FunctionDeclaration') return this.#inlines(node.id);
    if (node.type === 'VariableDeclarator' && this.#inlines(node.id)) return true;
    return node.type === 'ExpressionStatement' && isPure(effects);
  }

  #inlines(id: Node): boolean {
    const variable = this.#names.of.get(id);
    return variable !== undefined && this.#inlined.has(variable);
  }

  #choice(test: Node, then: readonly Node[], otherwise: readonly Node[]): Form {
    return ordered('if', [this.expression(test), this.block(then), this.block(otherwise)]);
  }

  statement(node: Node): Form {
    switch (node.type) {
      case 'VariableDeclarator':
        return node.init ? this.#assign(node.id, this.expression(node.init)) : this.expression(node.id);
      case 'ExpressionStatement':
        return node.expression.type === 'UpdateExpression'
          ? this.#step(node.expression)
          : this.expression(node.expression);
      case 'IfStatement':
        return this.#choice(node.test, [node.consequent], node.alternate ? [node.alternate] : []);
      case 'ForStatement':
      case 'WhileStatement': {
        const update = node.update
          ? [synthetic('ExpressionStatement', node.update, { expression: node.update })]
          : [];
        const test = node.test ? this.expression(node.test) : ordered('always', []);
        // Without a `continue`, the update of a `for` is the end of its body, as in a `while`.
        if (!continues(node.body)) return ordered('loop', [test, this.block([node.body, ...update])]);
        return ordered('loop', [test, this.block([node.body]), this.block(update)]);
      }
      case 'BlockStatement':
        return this.block(node.body);
      case 'ExportNamedDeclaration':
        if (node.declaration)
          return ordered(`export ${node.declaration.id?.name ?? ''}`, this.#declared(node.declaration));
        return unordered(
          'exports',
          node.specifiers.map((each: Node) =>
            ordered(`export ${each.exported.name}`, [this.expression(each.local)]),
          ),
        );
      default:
        return this.#other(node);
    }
  }

  #declared(node: Node): Form[] {
    if (node.type === 'VariableDeclaration')
      return node.declarations.map((each: Node) =>
        each.init ? this.expression(each.init) : this.expression(each.id),
      );
    return [this.expression(node)];
  }

  #assign(target: Node, value: Form): Form {
    return ordered('=', [this.expression(target), value]);
  }

  #step(node: Node): Form {
    const by = numberForm(1);
    const term = { form: by, negative: node.operator === '--' };
    return this.#assign(
      node.argument,
      sumOf([{ form: this.expression(node.argument), negative: false }, term]),
    );
  }

  expression(node: Node): Form {
    switch (node.type) {
      case 'Identifier':
        return this.#name(node);
      case 'Literal':
        if (typeof node.value === 'number') return numberForm(node.value);
        return ordered(`literal ${node.raw ?? node.value}`, []);
      case 'BinaryExpression':
      case 'UnaryExpression':
        return this.#operation(node);
      case 'LogicalExpression': {
        const parts = chain(node, node.operator);
        const free = node.operator !== '??' && parts.every((each) => isPure(this.#effects(each)));
        return (free ? unordered : ordered)(
          node.operator,
          parts.map((each) => this.expression(each)),
        );
      }
      case 'AssignmentExpression': {
        const operator = node.operator.slice(0, -1);
        const value: Node = { ...node, type: 'BinaryExpression', operator };
        if (/^(?:|&&|\|\||\?\?)$/.test(operator))
          return ordered(node.operator, [this.expression(node.left), this.expression(node.right)]);
        return this.#assign(node.left, this.expression(value));
      }
      case 'UpdateExpression':
        return node.prefix ? this.#step(node) : ordered('after', [this.#step(node)]);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression':
        return this.#routine(node);
      case 'CallExpression': {
        const { callee } = node;
        const any = callee.type === 'MemberExpression' && /^(?:min|max|hypot)$/.test(callee.property.name);
        const list: Form[] = node.arguments.map((each: Node) => this.expression(each));
        return ordered('call', [this.expression(callee), (any ? unordered : ordered)('arguments', list)]);
      }
      case 'SequenceExpression': {
        const last = node.expressions.at(-1);
        const kept = node.expressions.filter((each: Node) => each === last || !isPure(this.#effects(each)));
        const forms: Form[] = kept.map((each: Node) => this.expression(each));
        return forms.length === 1 ? forms[0]! : ordered('sequence', forms);
      }
      default:
        return this.#other(node);
    }
  }

  #name(node: Node): Form {
    const variable = this.#names.of.get(node);
    if (!variable) return ordered(`name ${node.name}`, []);
    if (!this.#inlined.has(variable)) return ordered(this.#colours.get(variable) ?? 0, []);
    if (this.#known.has(variable)) return this.#known.get(variable) ?? ordered('recursion', []);
    this.#known.set(variable, undefined);
    const form = this.expression(variable.init!);
    this.#known.set(variable, form);
    return form;
  }

  #routine(node: Node): Form {
    const statements: Node[] =
      node.body.type === 'BlockStatement'
        ? node.body.body
        : [synthetic('ReturnStatement', node.body, { argument: node.body })];
    const word = `function ${node.async ? 'async' : ''}${node.generator ? '*' : ''}`;
    return ordered(word, [...node.params.map((each: Node) => this.expression(each)), this.block(statements)]);
  }

  #operation(node: Node): Form {
    const bare = withoutNeutral(node);
    if (bare !== node) return this.expression(bare);
    const { operator } = node;
    const literal = node.type === 'BinaryExpression' && chain(node, '+').some(isText);
    if (
      (/^[+-]$/.test(operator) && node.type === 'BinaryExpression' && !literal) ||
      (operator === '-' && !node.left)
    )
      return this.#arithmetic.sum(node);
    if (/^[*/]$/.test(operator)) return this.#arithmetic.product(node);
    const parts: Form[] = (node.argument ? [node.argument] : [node.left, node.right]).map((each: Node) =>
      this.expression(each),
    );
    if (/^(?:[!=]==?|[&|^])$/.test(operator)) return unordered(operator, parts);
    if (operator === '>' || operator === '>=') return ordered(operator.replace('>', '<'), parts.toReversed());
    if (operator === '**' && node.right.value === 2) return unordered('*', [parts[0]!, parts[0]!]);
    return ordered(`${node.argument ? 'unary ' : ''}${operator}`, parts);
  }

  /** The value of a temporary, if it is arithmetic that may be merged into the expression around its use. */
  #seen(node: Node): Node {
    const bare = withoutNeutral(node);
    if (bare !== node) return bare;
    const variable = node.type === 'Identifier' ? this.#names.of.get(node) : undefined;
    const init = variable && this.#inlined.has(variable) ? variable.init! : undefined;
    if (!init || !/^(?:Binary|Unary)Expression$|^Identifier$|^Literal$/.test(init.type)) return node;
    return this.#expansions-- > 0 ? init : node;
  }

  #other(node: Node): Form {
    const words: string[] = [node.type];
    for (const key of [
      'operator',
      'kind',
      'name',
      'value',
      'raw',
      'optional',
      'computed',
      'delegate',
      'static',
      'await',
    ])
      if (typeof node[key] === 'string' || node[key] === true) words.push(`${node[key]}`);
    for (const key of ['property', 'key', 'label'])
      if (node[key] && !node.computed) words.push(`.${node[key].name ?? node[key].value}`);
    if (node.type === 'TemplateElement') words.push(node.value.raw);
    return ordered(
      words.join(' '),
      children(node).map((each) =>
        /Statement$|^VariableDecl/.test(each.type) ? this.block([each]) : this.expression(each),
      ),
    );
  }
}

/** Whether one name is in scope where another is declared. */
function sees(variable: Variable, other: Variable): boolean {
  for (let scope: typeof variable.scope | undefined = variable.scope; scope; scope = scope.parent)
    if (scope === other.scope) return true;
  return false;
}

/** Topological order: dependent steps keep their order, and of those that may go next the least goes first. */
function schedule(steps: readonly { readonly form: Form; readonly effects: Effects }[]): Form[] {
  const left = steps.map((step, i) => ({
    ...step,
    waits: new Set(steps.slice(0, i).filter((before) => depend(before.effects, step.effects))),
    step,
  }));
  const done: Form[] = [];
  while (left.length > 0) {
    let next = -1;
    for (const [i, each] of left.entries())
      if (each.waits.size === 0 && (next < 0 || compare(each.form, left[next]!.form) < 0)) next = i;
    const [taken] = left.splice(next, 1);
    done.push(taken!.form);
    for (const each of left) each.waits.delete(taken!.step);
  }
  return done;
}
