import type { Language } from '../../search/language.ts';

/**
 * The file that a heading, a fence's info string or a comment names: one of the program's, or a name that looks
 * like a path but is none of them.
 */
export function pathIn(
  text: string,
  paths: readonly string[],
  { isCode }: Language,
): { readonly path: string } | { readonly unknown: string } | undefined {
  const words = text.slice(0, 300).split(/[\s`*"'()<>[\]{},;]+/);
  const bare = words.map((word) => word.replace(/^#+|^\.\/|[:.]+$/g, '')).filter(Boolean);
  const known = bare.find((word) => paths.includes(word));
  if (known !== undefined) return { path: known };
  const unknown = bare.find((word) => /^[\w@][\w@./-]*\.\w+$/.test(word) && isCode(word));
  return unknown === undefined ? undefined : { unknown };
}
