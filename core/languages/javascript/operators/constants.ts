import type { Random } from '../../../search/random.ts';
import type { Analysis, Numeral } from './analysis/types.ts';
import { literal, wrap } from './expression.ts';
import { type Change, mutation } from './mutation.ts';

/** Changes one or a few of the numbers in a program. */
export const moveNumbers = (parent: Analysis, random: Random): Change => {
  const all = parent.numerals;
  if (all.length === 0) return undefined;
  const count = Math.min(all.length, random.weighted([0, 6, 2, 1, 1]));
  const chosen = new Set<Numeral>();
  while (chosen.size < count) chosen.add(random.pick(all));
  const edits = [...chosen].map((each) => {
    const text = wrap(literal(step(each, random)), each.site.slot);
    return { start: each.site.start, end: each.site.end, text };
  });
  const [first] = chosen;
  const note = `constants: ${first!.value} becomes ${edits[0]!.text}${edits.length > 1 ? `, and ${edits.length - 1} more` : ''}`;
  return { edits, note };
};

/** The operator that does so. */
export const constants = mutation('constants', 1, moveNumbers);

/** Another number near that one, or a plain one. */
export function step({ value, whole, site }: Numeral, random: Random): number {
  if (whole)
    return Math.max(site.role === 'plain' ? -Infinity : 0, value + random.pick([1, -1, 1, -1, 2, -2]));
  const scale = value === 0 ? random.pick([0.01, 0.1, 1]) : Math.abs(value);
  switch (random.weighted([4, 4, 3, 2, Number.isInteger(value) ? 3 : 0, 1, 1, 1])) {
    case 0:
      return value + scale * 0.02 * random.normal();
    case 1:
      return value + scale * 0.2 * random.normal();
    case 2:
      return value + scale * random.normal();
    case 3:
      return value * random.pick([0.1, 0.5, 2, 10]);
    case 4:
      return value + random.pick([1, -1]);
    case 5:
      return -value;
    case 6:
      return Math.round(value);
    default:
      return random.pick([0, 1, -1, 2, 0.5, 0.1, 10]);
  }
}
