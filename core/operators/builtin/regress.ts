import { applyEdits } from '../../code/edit.ts';
import { mainFile, sizeOf, withMain } from '../../program.ts';
import type { Random } from '../../random.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../../roles.ts';
import { type Bond, bonds, drawBond } from './bond.ts';
import { descend, type Spot, slopesAt, type Write } from './descend.ts';
import { type Expression, join, literal, wrap } from './expression.ts';
import { type Factor, factor, product } from './feature.ts';
import type { Slopes } from './normal.ts';
import { explained } from './normal.ts';
import { type Outline, outline, type Site } from './outline.ts';
import { slice } from './swap.ts';
import { vocabulary } from './vocabulary.ts';

/** New terms tried at a time; those that go on; times in a row that nothing better turns up; terms that one trial adds. */
const fresh = 20;
const kept = 4;
const patience = 3;
const stages = 3;
/** Share of the squares that are left that a term must explain. */
const worth = 0.1;

const runsOf = { least: 80, most: 1500 };

/**
 * Adds terms to an expression by least squares, where residuals are given. Terms grow factor by factor: of many small
 * ones those go on that explain most of what is left, each with another factor. The few that do best together are then
 * joined to the expression, as a sum or where a sum hides under a root or in a denominator.
 */
export const regress: Operator = {
  name: 'regress',
  parents: 1,
  runs: runsOf,
  *propose(task) {
    const parent = task.parents[0]!;
    const program = outline(mainFile(parent.source).text, task.problem.language, task.problem.entry);
    if (typeof program === 'string') return { malformed: program };
    const site = pick(program, task.random);
    if (!site) return { malformed: 'no number to add anything to' };
    const names = [...new Set(vocabulary(program, site.scope, site.start, task.random).numbers)];
    if (names.length === 0) return { malformed: 'nothing in scope to add' };
    return yield* grow(task, program, site, names);
  },
};

/** A number, mostly one that a function returns. */
function pick(program: Outline, random: Random): Site | undefined {
  const sites = program.sites.filter((each) => each.type === 'number' && each.role === 'plain');
  const returned = sites.filter((each) => each.under.type === 'ReturnStatement');
  const pool = returned.length > 0 && random.next() < 0.75 ? returned : sites;
  return pool.length > 0 ? random.pick(pool) : undefined;
}

type Term = readonly Factor[];

function* grow(
  task: Task,
  program: Outline,
  site: Site,
  names: readonly string[],
): Generator<Step, Proposal, Reply> {
  const parent = task.parents[0]!;
  const bond = drawBond(task.random);
  const there = slice(program, site.node);
  // From the start now and then, or whatever a parent took for the law would be built upon for ever.
  const anew = isNumber(there) || task.random.next() < 0.4;
  const old = anew ? literal(1) : there;
  const always = anew ? [literal(1)] : [literal(1), there];
  const writer =
    (by: Bond) =>
    (terms: readonly Term[]): Write => {
      const all = [...always, ...terms.map(product)];
      return (weights) => withMain(parent.source, written(program, site, by(old, sumOf(all, weights))));
    };
  let left = Math.min(runsOf.most, task.allowance - 1);
  let sum: readonly Term[] = [];
  let best: Spot = {
    point: always.map(() => 0),
    score: anew ? Number.NEGATIVE_INFINITY : parent.outcome.score,
  };
  if (anew) {
    best = yield* descend(best, writer(bond)([]), 16);
    left -= 16;
  }
  const attempt = function* (
    others: readonly Term[],
    first: readonly Term[],
  ): Generator<Step, boolean, Reply> {
    const weights = best.point.slice(0, always.length + others.length);
    const base: Spot =
      others.length === sum.length
        ? best
        : yield* descend(
            { point: weights.map(() => 0), score: Number.NEGATIVE_INFINITY },
            writer(bond)(others),
            24,
          );
    if (base !== best) left -= 24;
    const found = yield* findTerm(others, first, base, writer(bond), names, left, task.random);
    left -= found.used;
    if (!found.term) return false;
    const terms = [...others, found.term];
    const runs = Math.min(left, 3 * (terms.length + 6));
    const fitted = yield* descend(
      { point: [...base.point, 0], score: base.score },
      writer(bond)(terms),
      runs,
    );
    left -= runs;
    if (!(fitted.score > best.score)) return false;
    sum = terms;
    best = fitted;
    return true;
  };
  while (sum.length < stages) if (!(yield* attempt(sum, []))) break;
  // Each term once more, now that the others are there.
  for (let k = 0; sum.length > 1 && k < 2 * sum.length && left > 100; k++) {
    yield* attempt(sum.slice(1), [sum[0]!]);
    sum = [...sum.slice(1), sum[0]!];
    best = rotated(best, always.length);
  }
  if (sum.length === 0) return { malformed: 'no term explains much of what is left' };
  let chosen = bond;
  for (const other of bonds) {
    const runs = Math.min(left, 3 * (best.point.length + 4));
    if (!anew || other === bond || runs < best.point.length + 4) continue;
    const start: Spot = { point: best.point.map(() => 0), score: Number.NEGATIVE_INFINITY };
    const fitted = yield* descend(start, writer(other)(sum), runs);
    left -= runs;
    if (!(fitted.score > best.score)) continue;
    best = fitted;
    chosen = other;
  }
  const source = writer(chosen)(sum)(best.point);
  if (sizeOf(source) > task.sizeLimit) return { malformed: `longer than ${task.sizeLimit} characters` };
  const what = sum.map((term) => product(term).text).join(', ');
  return { source, note: `regress: with ${what}, score ${parent.outcome.score} becomes ${best.score}` };
}

