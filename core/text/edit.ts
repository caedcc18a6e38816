/** A range of a text (UTF-16 offsets) and its replacement. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits applied; they must not overlap. Insertions at one offset keep the given order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = '';
  let from = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(from, edit.start) + apart(result, text, from, edit);
    from = edit.end;
  }
  return result + text.slice(from);
}

/** Separates an insertion from neighbours with which it would form one token: `- -x`, `return x`. */
function apart(done: string, text: string, from: number, edit: Edit): string {
  if (edit.text === '') return '';
  const before = edit.start > from ? text[edit.start - 1]! : (done.at(-1) ?? '');
  const first = edit.text[0]!;
  const after = text[edit.end] ?? '';
  const left = (/[+-]/.test(first) && before === first) || (isWord(first) && isWord(before)) ? ' ' : '';
  return left + edit.text + (isWord(edit.text.at(-1)!) && isWord(after) ? ' ' : '');
}

function isWord(character: string): boolean {
  return /[\w$]/.test(character);
}
