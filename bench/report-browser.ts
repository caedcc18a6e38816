/**
 * Opens reports in headless Chromium, on a desktop and on a phone, light and dark: what its console says, what it asks
 * the network for, whether the page is wider than the screen. `node bench/report-browser.ts <report.html>... [--shots DIR]`
 * The browser is the one that ATOLL_CHROMIUM names, or the first of the usual names on PATH.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { findChromium, looks, openBrowser } from '../test/support/browser.ts';

if (import.meta.main) {
  const words = process.argv.slice(2);
  const at = words.indexOf('--shots');
  const shots = at < 0 ? undefined : words.splice(at, 2)[1];
  const path = findChromium();
  if (!path) {
    console.log('no Chromium here: set ATOLL_CHROMIUM, or put one on PATH');
    process.exit(1);
  }
  if (shots) mkdirSync(shots, { recursive: true });
  await using browser = await openBrowser(path);
  for (const file of words) {
    for (const look of looks) {
      const { said, requests, beyond, scripts, shot } = await browser.see(file, look);
      const name = `${basename(dirname(resolve(file)))}-${look.width}${look.dark ? '-dark' : ''}`;
      console.log(
        `${name}: ${said.length} lines on the console, ${requests.length} requests, ${scripts} scripts, ${beyond} pixels too wide`,
      );
      for (const each of [...said, ...requests]) console.log(`  ${each}`);
      if (said.length + requests.length + scripts > 0 || beyond > 0) process.exitCode = 1;
      if (shots) writeFileSync(join(shots, `${name}.png`), shot);
    }
  }
}
