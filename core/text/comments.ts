import type { Language } from '../search/language.ts';

/** The part of a language that says how its comments begin. */
export type Commented = Pick<Language, 'comments'>;

/** The source of a regular expression that matches the opening of a comment. */
function commentOpening({ comments }: Commented): string {
  return `(?:${comments.map((each) => each.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')})`;
}

/** A regular expression made once for each language. */
export function perLanguage(make: (opening: string) => RegExp): (language: Commented) => RegExp {
  const made = new WeakMap<Commented['comments'], RegExp>();
  return (language) => {
    const known = made.get(language.comments);
    if (known) return known;
    const fresh = make(commentOpening(language));
    made.set(language.comments, fresh);
    return fresh;
  };
}
