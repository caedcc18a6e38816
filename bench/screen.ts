/**
 * What the full screen costs beside `--plain`, and how soon it answers a key: the same scripted events, 1,000 a second, told
 * to both in a real terminal (tmux). `node bench/screen.ts [seconds=10] [events a second=1000]`
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openPty } from '../test/ui/screen/tmux.ts';
import { quantile } from './statistics.ts';

const [seconds, perSecond] = [Number(process.argv[2] ?? 10), Number(process.argv[3] ?? 1000)];
const folder = mkdtempSync(join(tmpdir(), 'atoll-bench-screen-'));
const play = fileURLToPath(new URL('../test/fixtures/play.ts', import.meta.url));

interface Played {
  /** Share of one core, in [0, 1]. */
  readonly share: number;
  /** Events told a second. */
  readonly told: number;
  /** Milliseconds from sending a key to writing what it shows; tmux takes some of them. */
  readonly waits: readonly number[];
}

/** Plays in one view, pressing a key now and then where there is a screen. */
async function played(mode: 'screen' | 'plain', columns: number, rows: number): Promise<Played> {
  const report = join(folder, 'report.json');
  const command = [process.execPath, play, report, mode, String(perSecond), String(seconds)];
  await using pty = openPty(command, { columns, rows });
  const sent: number[] = [];
  const keys = async (): Promise<void> => {
    await pty.until(/running/);
    for (let i = 0; i < seconds; i++) {
      sent.push(Date.now());
      pty.press('?');
      await setTimeout(250);
      pty.press('Escape');
      await setTimeout(250);
    }
  };
  await Promise.all([mode === 'screen' ? keys() : undefined, pty.ended()]);
  const { cpuMs, told, helps } = JSON.parse(readFileSync(report, 'utf8'));
  const waits = sent.map((at) => (helps as number[]).find((shown) => shown >= at)! - at);
  return { share: cpuMs / 1000 / seconds, told: told / (seconds + 2), waits };
}

try {
  const percent = (share: number): string => `${(share * 100).toFixed(2)} %`.padStart(9);
  console.log(
    `${perSecond} events a second for ${seconds} s, share of one core; milliseconds until a key is answered`,
  );
  console.log('   size   --plain    screen      more   events/s   key: half, worst');
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
    [200, 60],
  ] as const) {
    const plain = await played('plain', columns, rows);
    const screen = await played('screen', columns, rows);
    const [half, worst] = [quantile(screen.waits, 0.5), Math.max(...screen.waits)];
    console.log(
      `${`${columns}x${rows}`.padStart(7)} ${percent(plain.share)} ${percent(screen.share)} ` +
        `${percent(screen.share - plain.share)}   ${screen.told.toFixed(0).padStart(8)}   ${half.toFixed(0)} ms, ${worst} ms`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
