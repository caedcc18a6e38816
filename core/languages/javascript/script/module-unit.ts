import { parseSync, type Program as Tree, Visitor } from 'oxc-parser';
import { transformSync } from 'oxc-transform';
import { boundBy, declaredBy } from '../bindings.ts';
import { tooDeep } from '../guard.ts';
import type { Dialect } from '../parse.ts';
import { functionsAround } from '../walk.ts';

/** A program that cannot become a script, with the reason as its message. */
export class Refused extends Error {
  /** Whether the message says which file it is about. */
  readonly placed: boolean;

  constructor(message: string, placed = false) {
    super(message);
    this.placed = placed;
  }
}

/** What a file exports under one name: a local of its own, or something of another (`name` none: its namespace). */
type Export = { readonly local: string } | { readonly specifier: string; readonly name: string | undefined };

/** A local that is bound to an export of another file, or to all of them when `name` is undefined. */
interface Import {
  readonly local: string;
  readonly specifier: string;
  readonly name: string | undefined;
}

/** One file of a program, read as an ES module. */
export interface Unit {
  /** The text as a function body: without `import` and `export`, with all lines in place. */
  readonly body: string;
  /** Files that it imports, in order, with or without names; `json`: imported as JSON. */
  readonly requests: readonly { readonly specifier: string; readonly json: boolean }[];
  readonly imports: readonly Import[];
  readonly exports: ReadonlyMap<string, Export>;
  /** Of `export * from`. */
  readonly stars: readonly string[];
  readonly tree: Tree;
}

/** What reading collects of a file, statement by statement. */
interface Found {
  readonly splices: Splice[];
  readonly requests: { specifier: string; json: boolean }[];
  readonly imports: Import[];
  readonly exports: Map<string, Export>;
  readonly stars: string[];
  /** Local name of a default export that has none. */
  readonly unnamed: string;
}

/** A replacement of a range of text. */
type Splice = { readonly start: number; readonly end: number; readonly text: string };

/**
 * Reads one file of a program.
 * @throws Refused when a sandbox could not run it correctly.
 */
export function unitOf(text: string, language: Dialect): Unit {
  const deep = tooDeep(text);
  if (deep) throw new Refused(`the program ${deep}`);
  // In a module it is a comparison, in a script the start of a comment.
  if (text.includes('<!--')) throw new Refused('expected no `<!--` in the program');
  return read(language === 'typescript' ? strip(text) : text);
}

/** Erases types. */
function strip(text: string): string {
  parse(text, 'ts');
  const { code, errors } = transformSync('program.ts', text, {
    lang: 'ts',
    sourceType: 'module',
    target: 'esnext',
  });
  if (errors[0]) throw new Refused(`does not parse: ${errors[0].message}`);
  return code;
}

function parse(text: string, lang: 'js' | 'ts') {
  const parsed = parseSync(`program.${lang}`, text, { lang, sourceType: 'module', showSemanticErrors: true });
  const error = parsed.errors[0];
  if (!error) return parsed;
  const before = text.slice(0, error.labels[0]?.start ?? 0).split('\n');
  throw new Refused(`does not parse: ${error.message} (${before.length}:${before.at(-1)!.length + 1})`);
}

function read(text: string): Unit {
  const parsed = parse(text, 'js');
  const { dynamicImports, importMetas } = parsed.module;
  if (dynamicImports.length)
    throw new Refused('uses import(): a program may import its own files only, at the top');
  if (importMetas.length) throw new Refused('uses import.meta, which a sandbox does not have');
  const tree = parsed.program;
  if (text.includes('await') && awaits(tree))
    throw new Refused('awaits at the top level, outside a function');
  const found: Found = {
    splices: [],
    requests: [],
    imports: [],
    exports: new Map(),
    stars: [],
    unnamed: fresh(text),
  };
  for (const node of tree.body) statement(node, text, found);
  let body = text;
  for (const { start, end, text: put } of found.splices.toReversed())
    body = body.slice(0, start) + put + body.slice(end);
  return { ...found, body, tree };
}

/** A name that is unused in the text, for a default export without one. */
function fresh(text: string): string {
  let name = '$default';
  while (text.includes(name)) name += '$';
  return name;
}

/** The splices that remove every `import` and `export`, and what these declare. */
function statement(node: any, text: string, found: Found): void {
  const { splices, exports } = found;
  if (node.source) {
    // Line breaks are kept, so that an error's position is the file's own.
    splices.push({
      start: node.start,
      end: node.end,
      text: `;${text.slice(node.start, node.end).replace(/[^\n]/g, '')}`,
    });
    fromAnother(node, found);
  } else if (node.type === 'ExportDefaultDeclaration') {
    const { declaration } = node;
    const name = declaration.type.endsWith('Declaration') ? declaration.id?.name : undefined;
    const put = name ? '' : `const ${found.unnamed} = `;
    splices.push({ start: node.start, end: declaration.start, text: put });
    exports.set('default', { local: name ?? found.unnamed });
  } else if (node.type === 'ExportNamedDeclaration') {
    if (node.declaration) {
      splices.push({ start: node.start, end: node.declaration.start, text: '' });
      for (const { id } of declaredBy(node).flatMap(({ pattern }) => boundBy(pattern)))
        exports.set(id.name, { local: id.name });
    } else splices.push({ start: node.start, end: node.end, text: ';' });
    for (const { exported, local } of node.specifiers)
      exports.set(nameOf(exported), { local: nameOf(local) });
  }
}

/** An `import`, or an `export ... from`. */
function fromAnother(node: any, { requests, imports, exports, stars }: Found): void {
  const specifier: string = node.source.value;
  if (node.phase) throw new Refused(`imports ${specifier} by \`import ${node.phase}\``);
  const json = node.attributes.some(
    (each: any) => nameOf(each.key) === 'type' && each.value.value === 'json',
  );
  requests.push({ specifier, json });
  if (node.type === 'ExportAllDeclaration') {
    if (node.exported) exports.set(nameOf(node.exported), { specifier, name: undefined });
    else stars.push(specifier);
    return;
  }
  for (const each of node.specifiers) {
    if (node.type === 'ExportNamedDeclaration') {
      exports.set(nameOf(each.exported), { specifier, name: nameOf(each.local) });
      continue;
    }
    const name = each.type === 'ImportDefaultSpecifier' ? 'default' : each.imported && nameOf(each.imported);
    imports.push({ local: each.local.name, specifier, name });
  }
}

function nameOf(node: any): string {
  return node.name ?? node.value;
}

/** Whether a tree has a top-level await. */
function awaits(tree: Tree): boolean {
  const around = functionsAround();
  let found = false;
  new Visitor({
    ...around.handlers,
    AwaitExpression() {
      found ||= around.count() === 0;
    },
    ForOfStatement(node) {
      found ||= around.count() === 0 && node.await;
    },
  }).visit(tree);
  return found;
}
