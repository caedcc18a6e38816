/** The most characters that a message to a model has. */
const longest = 1500;

/** A message, cut to the longest that a model receives. */
export function brief(message: string): string {
  return message.length <= longest ? message : `${message.slice(0, longest - 4)} ...`;
}

/** A quoted line, cut to 100 characters. */
export function quote(line: string): string {
  return `\`${line.length > 100 ? `${line.slice(0, 97)}...` : line}\``;
}

/** The first `most` lines, numbered. */
export function listing(lines: readonly string[], first: number, most = 8): string {
  const shown = lines.slice(0, most).map((line, i) => `${first + i}| ${line.slice(0, 100)}`);
  return [...shown, ...(lines.length > most ? [`(${lines.length - most} more lines)`] : [])].join('\n');
}

/** `line 3` or `lines 3-5`, from line numbers. */
export function span(first: number, last: number): string {
  return first >= last ? `line ${first}` : `lines ${first}-${last}`;
}
