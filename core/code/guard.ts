/** Why a text is too deep to be parsed without fear for the stack, or nothing. */
export function tooDeep(text: string): string | undefined {
  let depth = 0;
  let chain = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text[i]!;
    if ('([{'.includes(c)) depth++;
    else if (')]}'.includes(c)) depth--;
    chain = c === ';' || c === '}' ? 0 : '+-*/%!~<>=&|?,.'.includes(c) ? chain + 1 : chain;
    if (depth > 1500 || chain > 6000) return 'Expected a program nested at most 1,500 deep';
  }
  return undefined;
}
