import { mainFile, withMain } from '../../../search/program.ts';
import type { Random } from '../../../search/random.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../../../search/roles.ts';
import { compare } from '../../../search/step.ts';
import { level } from '../precedence.ts';
import { analyse } from './analysis/analyse.ts';
import { isResult } from './analysis/syntax.ts';
import type { Analysis, Site } from './analysis/types.ts';
import { put } from './edits.ts';
import { type Expression, join, literal } from './expression.ts';
import { product } from './factor.ts';
import type { FitContext } from './instrumental-variables.ts';
import { levenbergMarquardt } from './levenberg-marquardt.ts';
import { type Link, links } from './link-functions.ts';
import { type Gram, selected, shares } from './matching-pursuit.ts';
import { balance, sidesOf } from './ratio.ts';
import { fresh } from './reduce.ts';
import { termsOf } from './sum-terms.ts';
import { slice } from './swap.ts';
import type { Law } from './term.ts';
import { distinct, more, sumOf, type Term } from './term.ts';
import { vocabulary } from './vocabulary.ts';

/** Terms of a sum besides its constant. */
const mostTerms = 4;

/** Terms regressed at a time, and those of them that are kept. */
const width = 40;
const kept = 12;

/** Rounds in a row without a better sum after which it may have a term more. */
const patience = 3;

/** Runs reserved for fitting a sum. */
const reserve = 30;

/** Probability of looking for a ratio of sums where the parent is none. */
const ratios = 0.3;

/** Share of the squares at which nothing more can be learnt. */
const trifle = 1e-14;

const unknown = Number.NEGATIVE_INFINITY;

/**
 * Looks for a law that is a sum of few terms, a ratio of two sums, or a sum under a root, in a denominator or in an
 * exponent, where residuals are given. Starts from the parent's terms, or from none; the parent's prediction is the
 * point at which terms are regressed.
 */
export const link: Operator = {
  name: 'link',
  parents: 1,
  runs: { least: 200, most: 1600 },
  *propose(task) {
    const { language, entry } = task.problem;
    const program = analyse(mainFile(task.parents[0]!.source).text, language, entry);
    if (typeof program === 'string') return { malformed: program };
    const sites = program.sites.filter(isResult);
    if (sites.length === 0) return { malformed: 'no number is returned' };
    const site = task.random.pick(sites);
    const names = [...new Set(vocabulary(program, site.scope, site.start, task.random).numbers)];
    if (names.length === 0) return { malformed: 'nothing in scope to make terms of' };
    return yield* relate(task, program, site, names);
  },
};

/** What the search for a law works with. */
interface Ground extends FitContext {
  /** Name of the parent's prediction in the programs that regress terms. */
  readonly m: string;
  readonly names: readonly string[];
  readonly random: Random;
}

function* relate(
  { parents: [parent], random, allowance, maxProgramSize }: Task,
  program: Analysis,
  site: Site,
  names: readonly string[],
): Generator<Step, Proposal, Reply> {
  const [m] = fresh(program.names, ['m']);
  const written = (expression: Expression) => withMain(parent!.source, put(program, site, expression));
  const ground: Ground = { written, m: m!, names, random, budget: { left: allowance - 1 } };
  const { score } = parent!.outcome;
  const sides = sidesOf(program, site.node);
  let name = 'ratio';
  let law: Law | undefined;
  if (random.next() < (sides ? 0.5 : ratios)) {
    law = yield* balance(sides ?? { above: [], below: [] }, ground);
  } else {
    const { link, terms } = begin(program, site, random);
    ({ name } = link);
    law = yield* search(link, { terms, formula: slice(program, site.node), score }, ground);
  }
  if (!law) return { malformed: `no sum says anything as a ${name}` };
  const text = put(program, site, law.formula);
  if (text.length > maxProgramSize) return { malformed: `longer than ${maxProgramSize} characters` };
  const what = law.terms.map((term) => product(term).text).join(', ');
  return {
    source: withMain(parent!.source, text),
    note: `link: ${name} of ${what}, score ${score} becomes ${law.score}`,
  };
}

/** The parent's link, or any; mostly with the parent's terms where it is the same. */
function begin(program: Analysis, { node }: Site, random: Random): { link: Link; terms: Term[] } {
  const own = links.find(({ sumIn }) => sumIn(node))!;
  const keeps = own.name !== 'sum' && random.next() < 0.5;
  const link = keeps ? own : links[random.weighted(links.map(({ odds }) => odds))]!;
  if (link !== own || random.next() < 0.3) return { link, terms: [] };
  return { link, terms: termsOf(program, link.sumIn(node)!).slice(0, mostTerms) };
}

