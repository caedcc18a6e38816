/**
 * Deepest nesting that a parser receives. A native parser recurses on its thread's stack and crashes the process when
 * the stack overflows; the 4 MiB of a worker thread hold more than 2,000 levels of the costliest kind.
 */
export const deepest = 1000;

/** A comment, a string, a word or number, or one mark; slashes and templates depend on the token before. */
const token =
  /\/\/.*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^'\\\n\r]|\\[\s\S])*'?|"(?:[^"\\\n\r]|\\[\s\S])*"?|[\w$\\\u0080-\uffff]+|[^\s]/g;
const regexp = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const template = /(?:[^`\\$]|\\[\s\S]?|\$(?!\{))*(?:`|\$\{|$)/y;

/** Words that nest what follows them, or after which a slash begins a regular expression. */
const nests =
  /^(?:typeof|instanceof|in|of|new|delete|void|do|yield|await|async|if|for|while|with|as|is|satisfies|keyof|infer|readonly|unique|asserts|extends|class|function)$/;
/** Words of these that may also be names: a slash after one may begin a regular expression, or divide. */
const names = /^(?:of|async|as|is|satisfies|keyof|infer|readonly|unique|asserts)$/;
const starts = /^(?:const|let|var|return|throw|case)$/;
const continues = /^(?:in|of|instanceof|as|is|satisfies|else|extends)$/;

/** Whether a slash after such a token divides, begins a regular expression, or may do either. */
function slashAfter(before: string, doubled: boolean): 'divides' | 'begins' | 'either' {
  if (before === '}' || before === '>' || before === '!' || doubled || names.test(before)) return 'either';
  if (nests.test(before) || starts.test(before) || before === 'else') return 'begins';
  return /^[\w$)\]'"`\\\u0080-\uffff]/.test(before) ? 'divides' : 'begins';
}

/** Whether a text nests differently as a regular expression than as code. */
function unclear(literal: string): boolean {
  let open = 0;
  for (const mark of literal) {
    if ('\'"`'.includes(mark)) return true;
    if ('([{'.includes(mark)) open++;
    if (')]}'.includes(mark) && --open < 0) return true;
  }
  return open !== 0;
}

/**
 * Why a text must not be given to a parser, or undefined: a cheap bound on the depth of its syntax tree, found in
 * one pass. In each open bracket it counts operators and words that nest without one, up to `,` or `;`.
 * One idea: a scanner with one state, which each kind of token reads and changes.
 */
export function tooDeep(text: string): string | undefined {
  const outer: {
    readonly base: number;
    readonly chain: number;
    readonly angles: number;
    readonly opener: string;
  }[] = [];
  let base = 0;
  let chain = 0;
  // Part of the chain that a comma does not end: the comma may stand inside the type arguments of a `<`.
  let angles = 0;
  // False once a quote may stand inside a regular expression: then no text is skipped and no bracket closes.
  let sure = true;
  let before = '';
  let end = 0;
  const textOfTemplate = (at: number) => {
    template.lastIndex = at;
    token.lastIndex = at + template.exec(text)![0].length;
    if (text.startsWith('${', token.lastIndex - 2)) open('${');
    else chain++;
  };
  const open = (opener: string) => {
    outer.push({ base, chain, angles, opener });
    base += chain + 1;
    chain = 0;
    angles = 0;
  };
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [each] = found;
    const first = each[0]!;
    let closed = '';
    if (!sure && /["'`/]/.test(first)) {
      token.lastIndex = found.index + 1;
      chain++;
    } else if (/^\/[/*]/.test(each)) continue;
    else if (first === '/') {
      const doubled = (before === '+' || before === '-') && text[end - 2] === before;
      const does = slashAfter(before, doubled);
      regexp.lastIndex = found.index;
      const literal = does === 'divides' ? '' : (regexp.exec(text)?.[0] ?? '');
      const after = found.index + literal.length;
      if (does === 'begins' && literal) token.lastIndex = after;
      if (does === 'either' && (unclear(literal) || /[/*]/.test(text[after] ?? ''))) sure &&= !literal;
      chain++;
    } else if (first === '`') textOfTemplate(found.index + 1);
    else if ('([{'.includes(first)) open(before);
    else if (')]}'.includes(first)) {
      const back = sure ? outer.pop() : undefined;
      closed = back?.opener ?? '';
      if (back) ({ base, chain, angles } = back);
      if (back?.opener === '${' && first === '}') textOfTemplate(found.index + 1);
      else chain++;
    } else if (/[\w$\\\u0080-\uffff]/.test(first)) {
      const fresh =
        (starts.test(each) && /^$|[;{}):\w]$/.test(before)) ||
        (/\n/.test(text.slice(end, found.index)) && endsValue(before) && !continues.test(each));
      if (sure && before !== '.' && fresh) chain = angles = 0;
      // An else deepens the chain of ifs that it continues, which no semicolon ends.
      if (each === 'else') base++;
      else if (before !== '.' && nests.test(each)) chain++;
    } else if (first === ',' || first === ';') {
      if (sure && first === ';') angles = 0;
      if (sure) chain = angles;
    } else if (first !== "'" && first !== '"') {
      chain++;
      if (first === '<') angles++;
    }
    before = meaning(before, each, closed);
    end = token.lastIndex;
    if (base + chain > deepest) {
      const line = text.slice(0, found.index).split('\n').length;
      return `nests deeper than ${deepest} levels (line ${line})`;
    }
  }
  return undefined;
}

/** The token as the next one sees it: a property is a plain name, the end of a condition begins a statement. */
function meaning(before: string, token: string, opener: string): string {
  if (before === '.' && /^\w/.test(token)) return '_';
  if (token === ')' && /^(?:if|for|while|with)$/.test(opener)) return ';';
  return token[0] === '/' ? '_' : token;
}

/** Whether a statement may end at a line break after this token. */
function endsValue(before: string): boolean {
  return /^[\]}'"`\w$\u0080-\uffff]/.test(before) && !nests.test(before) && before !== 'else';
}
