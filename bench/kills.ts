/**
 * Kills a search with -9 at random moments and resumes it each time, then holds its journal against that of a search
 * left in peace. `node bench/kills.ts [kills=200] [evaluations=2000] [problem=bin-packing-or3]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atoll, eventsOf, killed } from '../test/support/processes.ts';

if (import.meta.main) {
  const [kills = '200', evaluations = '2000', problem = 'bin-packing-or3'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'atoll-kills-'));
  try {
    const args = [problem, '--seed', '7', '--evaluations', evaluations, '--plain'];
    const dirs = { one: join(folder, 'one'), two: join(folder, 'two') };
    for (const [workers, dir] of [
      ['1', dirs.one],
      ['2', dirs.two],
    ] as const) {
      const { code, stderr } = await atoll(['run', ...args, '--workers', workers, '--dir', dir]);
      if (code !== 0) throw new Error(stderr);
    }
    const peace = await eventsOf(dirs.one);
    const alike = (other: readonly string[]): string =>
      peace.length === other.length && peace.every((line, i) => line === other[i]) ? 'the same' : 'DIFFERENT';
    console.log(`${peace.length} events with 1 worker; with 2 workers: ${alike(await eventsOf(dirs.two))}`);
    let total = 0;
    for (let round = 1; total < Number(kills); round++) {
      const dir = join(folder, `killed-${round}`);
      total += await killed(args, dir, Math.min(50, Number(kills) - total), 1500);
      console.log(`search ${round}, ${total} kills so far: journal ${alike(await eventsOf(dir))}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
