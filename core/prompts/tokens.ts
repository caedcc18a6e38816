/**
 * Estimated tokens of a text: a third of its bytes, an overestimate for English and code. Only limits prompts; the
 * provider counts what is paid, and `Model.quote` bounds it.
 */
export function tokensIn(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  }
  return Math.ceil(bytes / 3);
}
