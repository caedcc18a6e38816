import type { Numeral, Site } from './types.ts';

/** Every number that may change, in order of the text. */
export function numeralsOf(sites: readonly Site[]): Numeral[] {
  const result: Numeral[] = [];
  const signed = new Set<unknown>();
  for (const site of sites) {
    const { node } = site;
    const negative = node.type === 'UnaryExpression' && node.operator === '-';
    const literal = negative ? node.argument : node;
    if (literal.type !== 'Literal' || typeof literal.value !== 'number' || signed.has(literal)) continue;
    if (negative) signed.add(literal);
    const value: number = negative ? -literal.value : literal.value;
    if (!Number.isFinite(value)) continue;
    result.push({
      site,
      value,
      whole: Number.isInteger(value) && isWhole(site),
      idle: value === 0 && isIdle(site),
    });
  }
  return result;
}

function isWhole(site: Site): boolean {
  if (site.role !== 'plain') return true;
  const operator = site.under.type === 'BinaryExpression' ? site.under.operator : '';
  return (operator === '**' && site.key === 'right') || /^(%|[=!]==?)$/.test(operator);
}

function isIdle(site: Site): boolean {
  if (site.under.type === 'VariableDeclarator') return true;
  return site.under.callee?.property?.name === 'reduce' && site.key === 'arguments';
}
