const elision =
  /^\s*(?:(?:\/\/|\/\*|#|\{\/\*)\s*(?:\.\.\.|…)|(?:\.\.\.|…)\s*$)|^\s*(?:\/\/|\/\*|#)\s*\(?(?:rest|remainder) of\b[^\n]{0,80}(?:unchanged|same|as before|here)|^\s*(?:\/\/|\/\*|#)[^\n]{0,80}(?:unchanged|same|as before|existing|rest|code)[^\n]{0,40}(?:\.\.\.|…)\s*\)?\s*(?:\*\/)?\s*$/i;

/** The first line that stands for code left out (`// ... existing code ...`) and that the program does not have. */
export function elided(lines: readonly string[], program: string): string | undefined {
  return lines.find((line) => line.length < 300 && elision.test(line) && !program.includes(line.trim()));
}
