import { expected } from '../errors.ts';

/** A half-open stretch of a text, in UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const marker = /^[ \t]*(?:\/\/|\/\*)[^\r\n]*?\bEVOLVE-BLOCK-(START|END)\b[^\r\n]*(?:\r?\n|$)/gm;

/**
 * What of a program may change: strictly between the lines of `EVOLVE-BLOCK-START` and `EVOLVE-BLOCK-END`
 * comments; all of it when there are none.
 * @throws ConfigError when the markers do not come in pairs.
 */
export function regionsOf(text: string): readonly Span[] {
  const regions: Span[] = [];
  let open: number | undefined;
  for (const match of text.matchAll(marker)) {
    const opens = match[1] === 'START';
    if (opens !== (open === undefined)) throw unpaired(text, match.index);
    if (open !== undefined) regions.push({ start: open, end: match.index });
    open = opens ? match.index + match[0].length : undefined;
  }
  if (open !== undefined) throw unpaired(text, text.length);
  return regions.length > 0 ? regions : [{ start: 0, end: text.length }];
}

/** Whether two texts have as many regions and are the same outside them, to the byte. */
export function sameOutside(before: string, after: string): boolean {
  const kept = outside(before);
  return kept !== undefined && kept === outside(after);
}

/** What lies outside the regions, or nothing for a text whose markers do not come in pairs. */
function outside(text: string): string | undefined {
  try {
    let end = 0;
    const pieces = regionsOf(text).map((region) => {
      const piece = text.slice(end, region.start);
      end = region.end;
      return piece;
    });
    return JSON.stringify([...pieces, text.slice(end)]);
  } catch {
    return undefined;
  }
}

function unpaired(text: string, at: number): Error {
  const line = text.slice(0, at).split('\n').length;
  return expected('EVOLVE-BLOCK-START and EVOLVE-BLOCK-END in turn', `an unpaired one at line ${line}`);
}
