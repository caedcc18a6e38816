import { applyEdits } from '../../code/edit.ts';
import { level } from '../../code/precedence.ts';
import { mainFile } from '../../program.ts';
import type { Operator, Task } from '../../roles.ts';
import { type Bond, drawBond, plus } from './bond.ts';
import { type Expression, join, literal, wrap } from './expression.ts';
import { feature } from './feature.ts';
import { fewestRuns, fit } from './fit.ts';
import { growNumber } from './grow.ts';
import { type Outline, outline, type Site } from './outline.ts';
import { slice } from './swap.ts';
import { vocabulary } from './vocabulary.ts';

const mostTerms = { fitted: 8, chosen: 24 };

/**
 * Adds a weighted sum of what is in scope to an expression, and fits the weights, from 0, by running it: what neither
 * growing terms one by one nor tuning the constants that are there can do, since a new term helps only with a good
 * weight. Terms whose weight stays 0 are left out. `evaluations`: most runs it may use.
 */
export function blend(evaluations: number): Operator {
  return {
    name: 'blend',
    parents: 1,
    runs: { least: Math.min(fewestRuns, evaluations), most: evaluations },
    *propose(task) {
      const { text } = mainFile(task.parents[0]!.source);
      const program = outline(text, task.problem.language, task.problem.entry);
      if (typeof program === 'string') return { malformed: program };
      const site = pick(program, task);
      if (!site) return { malformed: 'no number to blend anything into' };
      const terms = draw(program, site, task);
      if (terms.length === 0) return { malformed: 'nothing in scope to blend in' };
      const bond = task.comparable ? drawBond(task.random) : plus;
      const family = {
        size: terms.length,
        sparse: true,
        write: (weights: readonly number[]) => written(program, site, bond, terms, weights),
      };
      return yield* fit(
        task,
        family,
        Math.min(evaluations, task.allowance - 1),
        `blending in ${terms.length} terms`,
      );
    },
  };
}

/** A number, mostly one that a function returns. */
function pick(program: Outline, { random, comparable }: Task): Site | undefined {
  const sites = program.sites.filter((each) => each.type === 'number' && each.role === 'plain');
  const returned = sites.filter((each) => each.under.type === 'ReturnStatement');
  const pool = returned.length > 0 && random.next() < (comparable ? 0.75 : 0.6) ? returned : sites;
  return pool.length > 0 ? random.pick(pool) : undefined;
}

/** Distinct terms: the names in scope, features of them, or something grown of them. */
function draw(program: Outline, site: Site, { random, comparable }: Task): Expression[] {
  const words = vocabulary(program, site.scope, site.start, random);
  const terms = new Map<string, Expression>();
  const plain = [...new Set(words.numbers)];
  const most = comparable ? mostTerms.chosen : mostTerms.fitted;
  const depth = random.weighted([4, 3, 1]);
  const term = (): Expression => {
    if (plain.length > 0 && (comparable ? random.next() < 0.85 : depth === 0 && random.next() < 0.5))
      return feature(words, random);
    return depth === 0 && plain.length > 0
      ? { text: random.pick(plain), level: level.primary }
      : growNumber(words, Math.max(1, depth), random);
  };
  for (let tries = 0; tries < 3 * most && terms.size < most; tries++) {
    const drawn = term();
    if (!/^-?[\d.]+$/.test(drawn.text)) terms.set(drawn.text, drawn);
  }
  // By least squares, what stands there already gets a factor of its own, and there is a constant.
  if (comparable) for (const each of [slice(program, site.node), literal(1)]) terms.set(each.text, each);
  return [...terms.values()];
}

function written(
  program: Outline,
  site: Site,
  bond: Bond,
  terms: readonly Expression[],
  weights: readonly number[],
): string {
  let sum: Expression | undefined;
  terms.forEach((term, i) => {
    const weight = weights[i]!;
    if (weight === 0) return;
    const size = literal(Math.abs(weight), 8);
    const part = term.text === '1' ? size : join(size, '*', term);
    const first = weight < 0 ? join(literal(-Math.abs(weight), 8), '*', term) : part;
    sum = sum ? join(sum, weight < 0 ? '-' : '+', part) : term.text === '1' ? literal(weight, 8) : first;
  });
  if (!sum) return program.text;
  const blended = bond(slice(program, site.node), sum);
  return applyEdits(program.text, [{ start: site.start, end: site.end, text: wrap(blended, site.slot) }]);
}
