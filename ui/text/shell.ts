/** A command of Atoll's with its words as a POSIX shell takes them, so that it can be copied from a log. */
export function command(...words: readonly string[]): string {
  return ['atoll', ...words].map(quoted).join(' ');
}

/** A word as a POSIX shell takes it. */
function quoted(word: string): string {
  return /^[\w./:=@%,+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
