import type { ImportStatement, Parts } from '../../search/language.ts';

/** A declaration that a reply gives, and for which file if it says. */
export interface Given {
  readonly names: readonly string[];
  /** Leading comment, `export` and all. */
  readonly whole: string;
  readonly comment: string;
  readonly inner: string;
  readonly path: string | undefined;
}

/** What one code block of a reply holds. */
export interface Block {
  readonly path: string | undefined;
  readonly declarations: readonly Given[];
  readonly imports: readonly ImportStatement[];
  /** Its other statements. */
  readonly others: readonly { readonly text: string; readonly exports: readonly string[] }[];
}

/** Reads one code block; one that cannot be read holds nothing. */
export function givenIn(text: string, path: string | undefined, parts: Parts): Block {
  const outline = parts.outline(text);
  if ('error' in outline) return { path, declarations: [], imports: [], others: [] };
  const declarations = outline.declarations.map(({ names, lead, start, inner, end }) => ({
    names,
    whole: text.slice(lead, end),
    comment: text.slice(lead, start),
    inner: text.slice(inner, end),
    path,
  }));
  const others = outline.others.map(({ start, end, exports }) => ({ text: text.slice(start, end), exports }));
  return { path, declarations, imports: outline.imports, others };
}

/** The blocks that belong to the answer: those with a name the program has, and those that these then need. */
export function chosen(
  blocks: readonly Block[],
  has: (name: string) => boolean,
  { uses }: Parts,
): readonly Block[] {
  const declares = ({ declarations }: Block, test: (name: string) => boolean) =>
    declarations.some(({ names }) => names.some(test));
  const known = blocks.filter((block) => declares(block, has));
  const code = known
    .flatMap(({ declarations }) => declarations)
    .map(({ inner }) => inner)
    .join('\n');
  const words = uses(code);
  const brings = ({ imports }: Block) =>
    imports.some(({ names }) => names.some(({ local }) => words.has(local)));
  return blocks.filter(
    (block) => known.includes(block) || declares(block, (name) => words.has(name)) || brings(block),
  );
}
