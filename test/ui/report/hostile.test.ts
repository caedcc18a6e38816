import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findChromium, looks, openBrowser } from '../../support/browser.ts';
import { atoll } from '../../support/processes.ts';
import { openHostileModel, wicked, writeHostileProblem } from './hostile.ts';
import { readPage } from './page-tokens.ts';

const folder = mkdtempSync(join(tmpdir(), 'atoll-hostile-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const run = join(folder, 'run');
const file = join(run, 'report.html');
const pictures = join(folder, 'pictures');

let html = '';
before(async () => {
  const problem = join(folder, 'hostile');
  writeHostileProblem(problem);
  await using server = await openHostileModel();
  const model = `compatible:m"><script>alert(6)</script>@${server.url}#price=1/4,tokens=500`;
  const set = [
    'operators.builtin=off',
    'operators.prompts=whole',
    'reflectEvery=4',
    'maxRetries=3',
    'novelty=exact',
  ];
  const options = ['--calls', '40', '--dir', run, ...set.flatMap((each) => ['--set', each])];
  const search = await atoll(['run', problem, '--json', '--model', model, ...options]);
  assert.equal(search.code, 0, search.stderr);
  const { code, stderr } = await atoll(['report', run, '--pictures', pictures]);
  assert.equal(code, 0, stderr);
  html = readFileSync(file, 'utf8');
});

test('a report of hostile programs, models, judges and names holds allowed elements alone, with nothing that leads out', () => {
  const { elements: found, text } = readPage(html);
  assert.ok(found.length > 500, `${found.length} elements`);
  assert.equal(found.filter(({ name }) => name === 'img').length, 1);
  // What they said is there, as text.
  for (const said of ['</style></script><script>parent.owned=1', '<img src=x onerror="console.error(1)">'])
    assert.ok(text.split(said).length > 20, said);
});

test('nothing hides in a report: what is not seen, or turns letters around, is written as its code', () => {
  assert.doesNotMatch(html, /[^\t\n\P{C}]|[\u2028\u2029]/u);
  const { text } = readPage(html);
  for (const code of ['0000', '001B', '0085', '202E', '2066', '200B', 'FEFF', '2028'])
    assert.ok(text.includes(`⟨U+${code}⟩`), code);
});

test('the policy of a report forbids scripts and connections, and fits its one style', () => {
  const { elements: found } = readPage(html);
  const policy = found.find(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')!;
  assert.match(
    policy.attributes.content!,
    /^default-src 'none'; style-src 'sha256-[\w+/]+='; img-src data:; base-uri 'none'; form-action 'none'$/,
  );
  assert.equal(html.match(/<style/g)!.length, 1);
  assert.ok(html.indexOf('Content-Security-Policy') < html.indexOf('<style'));
});

test('what the hostile said is in the places where it belongs', () => {
  const { text } = readPage(html);
  assert.match(text, /Known results[\s\S]*someone <\/pre>/);
  assert.match(text, /Lessons of the models[\s\S]*- <\/pre>/);
  assert.match(text, /Case by case[\s\S]*one <\/pre>/);
  assert.match(text, /The program\s+\/\/ <\/pre>/);
  assert.match(text, /Lineage[\s\S]*trial-\d+ whole[\s\S]*<\/pre><\/style>/);
  assert.match(text, /whole · compatible:m"><script>alert\(6\)/);
});

test('charts that are written as files hold no more than shapes and words either', () => {
  for (const name of ['curve', 'dollars', 'family', 'arms', 'endings', 'evaluations', 'models', 'islands']) {
    const svg = readFileSync(join(pictures, `${name}.svg`), 'utf8');
    assert.ok(readPage(svg).elements.length > 5, name);
    assert.doesNotMatch(svg, /[^\t\n\P{C}]|[\u2028\u2029]/u);
  }
});

const chromium = findChromium();

test('a browser that opens it runs nothing, asks for nothing and has nothing to complain of', {
  skip: chromium ? false : 'there is no Chromium here',
}, async () => {
  await using browser = await openBrowser(chromium!);
  for (const look of looks) {
    const { said, requests, beyond, scripts } = await browser.see(file, look);
    assert.deepEqual({ said, requests, beyond, scripts }, { said: [], requests: [], beyond: 0, scripts: 0 });
  }
  // The same eyes see a page that is not so well made.
  const other = join(folder, 'other.html');
  writeFileSync(
    other,
    `<!doctype html><title>x</title><pre>${wicked}</pre><img src="http://127.0.0.1:9/y.png">`,
  );
  const seen = await browser.see(other, looks[0]!);
  assert.ok(seen.said.length > 1 && seen.requests.length > 0 && seen.scripts > 0, JSON.stringify(seen.said));
});