/** Rounds of new terms beside the present ones, each sum fitted; returns the best law of all. */
function* search(link: Link, parent: Law, ground: Ground): Generator<Step, Law | undefined, Reply> {
  const { names, random, budget } = ground;
  let near = parent;
  let pool = parent.terms;
  let best: Law | undefined;
  // A long term is found best while it is alone, and terms that only help each other are found side by side.
  let size = Math.max(parent.terms.length, random.pick([1, mostTerms]));
  for (let idle = 0; size <= mostTerms; ) {
    const there = distinct([...(best?.terms ?? []), ...pool]);
    const terms = distinct([...there, ...more(there, names, random, width - there.length)]);
    if (budget.left < terms.length + 3 + reserve) break;
    const gram = yield* weigh(link, near.formula, terms, ground);
    if (!gram) break;
    const sum = selected(
      gram,
      size,
      best?.terms.map((_, i) => i + 1),
    );
    if (sum.chosen.length === 0) break;
    pool = promising(gram, sum.chosen).map((i) => terms[i - 1]!);
    const own = sum.chosen.map((i) => (i === 0 ? [] : terms[i - 1]!));
    const { formula, score } = yield* fitted(link, own.map(product), sum.weights, ground);
    const better = score > (best?.score ?? unknown) + 0.01;
    idle = better ? 0 : idle + 1;
    if (idle === patience) [size, idle] = [size + 1, 0];
    if (!better) continue;
    best = { terms: own.filter(({ length }) => length > 0), formula, score };
    if (score > near.score) near = best;
    if (sum.rest <= trifle * gram.products[0]![0]!) break;
  }
  return best;
}

/** A weighted sum under a link, its weights fitted to what is returned, starting from those that fit near the parent's prediction. */
function* fitted(
  { inverse }: Link,
  parts: readonly Expression[],
  weights: readonly number[],
  { written, budget }: Ground,
): Generator<Step, Omit<Law, 'terms'>, Reply> {
  const formula = (point: readonly number[]): Expression =>
    inverse(
      sumOf(
        parts,
        weights.map((each, i) => each * (1 + point[i]!)),
      ),
    );
  const most = Math.min(budget.left, 3 * (parts.length + 5));
  budget.left -= most;
  const start = { point: parts.map(() => 0), score: unknown };
  const { point, score } = yield* levenbergMarquardt(start, (at) => written(formula(at)), most);
  return { formula: formula(point), score };
}

/** Inner products of terms and of the value that their sum should have; undefined where one is no number, or the search refuses runs. */
function* weigh(
  { offset, slope }: Link,
  near: Expression,
  terms: readonly Term[],
  { written, m, budget }: Ground,
): Generator<Step, Gram | undefined, Reply> {
  const at = (text: string): Expression => ({ text: `((${m}) => ${text})(${near.text})`, level: level.call });
  const columns = [literal(1), ...terms.map(product)].map((term) => at(join(slope(m), '*', term).text));
  budget.left -= columns.length + 2;
  const { outcomes, products } = yield* compare([literal(0), at(offset(m)), ...columns].map(written));
  const usable = outcomes.map(({ status }) => status === 'scored');
  return usable[0] && usable[1] ? { products: beside(products), usable: usable.slice(2) } : undefined;
}

/** The first program returns 0, with residual y, the second the offset: y less the offset becomes the first row. */
function beside(products: readonly (readonly number[])[]): number[][] {
  const left = products[0]!.map((each, i) => each + products[1]![i]!);
  const rest = products[0]![0]! + 2 * products[0]![1]! + products[1]![1]!;
  const rows = products.slice(2).map((row, i) => [left[i + 2]!, ...row.slice(2)]);
  return [[rest, ...left.slice(2)], ...rows];
}

/** Terms by index: those of the sum, those that would add most to it, and those that explain most alone. */
function promising(gram: Gram, chosen: readonly number[]): number[] {
  const by = (worth: readonly number[]): number[] =>
    worth
      .map((_, i) => i)
      .filter((i) => i > 0)
      .sort((a, b) => worth[b]! - worth[a]!)
      .slice(0, mostTerms);
  const all = [...chosen.filter((i) => i > 0), ...by(shares(gram, chosen)), ...by(shares(gram, [0]))];
  return [...new Set(all)].slice(0, kept);
}
