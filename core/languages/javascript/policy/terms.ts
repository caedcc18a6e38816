import { policyOf } from '../../../learning/provided.ts';
import { withMain } from '../../../search/program.ts';
import type { Proposal, Reply, Step, Task } from '../../../search/roles.ts';
import { compare } from '../../../search/step.ts';
import { numeralOf } from '../operators/analysis/syntax.ts';
import type { Analysis, Site } from '../operators/analysis/types.ts';
import { put } from '../operators/edits.ts';
import { type Expression, literal } from '../operators/expression.ts';
import { type Gram, selected, shares } from '../operators/matching-pursuit.ts';
import { slice } from '../operators/swap.ts';
import { sumOf } from '../operators/term.ts';
import type { Node } from '../parse.ts';
import { level } from '../precedence.ts';
import { drafts, flaw, sampledOf } from './draw.ts';
import { siteContextOf } from './site.ts';

/** Most terms of a sum besides the constant; a longer sum counts as one term. */
const mostTerms = 5;

/** Most characters of a term that may be reused: longer ones would only grow programs. */
const longest = 60;

/** Runs besides those of drawn terms: of 0, of the constant, and of the present terms. */
export const fixedRuns = 2 + mostTerms;

/**
 * Regresses new terms together with those of the returned sum: each is run, and the few that together leave least are
 * kept, with the weights of least squares. A term's reward is the share of the sum's residual that it would explain.
 */
export function* addTerms(
  task: Task,
  program: Analysis,
  site: Site,
  count: number,
): Generator<Step, Proposal, Reply> {
  const { policy } = policyOf(task);
  const parent = task.parents[0]!;
  const there = addends(program, site.node);
  const parts = there.filter(({ text }) => text.length <= longest);
  const siteContext = siteContextOf(policy.grammar, program, site, parts.length > 0);
  const drawn = drafts(task, policy, program, site, siteContext, count, 'term', parts);
  const news = drawn.filter(({ duplicate }) => !duplicate);
  const terms = [literal(1), ...there, ...news.map(({ expression }) => expression)];
  const written = (expression: Expression) => withMain(parent.source, put(program, site, expression));
  const { outcomes, products } = yield* compare([literal(0), ...terms].map(written));
  if (outcomes[0]?.status !== 'scored') return { malformed: 'fails without its terms' };
  const gram: Gram = { products, usable: outcomes.slice(1).map(({ status }) => status === 'scored') };
  const old = Array.from({ length: there.length + 1 }, (_, i) => i);
  const worth = shares(gram, old);
  const rewards = new Map(
    news.map((each, i) => [each, gram.usable[old.length + i] ? worth[old.length + i] : undefined] as const),
  );
  const sampled = sampledOf(task, siteContext.place, drawn, rewards);
  const { chosen, weights } = selected(gram, mostTerms, old.slice(1));
  if (weights.every((weight) => weight === 0)) return { malformed: 'nothing explains anything', sampled };
  const sum = sumOf(
    chosen.map((k) => terms[k]!),
    weights,
  );
  const text = put(program, site, sum);
  const wrong = text === program.text ? 'found nothing better' : flaw(program, text, task);
  if (wrong) return { malformed: wrong, sampled };
  return {
    source: withMain(parent.source, text),
    note: `policy ${policy.version}: ${sum.text.slice(0, 100)}`,
    sampled,
  };
}

/** The terms of a sum without weights and constants; the whole sum as one term where there are too many. */
export function addends(program: Analysis, node: Node): Expression[] {
  const terms: Expression[] = [];
  const visit = (each: Node): void => {
    let inner = each;
    while (inner.type === 'ParenthesizedExpression') inner = inner.expression;
    if (inner.type === 'BinaryExpression' && /^[+-]$/.test(inner.operator)) {
      visit(inner.left);
      visit(inner.right);
    } else if (numeralOf(inner) === undefined) terms.push(unweighted(program, inner));
  };
  visit(node);
  const distinct = [...new Map(terms.map((term) => [term.text, term])).values()];
  if (distinct.length <= mostTerms) return distinct;
  return [slice(program, node)];
}

/** A product without the number it begins with. */
function unweighted(program: Analysis, node: Node): Expression {
  let first = node;
  while (
    first.type === 'BinaryExpression' &&
    /^[*/]$/.test(first.operator) &&
    numeralOf(first.left) === undefined
  )
    first = first.left;
  const product = first.type === 'BinaryExpression' && first.operator === '*';
  if (!product || numeralOf(first.left) === undefined) return slice(program, node);
  if (first === node) return slice(program, first.right);
  return { text: program.text.slice(first.right.start, node.end), level: level.multiplicative };
}
