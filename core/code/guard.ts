/**
 * Deepest nesting that any parser here is given. A native parser recurses on its thread's stack and takes the
 * process down when that ends; the 4 MiB of a worker thread hold more than 2,000 levels of the costliest kind.
 */
export const deepest = 1000;

/** A comment, a string, a word or number, or one mark; slashes and templates are told apart by what is before. */
const token =
  /\/\/.*|\/\*[^]*?(?:\*\/|$)|'(?:[^'\\\n]|\\[^])*'?|"(?:[^"\\\n]|\\[^])*"?|[\w$\\\u0080-\uffff]+|[^\s]/g;
const regexp = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const template = /(?:[^`\\$]|\\[^]|\$(?!\{))*(?:`|\$\{|$)/y;

/** Words that nest what follows them, or after which a slash begins a regular expression. */
const nests =
  /^(?:typeof|instanceof|in|of|new|delete|void|do|yield|await|async|if|for|while|with|as|is|satisfies|keyof|infer|readonly|unique|asserts|extends|class|function)$/;
const starts = /^(?:const|let|var|return|throw|case)$/;
const continues = /^(?:in|of|instanceof|as|is|satisfies|else|extends)$/;

/** Whether text between two slashes would be counted otherwise as a regular expression than as code. */
function unclear(between: string): boolean {
  let open = 0;
  for (const mark of between) {
    if ('\'"`'.includes(mark)) return true;
    if ('([{'.includes(mark)) open++;
    if (')]}'.includes(mark) && --open < 0) return true;
  }
  return open !== 0;
}

/**
 * Why a text must not be given to a parser, or nothing: a cheap bound on the depth of its syntax tree, found in
 * one pass. In each open bracket it counts what nests without one, operators and such words, up to `,` or `;`.
 */
export function tooDeep(text: string): string | undefined {
  const outer: { readonly base: number; readonly chain: number; readonly template: boolean }[] = [];
  let base = 0;
  let chain = 0;
  // Once a quote may stand inside a regular expression nothing is sure any more, and nothing ends what is open.
  let sure = true;
  let before = '';
  let end = 0;
  const textOfTemplate = (at: number) => {
    template.lastIndex = at;
    token.lastIndex = at + template.exec(text)![0].length;
    if (text.startsWith('${', token.lastIndex - 2)) open(true);
    else chain++;
  };
  const open = (inTemplate: boolean) => {
    outer.push({ base, chain, template: inTemplate });
    base += chain + 1;
    chain = 0;
  };
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [each] = found;
    const first = each[0]!;
    if (/^\/[/*]/.test(each)) continue;
    if (first === '/') {
      if (/^[)}]$|^of$/.test(before) || (/[+-]/.test(before) && text[end - 2] === before)) {
        const line = text.slice(found.index + 1).match(/^.*/)![0];
        sure &&= !unclear(line.slice(0, Math.max(0, line.lastIndexOf('/'))));
      } else if (!/^[\w$\]'"`\\\u0080-\uffff]/.test(before) || nests.test(before) || starts.test(before)) {
        regexp.lastIndex = found.index;
        token.lastIndex = found.index + (regexp.exec(text)?.[0].length ?? 1);
      }
      chain++;
    } else if (first === '`') textOfTemplate(found.index + 1);
    else if ('([{'.includes(first)) open(false);
    else if (')]}'.includes(first)) {
      const back = sure ? outer.pop() : undefined;
      if (back) ({ base, chain } = back);
      if (back?.template) textOfTemplate(found.index + 1);
      else chain++;
    } else if (/[\w$\\\u0080-\uffff]/.test(first)) {
      const fresh =
        starts.test(each) ||
        (/\n/.test(text.slice(end, found.index)) && endsValue(before) && !continues.test(each));
      if (sure && before !== '.' && fresh) chain = 0;
      // An else deepens what no semicolon ends: the chain of ifs that it continues.
      if (each === 'else') base++;
      else if (before !== '.' && nests.test(each)) chain++;
    } else if (first === ',' || first === ';') chain = sure ? 0 : chain;
    else if (first !== "'" && first !== '"') chain++;
    before = before === '.' && /\w/.test(first) ? '_' : first === '/' ? '_' : each;
    end = token.lastIndex;
    if (base + chain > deepest) {
      const line = text.slice(0, found.index).split('\n').length;
      return `nests deeper than ${deepest} levels (line ${line})`;
    }
  }
  return undefined;
}

/** Whether a line may end after this token without going on in the next one. */
function endsValue(before: string): boolean {
  return /^[\]}'"`\w$\u0080-\uffff]/.test(before) && !nests.test(before) && before !== 'else';
}
