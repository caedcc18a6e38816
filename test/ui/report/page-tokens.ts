import assert from 'node:assert/strict';

/** What a page may be made of: whatever is not here is refused. */
const allowed: Readonly<Record<string, string>> = {
  html: 'lang',
  head: '',
  meta: 'charset name content http-equiv',
  title: '',
  style: '',
  body: '',
  main: '',
  header: '',
  nav: '',
  section: 'id',
  h1: '',
  h2: '',
  h3: '',
  p: 'class',
  a: 'href',
  b: '',
  i: 'class',
  small: '',
  span: 'class',
  mark: '',
  div: 'class',
  dl: 'class',
  dt: '',
  dd: '',
  ul: '',
  ol: 'class',
  li: 'class',
  table: '',
  thead: '',
  tbody: '',
  tr: '',
  th: 'class scope',
  td: 'class',
  pre: 'class',
  code: '',
  details: '',
  summary: '',
  figure: 'class',
  figcaption: '',
  img: 'src alt',
  svg: 'xmlns viewBox role class font-family font-size aria-hidden',
  g: '',
  rect: 'x y width height fill',
  circle: 'cx cy r fill stroke',
  line: 'x1 y1 x2 y2 stroke stroke-width stroke-opacity stroke-dasharray',
  polyline: 'points fill stroke stroke-width stroke-linejoin',
  text: 'x y font-size fill text-anchor font-weight stroke stroke-width stroke-linejoin paint-order',
};
const empty = new Set(['meta', 'img']);
/** What an attribute's value may be, where it could lead somewhere. */
const values: Readonly<Record<string, RegExp>> = {
  href: /^#[a-z]+$/,
  src: /^data:image\/svg\+xml;base64,[A-Za-z0-9+/=]+$/,
  xmlns: /^http:\/\/www\.w3\.org\/2000\/svg$/,
  fill: /^(none|#[0-9a-f]{6})$/,
  stroke: /^#[0-9a-f]{6}$/,
};

/** An element of a page as it opens. */
export interface Opening {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements of a page and its text. @throws AssertionError for anything that is not allowed, closed, or escaped. */
export function readPage(html: string): { readonly elements: readonly Opening[]; readonly text: string } {
  const elements: Opening[] = [];
  const open: string[] = [];
  let text = '';
  const token = /<!doctype html>|<(\/?)([a-zA-Z0-9]+)((?: [\w:-]+="[^"<>]*")*)(\/?)>|([^<]+)/gy;
  while (token.lastIndex < html.length) {
    const at = token.lastIndex;
    const match = token.exec(html);
    assert.ok(match, `no page at: ${html.slice(at, at + 80)}`);
    const [, closing, name, attributes = '', selfClosed, words] = match;
    if (words !== undefined) text += unescaped(words);
    if (name === undefined) continue;
    assert.ok(name in allowed, `<${name}>`);
    if (closing) {
      assert.equal(open.pop(), name, `</${name}> at ${at}`);
      continue;
    }
    elements.push({ name, attributes: attributesOf(name, attributes) });
    if (name === 'style') {
      const end = html.indexOf('</style>', token.lastIndex);
      assert.doesNotMatch(html.slice(token.lastIndex, end), /[<]|url\(|@import|expression/i);
      token.lastIndex = end + '</style>'.length;
    } else if (!selfClosed && !empty.has(name)) open.push(name);
  }
  assert.deepEqual(open, []);
  return { elements, text };
}

function attributesOf(name: string, text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, attribute, value] of text.matchAll(/ ([\w:-]+)="([^"]*)"/g)) {
    assert.ok(allowed[name]!.split(' ').includes(attribute!), `<${name} ${attribute}>`);
    assert.match(unescaped(value!), values[attribute!] ?? /^[\s\S]*$/, `<${name} ${attribute}>`);
    found[attribute!] = unescaped(value!);
  }
  return found;
}

function unescaped(text: string): string {
  const bare = text.replace(/&#\d+;|&(amp|lt|gt|quot);/g, '');
  assert.ok(!bare.includes('&'), `a bare & in: ${text.slice(0, 80)}`);
  const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
    code ? String.fromCodePoint(code) : names[name]!,
  );
}
