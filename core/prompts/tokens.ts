/**
 * About how many tokens a text is: a third of its bytes, which is on the high side for English and for code. Only to
 * keep prompts within bounds; what is paid is counted by the provider, and set aside by `Model.quote`.
 */
export function tokensIn(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : 3;
  }
  return Math.ceil(bytes / 3);
}
