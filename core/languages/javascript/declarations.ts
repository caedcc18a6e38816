import type { Binding, Declaration, ImportStatement, Outline } from '../../search/language.ts';
import { boundBy } from './bindings.ts';
import { type Dialect, type Node, parse } from './parse.ts';

/** Reads a module's outline, or says why it cannot be read. */
export function outlineOf(text: string, language: Dialect): Outline | { readonly error: string } {
  const parsed = parse(text, language);
  if ('error' in parsed) return parsed;
  const declarations: Declaration[] = [];
  const imports: ImportStatement[] = [];
  const others: Outline['others'][number][] = [];
  const exports: string[] = [];
  let from = text.startsWith('\ufeff') ? 1 : 0;
  for (const node of parsed.program.body as Node[]) {
    const isExport = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration';
    const inner: Node = (isExport && node.declaration) || node;
    const names = declared(inner);
    const isDefault = node.type === 'ExportDefaultDeclaration';
    if (isDefault) exports.push('default');
    else if (isExport) exports.push(...names, ...specified(node));
    if (isDefault && names.length === 0) names.push('default');
    if (names.length > 0) {
      const lead = leadOf(text, from, node.start);
      declarations.push({ names, lead, start: node.start, inner: inner.start, end: node.end });
    } else if (node.type === 'ImportDeclaration') imports.push(importOf(text, node));
    else if (!node.directive)
      others.push({ start: node.start, end: node.end, exports: isExport ? specified(node) : [] });
    from = node.end;
  }
  return { declarations, imports, others, exports };
}

function importOf(text: string, node: Node): ImportStatement {
  const names = (node.specifiers as Node[]).map((each): Binding => {
    const kind =
      each.type === 'ImportDefaultSpecifier'
        ? 'default'
        : each.type === 'ImportNamespaceSpecifier'
          ? 'namespace'
          : 'named';
    return { from: node.source.value, kind, local: each.local.name, text: text.slice(each.start, each.end) };
  });
  return { text: text.slice(node.start, node.end), names };
}

function specified(node: Node): string[] {
  return (node.specifiers as Node[]).map(({ exported }) => exported.name ?? exported.value);
}

function declared(node: Node): string[] {
  if (node.type === 'VariableDeclaration')
    return (node.declarations as Node[]).flatMap((each) => boundBy(each.id).map(({ id }) => id.name));
  const declares = /^(?:Function|Class|TS(?:TypeAlias|Interface|Enum))Declaration$|^TSDeclareFunction$/;
  return declares.test(node.type) && node.id ? [node.id.name] : [];
}

/** Offset of the comments right above a statement, with no blank line, marker or code between; comments before `from` do not count. */
function leadOf(text: string, from: number, start: number): number {
  const trivia = text.slice(from, start);
  let lead = start;
  for (const found of [...trivia.matchAll(/\/\*[\s\S]*?\*\/|\/\/[^\n\r]*/g)].reverse()) {
    const at = from + found.index;
    const gap = text.slice(at + found[0].length, lead);
    const alone =
      /(?:^|[\n\r])[^\S\n\r]*$/.test(text.slice(from, at)) &&
      (from < 2 || /[\n\r]/.test(text.slice(from, at)));
    if (!alone || (gap.match(/\r\n|\n|\r/g)?.length ?? 0) > 1 || /EVOLVE-BLOCK-(?:START|END)/.test(found[0]))
      break;
    lead = at;
  }
  return lead;
}

/** The names that code uses and does not declare. */
export function usedIn(code: string): ReadonlySet<string> {
  const own = new Set(
    [...code.matchAll(/\b(?:const|let|var|function|class)\s+([\w$]+)/g)].map(([, name]) => name),
  );
  return new Set((code.match(/(?<![\w$.])[\w$]+/g) ?? []).filter((word) => !own.has(word)));
}

/** An import statement of some names of one module. */
export function importing(names: readonly Binding[]): string {
  const of = (kind: Binding['kind']) => names.filter((each) => each.kind === kind).map(({ text }) => text);
  const named = of('named');
  const parts = [
    ...of('default'),
    ...of('namespace'),
    ...(named.length > 0 ? [`{ ${named.join(', ')} }`] : []),
  ];
  return `import ${parts.join(', ')} from ${JSON.stringify(names[0]!.from)};`;
}