/** A term that explains much of what a sum leaves, grown factor by factor. */
function* findTerm(
  sum: readonly Term[],
  first: readonly Term[],
  from: Spot,
  writer: (terms: readonly Term[]) => Write,
  names: readonly string[],
  runs: number,
  random: Random,
): Generator<Step, { readonly term: Term | undefined; readonly used: number }, Reply> {
  let best: readonly Term[] = first;
  let share = worth;
  let used = 0;
  for (let round = 0, idle = 0; idle < patience; round++) {
    const terms = distinct([...best, ...more(round === 0 && best.length === 0 ? sum : best, names, random)]);
    const columns = from.point.length + terms.length;
    if (runs - used < columns + 20) break;
    const point = [...from.point, ...terms.map(() => 0)];
    const slopes: Slopes | undefined = yield* slopesAt(point, writer([...sum, ...terms]));
    used += columns + 1;
    if (!slopes) break;
    const given = from.point.map((_, i) => i);
    const merit = terms.map((_, i) => explained(slopes, given, from.point.length + i));
    const order = merit.map((_, i) => i).sort((a, b) => merit[b]! - merit[a]!);
    const most = merit[order[0]!]!;
    idle = most > share + 0.02 * (1 - share) ? 0 : idle + 1;
    if (most > worth) best = order.slice(0, kept).map((i) => terms[i]!);
    share = Math.max(share, most);
    if (share > 1 - 1e-9) break;
  }
  return { term: best[0], used };
}

/** New terms: single factors, or one of those that are there with a factor more, another, or another power of it. */
function more(there: readonly Term[], names: readonly string[], random: Random): Term[] {
  return Array.from({ length: fresh }, () => {
    const next = factor(names, random);
    const way = there.length === 0 ? 0 : random.weighted([2, 9, 5, 4]);
    if (way === 0) return [next];
    const base = there[Math.min(there.length - 1, random.weighted([4, 3, 2, 1]))]!;
    if (way === 1) return [...base, next];
    const place = random.int(base.length);
    const other = way === 2 ? next : { of: base[place]!.of, power: next.power };
    return base.map((each, i) => (i === place ? other : each));
  });
}

/** The same spot with the first term's weight last. */
function rotated({ point, score }: Spot, always: number): Spot {
  const [weight, ...rest] = point.slice(always);
  return { point: [...point.slice(0, always), ...rest, weight!], score };
}

function distinct(terms: readonly Term[]): Term[] {
  return [...new Map(terms.map((term) => [product(term).text, term])).values()];
}

function isNumber({ text }: Expression): boolean {
  return /^-?[\d.]+$/.test(text);
}

/** The weighted sum of those terms whose weight is not 0; just 0 where there is none. */
function sumOf(terms: readonly Expression[], weights: readonly number[]): Expression {
  let sum: Expression | undefined;
  terms.forEach((term, i) => {
    const weight = weights[i]!;
    if (weight === 0) return;
    const scaled = (by: number): Expression =>
      term.text === '1' ? literal(by, 8) : join(literal(by, 8), '*', term);
    sum = sum ? join(sum, weight < 0 ? '-' : '+', scaled(Math.abs(weight))) : scaled(weight);
  });
  return sum ?? literal(0);
}

function written(program: Outline, site: Site, expression: Expression): string {
  return applyEdits(program.text, [{ start: site.start, end: site.end, text: wrap(expression, site.slot) }]);
}
