import type { Random } from '../../../search/random.ts';
import type { Edit } from '../../../text/edit.ts';
import { level } from '../precedence.ts';
import type { Analysis } from './analysis/types.ts';
import { step } from './constants.ts';
import { literal, wrap } from './expression.ts';
import { growNumber } from './grow.ts';
import { type Helper, inside, isBare } from './helpers.ts';
import type { Change } from './mutation.ts';
import { fresh } from './reduce.ts';
import { vocabulary } from './vocabulary.ts';

/** A number of a function becomes a parameter: its calls pass the old value, except one that passes another. */
export function parameter(parent: Analysis, { name: helper, node, calls }: Helper, random: Random): Change {
  const numerals = parent.numerals.filter(({ site }) => inside(site, node.body));
  const count: number = node.params.length;
  const outer = calls.filter((each) => !inside(each.node, node));
  const even = calls.every(
    ({ node: { arguments: given } }) =>
      given.length === count && !given.some((each: { type: string }) => each.type === 'SpreadElement'),
  );
  if (numerals.length === 0 || outer.length === 0 || !even || node.params.at(-1)?.type === 'RestElement')
    return undefined;
  const numeral = random.pick(numerals);
  const { site, value } = numeral;
  const old = parent.text.slice(site.start, site.end);
  const [name] = fresh(parent.names, ['k']) as [string];
  const odd = random.pick(outer);
  const words = vocabulary(parent, odd.scope, odd.node.start, random);
  const other =
    random.next() < 0.5
      ? literal(step(numeral, random)).text
      : wrap(growNumber(words, random.weighted([2, 3, 1]), random), level.assignment);
  // The grown expression may call the function itself, without the new argument.
  if (other === old || other.includes(helper)) return undefined;
  const edits: Edit[] = [{ start: site.start, end: site.end, text: name }, declared(parent, node, name)];
  for (const call of calls) {
    const last = call.node.arguments.at(-1);
    const at: number = last ? last.end : call.node.end - 1;
    const handed = call === odd ? other : inside(call.node, node) ? name : old;
    edits.push({ start: at, end: at, text: last ? `, ${handed}` : handed });
  }
  return {
    edits,
    note: `specialise: ${value} in ${helper} becomes its parameter ${name}, which one call passes as ${other.replace(/\s+/g, ' ').slice(0, 40)}`,
  };
}

function declared(parent: Analysis, node: Helper['node'], name: string): Edit {
  const last = node.params.at(-1);
  if (!last) {
    const at = parent.text.indexOf('(', node.id?.end ?? node.start) + 1;
    return { start: at, end: at, text: name };
  }
  return isBare(node)
    ? { start: last.start, end: last.end, text: `(${parent.text.slice(last.start, last.end)}, ${name})` }
    : { start: last.end, end: last.end, text: `, ${name}` };
}
