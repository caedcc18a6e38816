import { type Steps, unknown } from '../interpret.ts';
import type { Node } from '../parse.ts';
import { precedence } from '../precedence.ts';
import type { Analysis, Site } from './analysis/types.ts';
import { Call } from './constant-values.ts';
import { wrap } from './expression.ts';
import { mutation } from './mutation.ts';
import { pickSite } from './replace.ts';
import { slice } from './swap.ts';
import { type Transplant, transplant } from './transplant.ts';

const candidates = 8;
/** Nodes that one draw may look at: some hundreds for each subtree, and well under a millisecond. */
const mostSteps = 20_000;

/**
 * Replaces a subtree by one of the same type from the second parent: of several, the one whose values on sampled calls
 * are closest to the old one's without being equal, since an equal one would change nothing (most semantic
 * similarity, Uy et al. 2011). Values come from reading the programs, never from running them.
 */
export const exchange = mutation('exchange', 2, (parent, random, donor, task) => {
  const plain = (program: Analysis) => program.sites.filter((each) => each.role === 'plain');
  const site = pickSite(plain(parent), random);
  if (!site) return undefined;
  const pool = plain(donor).filter((each) => each.type === site.type);
  const steps: Steps = { left: mostSteps };
  const calls = task.samples.map((given) => new Call(parent, task.problem.entry, given, steps));
  const old = slice(parent, site.node).text;
  const before = valuesOf(site.node, site, calls);
  const met = new Set([old]);
  let closest: { node: Node; text: string; distance: number | undefined } | undefined;
  for (let tries = 0; tries < candidates; tries++) {
    const from = pickSite(pool, random);
    const made = from && transplant(donor, from.node, parent, site.scope, site.start, random);
    if (!made || met.has(made.text)) continue;
    met.add(made.text);
    const after = before && valuesOf(from.node, site, calls, made.names);
    const distance = before && after && apart(before, after);
    if (distance === 0) continue;
    if (!closest || (distance ?? Infinity) < (closest.distance ?? Infinity))
      closest = { node: from.node, text: made.text, distance };
    if (!before) break;
  }
  if (!closest) return undefined;
  const { node, text, distance } = closest;
  const short = (each: string) => each.replace(/\s+/g, ' ').slice(0, 50);
  const found =
    distance === undefined ? 'unchecked' : `${distance.toFixed(3)} apart on ${calls.length} calls`;
  return {
    edits: [{ start: site.start, end: site.end, text: wrap({ text, level: precedence(node) }, site.slot) }],
    note: `exchange: ${short(old)} by ${short(text)}, ${found}`,
  };
});

/** The values of an expression at a site, call by call; undefined when some value is unknown. */
function valuesOf(
  node: Node,
  { scope, start }: Site,
  calls: readonly Call[],
  names?: Transplant['names'],
): readonly unknown[] | undefined {
  const values: unknown[] = [];
  for (const call of calls) {
    const value = call.value(node, scope, start, names);
    if (value === unknown) return undefined;
    values.push(value);
  }
  return values.length > 0 ? values : undefined;
}

/** How far apart two rows of values are, from 0 for the same to 1: the mean of |a - b| / (|a| + |b|). */
function apart(a: readonly unknown[], b: readonly unknown[]): number {
  let sum = 0;
  a.forEach((x, i) => {
    const y = b[i];
    if (x === y || (Number.isNaN(x) && Number.isNaN(y))) return;
    sum += Number.isFinite(x) && Number.isFinite(y) ? gap(x as number, y as number) : 1;
  });
  return sum / a.length;
}

/** Never 0, however close the two are; halved, so that no sum overflows. */
function gap(x: number, y: number): number {
  return Math.max(Math.abs(x / 2 - y / 2) / (Math.abs(x / 2) + Math.abs(y / 2)), Number.MIN_VALUE);
}
