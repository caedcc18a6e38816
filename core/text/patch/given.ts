import type { ImportStatement, Parts } from '../../search/language.ts';

/** A declaration of a reply, with its file if the reply names one. */
export interface Given {
  readonly names: readonly string[];
  /** The text with leading comment and `export`. */
  readonly whole: string;
  readonly comment: string;
  readonly inner: string;
  readonly path: string | undefined;
}

/** The content of one code block of a reply. */
export interface Block {
  readonly path: string | undefined;
  readonly declarations: readonly Given[];
  readonly imports: readonly ImportStatement[];
  /** Its other statements. */
  readonly others: readonly { readonly text: string; readonly exports: readonly string[] }[];
}

/** Reads one code block; one that does not parse has no content. */
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

/** The blocks that belong to the answer: those that declare a name of the program, and those that these depend on. */
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
