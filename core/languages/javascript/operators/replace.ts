import type { Random } from '../../../search/random.ts';
import { level } from '../precedence.ts';
import type { Analysis, Site } from './analysis/types.ts';
import type { Expression } from './expression.ts';
import { wrap } from './expression.ts';
import { growBoolean, growNumber } from './grow.ts';
import { mutation } from './mutation.ts';
import { type Vocabulary, vocabulary } from './vocabulary.ts';

/** Replaces an expression by a freshly grown one of its type (subtree mutation, Koza 1992). */
export const replace = mutation('replace', 1, (parent, random) => {
  const site = pickSite(parent.sites, random);
  if (!site) return undefined;
  const words = vocabulary(parent, site.scope, site.start, random);
  const grown = site.role === 'plain' ? growFor(site, words, random) : growIndex(site, parent, words, random);
  const text = wrap(grown, site.slot);
  return {
    edits: [{ start: site.start, end: site.end, text }],
    note: `replace: ${clip(parent, site)} by ${grown.text}`,
  };
});

/** Draws a site of known type; indices and loop bounds more rarely. */
export function pickSite(sites: readonly Site[], random: Random): Site | undefined {
  const weights = sites.map(({ type, role }) =>
    type !== 'number' && type !== 'boolean' ? 0 : role === 'plain' ? 1 : 0.2,
  );
  return weights.some((each) => each > 0) ? sites[random.weighted(weights)] : undefined;
}

/** A fresh expression of the type a site needs, of depth 0 to 3. */
export function growFor(site: Pick<Site, 'type'>, words: Vocabulary, random: Random): Expression {
  const depth = random.weighted([3, 4, 3, 1]);
  return site.type === 'boolean'
    ? growBoolean(words, Math.max(1, depth), random)
    : growNumber(words, depth, random);
}

function growIndex(site: Site, parent: Analysis, words: Vocabulary, random: Random): Expression {
  const old = parent.text.slice(site.start, site.end);
  if (words.indexes.length > 0 && random.next() < 0.6)
    return { text: random.pick(words.indexes), level: level.primary };
  if (words.arrays.length > 0 && site.role === 'bound' && random.next() < 0.5) {
    return { text: `${random.pick(words.arrays)}.length`, level: level.call };
  }
  return site.role === 'bound' && site.slot <= 12 && /^[\w.]+$/.test(old)
    ? { text: `${old} - 1`, level: level.additive }
    : { text: String(random.int(3)), level: level.primary };
}

function clip(parent: Analysis, site: Site): string {
  const text = parent.text.slice(site.start, site.end).replace(/\s+/g, ' ');
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}
