import { createHash } from 'node:crypto';
import { type Markup, markup, textOf, trusted } from '../text/markup.ts';
import { cases } from './cases.ts';
import { chartsOf } from './charts.ts';
import { sourceMarkup } from './code.ts';
import { commandOf, promiseOf } from './command.ts';
import { arms, cost, islands } from './cost.ts';
import { course } from './course.ts';
import { table } from './format.ts';
import type { ReportData } from './gather.ts';
import { head } from './head.ts';
import { lineage } from './lineage.ts';
import { style } from './style.ts';
import { learnt } from './training.ts';

/** Characters of a picture that a page holds. */
const pictureLength = 1_500_000;

/** A run as one self-contained HTML text: no script, no external resource, and untrusted text escaped. */
export function page(findings: ReportData): string {
  const { manifest, history } = findings;
  const sections = history ? sectionsOf(findings) : [];
  sections.push(['again', 'To reproduce it', again(findings)]);
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return textOf(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${manifest.problem.name} · Atoll</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${head(findings)}
<nav>${sections.map(([id, title]) => markup`<a href="#${trusted(id)}">${title}</a> `)}</nav>
${sections.map(
  ([id, title, content]) => markup`<section id="${trusted(id)}">
<h2>${title}</h2>
${content}
</section>
`,
)}</main>
</body>
</html>
`);
}

type Section = [id: string, title: string, content: Markup];

function sectionsOf(findings: ReportData): Section[] {
  const history = findings.history!;
  const charts = chartsOf(findings);
  const { best, facts } = history;
  const sections: Section[] = [];
  const picture = pictureMarkup(findings);
  if (picture) sections.push(['picture', 'Picture', picture]);
  sections.push(['course', 'How it got there', course(findings, charts)]);
  sections.push(['program', 'The program', markup`${sourceMarkup(best.source)}`]);
  sections.push(['lineage', 'Lineage', lineage(findings, charts)]);
  if (facts.counts.settled > 0) {
    sections.push(['arms', 'Operators', arms(findings, charts)]);
    sections.push(['cost', 'Cost', cost(findings, charts)]);
    if (facts.islands.length > 1) sections.push(['islands', 'Islands', islands(findings, charts)]);
  }
  sections.push(['cases', 'Case by case', cases(findings)]);
  const lessons = learnt(findings);
  if (lessons) sections.push(['learnt', 'Notes and lessons', lessons]);
  return sections;
}

/** The problem's own picture, as an image, which runs nothing and fetches nothing. */
function pictureMarkup({ picture, history }: ReportData): Markup | undefined {
  if (picture === undefined) return undefined;
  if (picture.length > pictureLength)
    return markup`<p>The picture is too large for a page: <code>atoll report --pictures</code> writes it.</p>`;
  const data = Buffer.from(picture).toString('base64');
  return markup`<figure class="picture"><img src="data:image/svg+xml;base64,${data}" alt="What the best program makes of the first case"><figcaption>What ${history!.best.id} makes of the first case.</figcaption></figure>`;
}

function again({ manifest, history }: ReportData): Markup {
  const { problem, versions, sessions, models = [] } = manifest;
  const settings = history?.facts.settings ?? manifest.settings;
  const rows = sessions.map(({ started, ended }) => [
    started.replace('T', ' ').slice(0, 19),
    ended?.replace('T', ' ').slice(0, 19) ?? 'not ended',
  ]);
  return markup`<pre class="command">${commandOf(manifest, settings)}</pre>
<p class="soft">${promiseOf(settings, models)}</p>
<p>Atoll ${versions.atoll}, Node ${versions.node}; problem <code>${problem.hash.slice(0, 16)}</code>, the first digits of the SHA-256 of everything that decides a score.</p>
<details><summary>${sessions.length} session${sessions.length !== 1 && 's'}</summary>${table([{ name: 'began (UTC)' }, { name: 'ended' }], rows)}</details>`;
}
