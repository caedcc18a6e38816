import { parseSync, type Program as Tree } from 'oxc-parser';
import { transformSync } from 'oxc-transform';
import type { Language } from '../problem.ts';
import { mainFile, type Source } from '../program.ts';
import { tooDeep } from './guard.ts';

/** A program as a sandbox takes it, or why it cannot be run, in one line. */
export type Script = { readonly script: string } | { readonly refused: string };

/** A program that cannot be a script: its message is the reason. */
class Refused extends Error {}

/** A piece of text to put in another's place. */
type Splice = { readonly start: number; readonly end: number; readonly text: string };

/**
 * Turns a program, an ES module in one file, into a strict script whose value is the exported entry. Lines stay
 * where they are in JavaScript, so that an error's place is the program's own.
 */
export function scriptOf(source: Source, language: Language, entry: string): Script {
  try {
    const { text } = mainFile(source);
    const files = Object.keys(source).length;
    if (files !== 1) throw new Refused(`expected one file, got ${files}`);
    const deep = tooDeep(text);
    if (deep) throw new Refused(`the program ${deep}`);
    // In a module it is a comparison, in a script the start of a comment.
    if (text.includes('<!--')) throw new Refused('expected no `<!--` in the program');
    return { script: wrap(language === 'typescript' ? strip(text) : text, entry) };
  } catch (error) {
    if (error instanceof Refused) return { refused: error.message };
    throw error;
  }
}

/** Takes the types out. */
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

function wrap(text: string, entry: string): string {
  const parsed = parse(text, 'js');
  const { staticImports, dynamicImports, importMetas } = parsed.module;
  const [first] = staticImports;
  if (first) throw new Refused(`imports ${first.moduleRequest.value}: a program may import nothing`);
  if (dynamicImports.length) throw new Refused('uses import(): a program may import nothing');
  if (importMetas.length) throw new Refused('uses import.meta, which a sandbox does not have');
  const tree = parsed.program;
  if (text.includes('await') && awaits(tree))
    throw new Refused('awaits at the top level, outside a function');
  const { splices, names } = exportsOf(tree, fresh(text));
  const local = names.get(entry);
  if (!local)
    throw new Refused(`expected an export named ${entry}, got ${[...names.keys()].join(', ') || 'none'}`);
  let body = text;
  for (const { start, end, text: put } of splices.toReversed())
    body = body.slice(0, start) + put + body.slice(end);
  return `(function () { 'use strict'; ${body}\nreturn ${local}; }).call(undefined)\n//# sourceURL=program`;
}

/** A name that the text does not have, for a default export that has none. */
function fresh(text: string): string {
  let name = '$default';
  while (text.includes(name)) name += '$';
  return name;
}

/** What to splice so that no `export` is left, and the local name of each exported one. */
function exportsOf(tree: Tree, unnamed: string): { splices: Splice[]; names: Map<string, string> } {
  const splices: Splice[] = [];
  const names = new Map<string, string>();
  for (const node of tree.body) {
    if (node.type === 'ExportAllDeclaration') throw new Refused('exports from another module');
    if (node.type === 'ExportDefaultDeclaration') {
      const { declaration } = node;
      const name =
        'id' in declaration && declaration.type.endsWith('Declaration') ? declaration.id?.name : undefined;
      splices.push({ start: node.start, end: declaration.start, text: name ? '' : `const ${unnamed} = ` });
      names.set('default', name ?? unnamed);
    }
    if (node.type !== 'ExportNamedDeclaration') continue;
    if (node.source) throw new Refused('exports from another module');
    if (node.declaration) {
      splices.push({ start: node.start, end: node.declaration.start, text: '' });
      for (const name of declared(node.declaration)) names.set(name, name);
    } else splices.push({ start: node.start, end: node.end, text: ';' });
    for (const { exported, local } of node.specifiers) {
      names.set(
        'name' in exported ? exported.name : exported.value,
        'name' in local ? local.name : local.value,
      );
    }
  }
  return { splices, names };
}

/** Names that a declaration, or a pattern in one, brings in. */
function declared(node: any): string[] {
  if (!node) return [];
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'VariableDeclaration') return node.declarations.flatMap((each: any) => declared(each.id));
  if (node.type === 'ArrayPattern') return node.elements.flatMap(declared);
  if (node.type === 'ObjectPattern')
    return node.properties.flatMap((each: any) => declared(each.value ?? each));
  return declared(node.left ?? node.argument ?? node.id);
}

/** Whether a tree awaits outside every function. */
function awaits(tree: Tree): boolean {
  const open: unknown[] = [tree];
  while (open.length) {
    const node = open.pop() as any;
    if (typeof node !== 'object' || node === null) continue;
    if (node.type === 'AwaitExpression' || (node.type === 'ForOfStatement' && node.await)) return true;
    if (/Function/.test(node.type ?? '')) continue;
    open.push(...Object.values(node));
  }
  return false;
}
