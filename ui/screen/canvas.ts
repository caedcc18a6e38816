import type { Terminal } from '../text/terminal.ts';
import type { Row } from './text.ts';
import { type Colours, painted } from './theme.ts';

/** What a terminal shows, row by row: only rows that changed are written again. */
export interface Canvas {
  paint(rows: readonly Row[]): void;
  /** Nothing is known any more of what the terminal shows. */
  forget(): void;
}

/** Begin and end of a change that a terminal shows at once, where it knows how; others pass over it. */
const [begin, end] = ['\u001b[?2026h', '\u001b[?2026l'];

export function openCanvas(out: Pick<Terminal, 'write'>, colours: Colours): Canvas {
  let shown: string[] = [];
  return {
    paint(rows) {
      let text = '';
      const next = rows.map((row) => painted(row, colours));
      for (const [y, row] of next.entries()) {
        if (row !== shown[y]) text += `\u001b[${y + 1};1H${row}`;
      }
      shown = next;
      if (text) out.write(begin + text + end);
    },
    forget() {
      shown = [];
      out.write('\u001b[2J');
    },
  };
}
