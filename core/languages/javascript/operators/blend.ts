import { mainFile } from '../../../search/program.ts';
import type { Random } from '../../../search/random.ts';
import type { Operator } from '../../../search/roles.ts';
import { level } from '../precedence.ts';
import { analyse } from './analysis/analyse.ts';
import type { Analysis, Site } from './analysis/types.ts';
import { put } from './edits.ts';
import { type Expression, join, literal } from './expression.ts';
import { fewestRuns, fit } from './fit.ts';
import { growNumber } from './grow.ts';
import { slice } from './swap.ts';
import { vocabulary } from './vocabulary.ts';

const mostTerms = 8;

/**
 * Adds a weighted sum of what is in scope to an expression, and fits the weights, from 0, by running it. Neither
 * growing terms one by one nor tuning existing constants can do this, since a new term helps only with a good weight.
 * Terms whose weight stays 0 are left out. `evaluations`: most runs it may use.
 */
export function blend(evaluations: number): Operator {
  return {
    name: 'blend',
    parents: 1,
    runs: { least: Math.min(fewestRuns, evaluations), most: evaluations },
    *propose(task) {
      const { text } = mainFile(task.parents[0]!.source);
      const program = analyse(text, task.problem.language, task.problem.entry);
      if (typeof program === 'string') return { malformed: program };
      const site = pick(program, task.random);
      if (!site) return { malformed: 'no number to blend anything into' };
      const terms = draw(program, site, task.random);
      if (terms.length === 0) return { malformed: 'nothing in scope to blend in' };
      const family = {
        size: terms.length,
        write: (weights: readonly number[]) => written(program, site, terms, weights),
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

/** Draws a numeric site, mostly one that a function returns. */
function pick(program: Analysis, random: Random): Site | undefined {
  const sites = program.sites.filter((each) => each.type === 'number' && each.role === 'plain');
  const returned = sites.filter((each) => each.under.type === 'ReturnStatement');
  const pool = returned.length > 0 && random.next() < 0.6 ? returned : sites;
  return pool.length > 0 ? random.pick(pool) : undefined;
}

/** Distinct terms: the names in scope, and sometimes an expression grown from them. */
function draw(program: Analysis, site: Site, random: Random): Expression[] {
  const words = vocabulary(program, site.scope, site.start, random);
  const terms = new Map<string, Expression>();
  const plain = [...new Set(words.numbers)];
  const depth = random.weighted([4, 3, 1]);
  for (let tries = 0; tries < 3 * mostTerms && terms.size < mostTerms; tries++) {
    const term: Expression =
      depth === 0 && plain.length > 0
        ? { text: random.pick(plain), level: level.primary }
        : growNumber(words, depth, random);
    if (!/^-?[\d.]+$/.test(term.text)) terms.set(term.text, term);
  }
  return [...terms.values()];
}

function written(
  program: Analysis,
  site: Site,
  terms: readonly Expression[],
  weights: readonly number[],
): string {
  const sum = terms.reduce<Expression>(
    (left, term, i) => {
      const weight = weights[i]!;
      if (weight === 0) return left;
      return join(left, weight < 0 ? '-' : '+', join(literal(Math.abs(weight)), '*', term));
    },
    slice(program, site.node),
  );
  return put(program, site, sum);
}
