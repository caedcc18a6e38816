import { textsOf } from './lines.ts';

/** The most characters of a note. */
const most = 200;
const line = /^\s{0,8}[*_#>-]{0,4}\s{0,2}(?:NOTE|DESCRIPTION)[*_]{0,3}\s?:\s?[*_]{0,3}\s*(\S.*)$/i;
/** A line that opens or closes code; a fence around a whole answer in Markdown does neither. */
const code =
  /^\s*(?:(?:`{3,}|~{3,})(?!(?:mdx?|markdown|text|txt|plain)\s*$)|<{5,9} ?SEARCH|>{5,9} ?REPLACE)/i;

/** The note of a reply, outside its code, in one line of up to 200 characters; empty without one. */
export function noteOf(reply: string): string {
  const lines = textsOf(reply);
  const first = lines.findIndex((each) => code.test(each));
  const last = lines.findLastIndex((each) => code.test(each));
  const prose = first < 0 ? lines : [...lines.slice(0, first), ...lines.slice(last + 1)];
  for (const each of prose) {
    const found = each.length < 5000 && line.exec(each);
    if (found) return short(found[1]!);
  }
  const text = prose.join('\n').slice(0, 20_000);
  for (const tag of ['note', 'description']) {
    const lower = text.toLowerCase();
    const start = lower.indexOf(`<${tag}>`);
    const end = lower.indexOf(`</${tag}>`, start);
    if (start >= 0 && end > start) return short(text.slice(start + tag.length + 2, end));
  }
  return '';
}

/** Whether a line is a note rather than code. */
export function isNote(text: string): boolean {
  return text.length < 5000 && line.test(text);
}

function short(text: string): string {
  const plain = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (plain.length <= most) return plain;
  const cut = plain.slice(0, most - 1);
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}
