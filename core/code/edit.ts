import { print } from 'esrap';
import ts from 'esrap/languages/ts';
import type { Node } from './parse.ts';
import { type Site, statementOf } from './sites.ts';

/**
 * The text with another node, or for a statement in a list any number of them, in the place of a site. The
 * statement around it is printed anew; all else stays as it is, to the byte.
 */
export function replaced(text: string, site: Site, ...nodes: readonly Node[]): string {
  const statement = statementOf(site);
  const printed = site === statement ? nodes : [rebuilt(site, nodes[0]!, statement)];
  return spliced(text, statement.node, printed);
}

/** The code of a node. */
export function codeOf(node: Node): string {
  return print(node as never, ts(), { indent: '  ' }).code;
}

/** A statement with another node at a site within it; nothing of the old tree is touched. */
function rebuilt(site: Site, node: Node, statement: Site): Node {
  let built = node;
  for (let at = site; at !== statement && at.parent; at = at.parent) {
    const parent = at.parent.node;
    const value = at.index < 0 ? built : parent[at.key].with(at.index, built);
    built = { ...parent, [at.key]: value };
  }
  return built;
}

function spliced(text: string, { start, end }: Node, nodes: readonly Node[]): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const before = text.slice(line, start);
  if (nodes.length === 0) {
    const rest = /^[ \t]*(?:\r?\n|$)/.exec(text.slice(end));
    return before.trim() || !rest
      ? text.slice(0, start) + text.slice(end)
      : text.slice(0, line) + text.slice(end + rest[0].length);
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /^[ \t]*/.exec(before)![0];
  const code = nodes
    .map(codeOf)
    // Lines within a template are part of its value.
    .map((each) => (each.includes('`') ? each : each.replaceAll('\n', newline + indent)))
    // After a line that ends without a semicolon it would go on with that line.
    .map((each) => (/^[([+\-/`]/.test(each) ? `;${each}` : each))
    .join(newline + indent);
  return text.slice(0, start) + code + text.slice(end);
}
