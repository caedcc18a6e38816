/**
 * Makes searches of N trials with the real engine, on a problem whose evaluations take a millisecond, and reports
 * each: size of the page and of the journal, seconds, and memory at most. `node bench/report.ts [trials=1000,10000]`
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { segmentsIn } from '../core/journal/segments.ts';
import { atoll } from '../test/support/processes.ts';
import { gather } from '../ui/report/gather.ts';
import { page } from '../ui/report/page.ts';

/** With these operators a trial is one evaluation at most, so there are no fewer trials than evaluations. */
const settings = [
  '--set',
  'operators.disabled=move,specialise,exchange,tune,blend,regress,link',
  '--set',
  'islands=8',
];

if (process.argv[2] === '--measure') {
  const [, , , dir = ''] = process.argv;
  const start = performance.now();
  const findings = await gather(dir);
  const html = page(findings);
  const seconds = (performance.now() - start) / 1000;
  const journal = segmentsIn(dir).reduce((sum, name) => sum + statSync(join(dir, name)).size, 0);
  const { user, system } = process.cpuUsage();
  console.log(
    `${findings.history!.facts.counts.settled} trials, journal ${(journal / 1e6).toFixed(1)} MB: ` +
      `page ${(Buffer.byteLength(html) / 1e6).toFixed(3)} MB in ${seconds.toFixed(2)} s ` +
      `(${((user + system) / 1e6).toFixed(2)} s of this process), at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB`,
  );
} else {
  const counts = (process.argv[2] ?? '1000,10000').split(',');
  const folder = mkdtempSync(join(tmpdir(), 'atoll-report-'));
  try {
    for (const trials of counts) {
      const dir = join(folder, trials);
      const args = ['run', 'symbolic-regression', '--seed', '1', '--evaluations', trials, '--target', '1e6'];
      const { code, stderr } = await atoll([...args, ...settings, '--plain', '--dir', dir]);
      if (code !== 0) throw new Error(stderr);
      // In a process of its own, so that its memory is what a report takes.
      const own = [...process.execArgv, fileURLToPath(import.meta.url), '--measure', dir];
      spawnSync(process.execPath, own, { stdio: 'inherit' });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
