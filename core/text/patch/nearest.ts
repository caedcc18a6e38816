import type { File } from './match.ts';
import { listing, quote, span } from './words.ts';

/** Lines of a search that are compared: the first ones suffice. */
const looked = 12;

/** Says which lines of the regions a text that was not found resembles most, and what differs first. */
export function nearest(files: readonly File[], search: readonly string[]): string {
  const wanted = search.slice(0, looked).map((line) => line.trim());
  let best: { file: File; at: number; alike: number } | undefined;
  for (const file of files) {
    for (const { from, to } of file.regions) {
      for (let at = from; at < Math.min(to, from + 5000); at++) {
        let alike = 0;
        for (const [i, line] of wanted.entries()) {
          if (at + i < to) alike += likeness(line, file.lines[at + i]!.text.trim());
        }
        if (alike > (best?.alike ?? 0)) best = { file, at, alike };
      }
    }
  }
  if (!best || best.alike < wanted.length * 0.3) return 'No lines that may change resemble it.';
  const { file, at } = best;
  const lines = file.lines.slice(at, at + search.length).map((line) => line.text);
  const where = `${span(at + 1, at + lines.length)}${files.length > 1 ? ` of ${file.path}` : ''}`;
  return `Nearest are ${where}:\n${listing(lines, at + 1)}\n${difference(search, lines)}`;
}

function difference(search: readonly string[], lines: readonly string[]): string {
  const i = search.findIndex((line, k) => line.trim() !== lines[k]?.trim());
  if (i >= 0) {
    const is = lines[i];
    return `The search says ${quote(search[i]!)}, ${is === undefined ? 'where the lines that may change end' : `the program ${quote(is)}`}.`;
  }
  return 'They differ only in indentation: repeat it exactly, tabs as tabs.';
}

/** Similarity of two lines, in [0, 1]: the share of their common prefix and suffix. */
function likeness(a: string, b: string): number {
  if (a === b) return a === '' ? 0.1 : 1;
  const most = Math.min(a.length, b.length, 200);
  let head = 0;
  while (head < most && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < most - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++;
  return (0.9 * (head + tail)) / Math.max(a.length, b.length, 1);
}
