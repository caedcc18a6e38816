import { colours } from '../../problems/svg.ts';
import { greys, hues, rest } from '../chart/page.ts';

/** What is drawn for white paper, as it looks on a dark page. */
const dark: readonly (readonly [onWhite: string, onDark: string])[] = [
  [greys.ink, '#d6d6d6'],
  [greys.soft, '#9a9a9a'],
  [greys.rule, '#34383d'],
  [greys.ground, '#16181b'],
  [colours.blue, '#3f97d8'],
  [colours.vermilion, '#ee7733'],
  [colours.green, '#2bb992'],
  [colours.sky, '#a5d8f3'],
  [hues.at(-1)!, '#a2a2a2'],
  [rest, '#5c5f63'],
];

const light = `
  --ground: #ffffff; --ink: #1c1d1f; --soft: #63666b; --rule: #e3e4e6; --panel: #f6f6f7; --link: #005a94;
  --removed: #fdeceb; --removed-mark: #f7c6c1; --added: #e8f5ec; --added-mark: #b5e2c3;
  --keyword: #8a3ffc; --text: #0b6e4f; --number: #a34400; --comment: #74777c; --call: #0b5cad;`;
const darkness = `
  --ground: #16181b; --ink: #e4e5e7; --soft: #9b9fa5; --rule: #34383d; --panel: #1e2125; --link: #6cb6ff;
  --removed: #3a1f1f; --removed-mark: #6b2d2a; --added: #16311f; --added-mark: #22603a;
  --keyword: #c4a1ff; --text: #6fd3ae; --number: #ffa66b; --comment: #878b91; --call: #79b8ff;`;

/** The look of a report: one quiet column, light or dark as the reader has it, also on a phone and on paper. */
export const style = `
:root { color-scheme: light dark;${light}
}
@media (prefers-color-scheme: dark) {
:root {${darkness}
}
${dark.map(([from, to]) => `.chart [fill="${from}"] { fill: ${to}; } .chart [stroke="${from}"] { stroke: ${to}; }`).join('\n')}
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
main { max-width: 840px; margin: 0 auto; padding: 48px 24px 96px; box-sizing: content-box; }
header p, section > p { max-width: 42em; }
h1 { font-size: 22px; font-weight: 600; margin: 0; line-height: 1.3; overflow-wrap: anywhere; }
h2 { font-size: 20px; font-weight: 600; margin: 72px 0 12px; }
h3 { font-size: 16px; font-weight: 600; margin: 32px 0 8px; }
p { margin: 8px 0; overflow-wrap: anywhere; }
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
small, .soft, figcaption, th, dt { color: var(--soft); }
small, figcaption { font-size: 14px; }
.status { color: var(--soft); margin: 2px 0 36px; }
.score { font-size: 64px; line-height: 1.05; font-weight: 650; letter-spacing: -0.02em; margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
.score + p { font-size: 18px; margin-top: 6px; }
dl.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 20px 28px; margin: 36px 0; padding: 20px 0; border-block: 1px solid var(--rule); }
dl.facts div { min-width: 0; }
dt { font-size: 14px; }
dd { margin: 0; font-size: 18px; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
dd small { display: block; }
nav { margin: 28px 0 0; display: flex; flex-wrap: wrap; gap: 4px 20px; font-size: 15px; }
.amiss { border-left: 3px solid #d55e00; padding: 2px 0 2px 14px; margin: 20px 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; margin: 12px 0; }
table { border-collapse: collapse; font-size: 15px; font-variant-numeric: tabular-nums; min-width: 100%; }
th { text-align: left; font-weight: 500; font-size: 14px; vertical-align: bottom; }
th, td { padding: 5px 16px 5px 0; border-bottom: 1px solid var(--rule); vertical-align: top; }
th:last-child, td:last-child { padding-right: 0; }
.n { text-align: right; white-space: nowrap; }
th.n { white-space: normal; }
td.long { min-width: 14em; overflow-wrap: anywhere; }
.name { overflow-wrap: anywhere; min-width: 9em; }
.id { white-space: nowrap; }
figure { margin: 16px 0 24px; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { margin-top: 6px; }
.narrow { display: none; }
.picture img { display: block; width: 100%; max-width: 560px; height: auto; background: #fff; border-radius: 4px; }
details { margin: 6px 0; }
summary { cursor: pointer; color: var(--link); }
summary::marker { color: var(--soft); }
pre { margin: 8px 0; padding: 12px 14px; background: var(--panel); border-radius: 6px; overflow-x: auto; font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; tab-size: 2; }
pre.source { max-height: 38em; overflow: auto; }
pre.command, pre.said { white-space: pre-wrap; overflow-wrap: anywhere; }
code { font: 0.9em ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.source { counter-reset: line; }
.source > span { display: block; min-height: 1.5em; }
.source > span::before { counter-increment: line; content: counter(line); display: inline-block; width: 2.6em; margin-right: 1.2em; text-align: right; color: var(--soft); opacity: 0.7; user-select: none; }
i { font-style: normal; }
.keyword { color: var(--keyword); } .text { color: var(--text); } .number { color: var(--number); } .comment { color: var(--comment); font-style: italic; } .call { color: var(--call); }
.diff { padding: 8px 0; }
.diff > span { display: block; padding: 0 14px 0 32px; text-indent: -18px; min-height: 1.5em; white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .removed { background: var(--removed); } .diff .added { background: var(--added); }
.diff .gap { color: var(--soft); padding-top: 4px; padding-bottom: 4px; }
.removed mark { background: var(--removed-mark); color: inherit; } .added mark { background: var(--added-mark); color: inherit; }
ol.line { list-style: none; margin: 16px 0; padding: 0 0 0 18px; border-left: 2px solid var(--rule); }
ol.line > li { position: relative; margin: 0 0 18px; }
ol.line > li::before { content: ""; position: absolute; left: -24px; top: 8px; width: 10px; height: 10px; border-radius: 50%; background: var(--soft); border: 2px solid var(--ground); box-sizing: border-box; }
ol.line > li.up::before { background: #0072b2; }
ol.line p { margin: 0; overflow-wrap: anywhere; }
.head { display: flex; flex-wrap: wrap; gap: 0 14px; align-items: baseline; font-variant-numeric: tabular-nums; }
.gain { color: var(--text); }
.bar { display: block; width: 120px; height: 10px; }
.swatch { display: inline-block; width: 10px; height: 10px; margin-right: 7px; }
@media (max-width: 620px) {
main { padding: 28px 16px 64px; }
.score { font-size: 46px; }
h2 { margin-top: 56px; }
td.long { min-width: 10em; }
.wide { display: none; } .narrow { display: block; }
dl.facts { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 16px 20px; }
}
@media print { pre.source { max-height: none; } details > summary { list-style: none; } body { font-size: 12px; } }
`;
