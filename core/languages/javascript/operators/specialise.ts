import type { Random } from '../../../search/random.ts';
import type { Edit } from '../../../text/edit.ts';
import { resolve } from '../bindings.ts';
import type { Node } from '../parse.ts';
import type { Analysis, Numeral } from './analysis/types.ts';
import { step } from './constants.ts';
import { literal } from './expression.ts';
import { extract, reuse } from './extract.ts';
import { type Helper, helpersOf, type Invocation, inside, isBare } from './helpers.ts';
import { textOf, varied } from './mutate-range.ts';
import { type Change, mutation } from './mutation.ts';
import { parameter } from './parameter.ts';
import { fresh } from './reduce.ts';

/**
 * Lets parts of a program evolve separately, or be reused (automatically defined functions, Koza 1994): a function gets
 * a copy for one of its calls, a number in it becomes a parameter, an expression becomes a function. Each comes with
 * one small change in the new part, without which the child would behave like its parent.
 */
export const specialise = mutation('specialise', 1, (parent, random, _, task) => {
  const helpers = helpersOf(parent, task.problem.entry);
  const shared = helpers.filter((each) => outerCalls(each).length > 1);
  const open = helpers.filter((each) => each.onlyCalled && !each.exported && each.calls.length > 0);
  const numbers = helpers.filter((each) => each.returns === 'number');
  const odds = [shared.length > 0 ? 4 : 0, open.length > 0 ? 3 : 0, numbers.length > 0 ? 1.5 : 0, 3];
  switch (random.weighted(odds)) {
    case 0:
      return copy(parent, random.pick(shared), random);
    case 1:
      return parameter(parent, random.pick(open), random);
    case 2:
      return reuse(parent, random.pick(numbers), task.problem.entry, random);
    default:
      return extract(parent, random);
  }
});

function outerCalls(helper: Helper): readonly Invocation[] {
  return helper.calls.filter((each) => !inside(each.node, helper.declaration));
}

/** A copy of a function for one of its calls; a number passed there may become a constant of the copy. */
function copy(parent: Analysis, helper: Helper, random: Random): Change {
  const { declaration, id, node } = helper;
  const call = random.pick(outerCalls(helper));
  const [name] = fresh(parent.names, [helper.name.replace(/\d+$/, '') || 'f']) as [string];
  const callee = { start: call.callee.start, end: call.callee.end, text: name };
  const own = random.next() < 0.5 ? numberIn(parent, helper, call, random) : undefined;
  // The number changes, or something else in the copy does.
  const moves = own && random.next() < 0.5;
  const body = moves ? textOf(parent, node.body) : varied(parent, node.body, random);
  if (body === undefined) return undefined;
  const old = own && textOf(parent, own.numeral.site);
  const value = moves ? literal(step(own.numeral, random)).text : old;
  if (moves && value === old) return undefined;
  const declared = own ? `const ${own.name} = ${value};` : '';
  const newline = parent.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /[^\S\r\n]*$/.exec(parent.text.slice(0, declaration.start))![0];
  const head = declared && `{${newline}${indent}  ${declared}${body.slice(1)}`;
  const text = textOf(parent, declaration, [
    { start: id.start, end: id.end, text: name },
    ...(own ? [without(parent, node.params, own.place, isBare(node))] : []),
    { start: node.body.start, end: node.body.end, text: head || body },
  ]);
  const put = { start: declaration.end, end: declaration.end, text: `${newline}${newline}${indent}${text}` };
  return {
    edits: [put, callee, ...(own ? [without(parent, call.node.arguments, own.place)] : [])],
    note: `specialise: a copy ${name} of ${helper.name} for one of its calls${own ? `, with a ${own.name} of its own` : ''}`,
  };
}

/** A parameter that is only read and for which a call passes a number. */
function numberIn(
  parent: Analysis,
  { node }: Helper,
  call: Invocation,
  random: Random,
): { readonly name: string; readonly place: number; readonly numeral: Numeral } | undefined {
  const given: readonly Node[] = call.node.arguments;
  const plain =
    node.body.type === 'BlockStatement' &&
    node.params.every((each: Node) => each.type === 'Identifier') &&
    !given.some((each) => each.type === 'SpreadElement');
  if (!plain) return undefined;
  const scope = parent.functions.find((each) => each.node === node)!.scope;
  const found = given.flatMap((each, place) => {
    const parameter: Node | undefined = node.params[place];
    const numeral = parent.numerals.find(({ site }) => inside(site, each) && inside(each, site));
    if (!numeral || parameter?.type !== 'Identifier' || resolve(parameter.name, scope)!.assigned) return [];
    return [{ name: parameter.name as string, place, numeral }];
  });
  return found.length > 0 ? random.pick(found) : undefined;
}

/** A list without one of its members; `bare`: it has no parentheses. */
function without(parent: Analysis, list: readonly Node[], place: number, bare = false): Edit {
  const rest = list.filter((_, i) => i !== place);
  const text = rest.map((each) => parent.text.slice(each.start, each.end)).join(', ');
  return { start: list[0]!.start, end: list.at(-1)!.end, text: bare ? `(${text})` : text };
}
