import type { Grammar } from '../../../learning/policy/grammar.ts';
import type { Tree } from '../../../learning/policy/walk.ts';
import { choose, type Expression, join, literal, wrap } from '../operators/expression.ts';
import { level } from '../precedence.ts';

/** The site-dependent values of productions. */
export interface Wording {
  /** The old expression, or one of its terms. */
  old(): Expression;
  /** The old number. */
  readonly numeral: number;
  /** One of the program's own names that the grammar does not have. */
  local(): Expression;
  /** Names that are unused there: for a sum, an element, an index. */
  readonly fresh: readonly [sum: string, element: string, index: string];
}

/** The text of an expression that was drawn. */
export function write(grammar: Grammar, tree: Tree, words: Wording): Expression {
  const at = (each: Tree): Expression => {
    const { name } = grammar.productions[each.production]!;
    const below = each.below.map(at) as [Expression, Expression, Expression];
    const [a, b, c] = below;
    if (/^[-+*/<>]$|^===$|^&&$|^\|\|$/.test(name)) return join(a, name, b);
    if (name.startsWith('Math.')) return call(name, ...below);
    if (/^[\d.]+$/.test(name)) return literal(Number(name));
    const [kind, of] = name.split(' ') as [string, string];
    switch (kind) {
      case 'negative':
        return {
          text: `-${wrap(a, a.text.startsWith('-') ? level.primary : level.unary)}`,
          level: level.unary,
        };
      case 'square':
        return join(a, '**', literal(2));
      case 'cube':
        return join(a, '**', literal(3));
      case 'choose':
        return choose(a, b, c);
      case 'fresh':
        return literal(Math.sinh(each.amount!), 3);
      case 'moved':
        return literal(words.numeral + Math.max(Math.abs(words.numeral), 0.1) * each.amount!);
      case 'old':
        return words.old();
      case 'a':
        return words.local();
      case 'element':
        return plain(words.fresh[1]);
      case 'index':
        return plain(words.fresh[2]);
      case 'length':
        return { text: `${of}.length`, level: level.call };
      case 'sum': {
        const [sum, element, index] = words.fresh;
        return {
          text: `${of}.reduce((${sum}, ${element}, ${index}) => ${join(plain(sum), '+', a).text}, 0)`,
          level: level.call,
        };
      }
      default:
        return plain(name.slice(5));
    }
  };
  return at(tree);
}

function plain(text: string): Expression {
  return { text, level: level.primary };
}

function call(name: string, ...given: readonly Expression[]): Expression {
  return { text: `${name}(${given.map((each) => wrap(each, 1)).join(', ')})`, level: level.call };
}
