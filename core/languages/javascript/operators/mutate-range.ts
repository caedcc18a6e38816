import type { Random } from '../../../search/random.ts';
import { applyEdits, type Edit } from '../../../text/edit.ts';
import type { Analysis, Scope } from './analysis/types.ts';
import { moveNumbers } from './constants.ts';
import { wrap } from './expression.ts';
import { growFor, pickSite } from './replace.ts';
import { swapOne } from './swap.ts';
import { vocabulary } from './vocabulary.ts';

/** A range of a program's text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where the grown expression will stand, if not at its own site. */
export interface Home {
  readonly scope: Scope;
  readonly offset: number;
}

/**
 * The text of a range with one small change: a number, an operator, or an expression replaced by a fresh one. A
 * refactoring that keeps behaviour gains nothing until its parts differ.
 */
export function varied(program: Analysis, stretch: Stretch, random: Random, home?: Home): string | undefined {
  const inside = (each: Stretch) => each.start >= stretch.start && each.end <= stretch.end;
  const sites = program.sites.filter((each) => each.role === 'plain' && inside(each));
  const view = { ...program, sites, numerals: program.numerals.filter((each) => inside(each.site)) };
  for (let tries = 0; tries < 3; tries++) {
    const kind = random.weighted([4, 3, 3]);
    const edits =
      kind === 0
        ? moveNumbers(view, random)?.edits
        : kind === 1
          ? swapOne(view, random)?.edits
          : regrown(view, random, home);
    const text = edits && textOf(program, stretch, edits);
    if (text !== undefined && text !== textOf(program, stretch)) return text;
  }
  return undefined;
}

/** The text of a range with the edits inside it applied. */
export function textOf(program: Analysis, { start, end }: Stretch, edits: readonly Edit[] = []): string {
  const shifted = edits.map((each) => ({ ...each, start: each.start - start, end: each.end - start }));
  return applyEdits(program.text.slice(start, end), shifted);
}

function regrown(view: Analysis, random: Random, home?: Home): readonly Edit[] | undefined {
  const site = pickSite(view.sites, random);
  if (!site) return undefined;
  const words = vocabulary(view, home?.scope ?? site.scope, home?.offset ?? site.start, random);
  return [{ start: site.start, end: site.end, text: wrap(growFor(site, words, random), site.slot) }];
}
