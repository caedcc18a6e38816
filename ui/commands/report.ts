import { join } from 'node:path';
import type { Command } from 'commander';
import { makeFolder, replaceFile, writeText } from '../../core/journal/files.ts';
import { pages } from '../chart/page.ts';
import { chartsOf } from '../report/charts.ts';
import { gather, type ReportData } from '../report/gather.ts';
import { page } from '../report/page.ts';
import { output } from '../text/output.ts';
import { count } from '../text/words.ts';

/** `atoll report`: a run as one page to show. */
export function report(atoll: Command): void {
  atoll
    .command('report')
    .summary('write a run as one HTML page')
    .description(
      'Writes a page about a run that needs no network and holds no script; the run may still be running.',
    )
    .argument('<run>', 'run directory, running or not')
    .option('--out <file>', 'report.html in the run directory by default')
    .option('--pictures <dir>', 'also write its charts, and the picture of the problem, as SVG files')
    .action(
      async (
        dir: string,
        { out = join(dir, 'report.html'), pictures }: { out?: string; pictures?: string },
      ) => {
        const findings = await gather(dir);
        const html = page(findings);
        await replaceFile(out, html);
        output.write(`${out} (${count(Buffer.byteLength(html) / 1000)} kB)\n`);
        if (pictures) writePictures(pictures, findings);
        for (const sentence of findings.amiss) process.stderr.write(`atoll: ${sentence}\n`);
      },
    );
}

function writePictures(folder: string, findings: ReportData): void {
  makeFolder(folder);
  const files = Array.from(chartsOf(findings), ([name, draw]) => [name, draw(pages.wide)] as const);
  if (findings.picture !== undefined) files.push(['picture', findings.picture]);
  for (const [name, svg] of files) writeText(join(folder, `${name}.svg`), svg);
  output.write(`${folder}: ${files.map(([name]) => `${name}.svg`).join(' ')}\n`);
}
