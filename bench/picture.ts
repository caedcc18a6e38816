/**
 * The picture of the screen in the README: runs a real search in a real terminal (tmux), and draws what is seen once it has
 * run for a while. `node bench/picture.ts [seconds=100] [problem=bin-packing-or3] [seed=1]` writes docs/figures/screen.svg.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { escaped } from '../problems/svg.ts';
import { openPty } from '../test/ui/screen/tmux.ts';

const [seconds, problem, seed] = [
  Number(process.argv[2] ?? 100),
  process.argv[3] ?? 'bin-packing-or3',
  process.argv[4] ?? '1',
];
const size = { columns: 120, rows: 40 };
/** Of one character, in pixels. */
const cell = { width: 7.8, height: 16, font: 13 };
const paper = '#16191d';
const ink = '#d6d9dc';

/** The terminal's current style. */
interface Look {
  readonly colour: string;
  readonly bold: boolean;
  readonly inverse: boolean;
}

const plain: Look = { colour: ink, bold: false, inverse: false };

/** The picture of a terminal whose rows hold escapes that say how it looks, as one self-contained SVG text. */
export function pictured(rows: readonly string[], { columns }: { readonly columns: number }): string {
  const margin = 12;
  const [width, height] = [columns * cell.width + 2 * margin, rows.length * cell.height + 2 * margin];
  const parts: string[] = [];
  let look = plain;
  for (const [y, row] of rows.entries()) {
    const { runs, look: last } = runsOf(row, look);
    look = last;
    const top = margin + y * cell.height;
    for (const run of runs) {
      const { inverse, colour, bold } = run.look;
      const [x, long] = [margin + run.at * cell.width, [...run.text].length * cell.width];
      if (inverse) {
        parts.push(
          `<rect x="${fixed(x)}" y="${top}" width="${fixed(long)}" height="${cell.height}" fill="${colour}"/>`,
        );
      }
      // A gap of some columns parts two pieces: what is stretched to its columns, whatever the font, is never long.
      for (const match of run.text.matchAll(/\S(?: ?\S)*/gu)) {
        const start = x + [...run.text.slice(0, match.index)].length * cell.width;
        parts.push(
          `<text x="${fixed(start)}" y="${top + 12.5}" textLength="${fixed([...match[0]].length * cell.width)}" ` +
            `lengthAdjust="spacingAndGlyphs" fill="${inverse ? paper : colour}"` +
            `${bold ? ' font-weight="bold"' : ''}>${escaped(match[0])}</text>`,
        );
      }
    }
  }
  const fonts = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fixed(width)} ${height}" role="img" ` +
    `font-family="${fonts}" font-size="${cell.font}">\n` +
    `<title>The screen of a running search</title>\n` +
    `<rect width="100%" height="100%" rx="8" fill="${paper}"/>\n${parts.join('\n')}\n</svg>\n`
  );
}

/** A stretch of a row that looks alike. */
interface Run {
  readonly text: string;
  /** Column of its first character. */
  readonly at: number;
  readonly look: Look;
}

/** The stretches of a row that begins with a look, and the look it ends with: the next row goes on with it. */
function runsOf(row: string, from: Look): { readonly runs: Run[]; readonly look: Look } {
  const runs: Run[] = [];
  let look = from;
  let at = 0;
  for (const [i, part] of row.split('\u001b[').entries()) {
    const end = i === 0 ? -1 : part.indexOf('m');
    if (i > 0) look = turned(look, part.slice(0, end));
    const text = part.slice(end + 1);
    if (text !== '') runs.push({ text, at, look });
    at += [...text].length;
  }
  return { runs, look };
}

function turned(look: Look, codes: string): Look {
  const numbers = codes.split(';').map(Number);
  let next = look;
  for (let i = 0; i < numbers.length; i++) {
    const code = numbers[i]!;
    if (code === 0) next = plain;
    else if (code === 1) next = { ...next, bold: true };
    else if (code === 7) next = { ...next, inverse: true };
    else if (code === 22) next = { ...next, bold: false };
    else if (code === 27) next = { ...next, inverse: false };
    else if (code === 39) next = { ...next, colour: ink };
    else if (code === 38 && numbers[i + 1] === 5) {
      next = { ...next, colour: colourOf(numbers[i + 2]!) };
      i += 2;
    }
  }
  return next;
}

/** A colour of the 256: the cube of six, or a grey. */
function colourOf(n: number): string {
  const levels = [0, 95, 135, 175, 215, 255];
  const of = (...parts: number[]): string =>
    `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
  if (n >= 232) return of(8 + (n - 232) * 10, 8 + (n - 232) * 10, 8 + (n - 232) * 10);
  const at = n - 16;
  return of(levels[Math.floor(at / 36)]!, levels[Math.floor(at / 6) % 6]!, levels[at % 6]!);
}

function fixed(n: number): string {
  return String(Number(n.toFixed(2)));
}

if (import.meta.main) {
  const folder = mkdtempSync(join(tmpdir(), 'atoll-picture-'));
  const main = fileURLToPath(new URL('../ui/main.ts', import.meta.url));
  const minutes = String(Math.ceil((seconds * 1.5) / 60));
  const figures = fileURLToPath(new URL('../docs/figures/', import.meta.url));
  try {
    const env = { COLORTERM: '', TERM: 'screen-256color' };
    // A name without the machine's folders is seen in the header.
    const command = [
      'sh',
      '-c',
      `cd ${folder} && exec ${process.execPath} ${main} run ${problem} --seed ${seed} --minutes ${minutes} --dir runs/${problem}`,
    ];
    await using pty = openPty(command, { ...size, env });
    await pty.until(/running/);
    await setTimeout(seconds * 1000);
    const rows = pty.rows(true);
    mkdirSync(figures, { recursive: true });
    writeFileSync(join(figures, 'screen.svg'), pictured(rows, size));
    process.stdout.write(`${pty.rows().join('\n')}\n${join(figures, 'screen.svg')}\n`);
    pty.press('C-c');
    await pty.ended();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
