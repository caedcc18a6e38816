import assert from 'node:assert/strict';

/** Elements of an XML text by name, with how often each occurs. Throws where the text is not well-formed. */
export function elements(xml: string): Map<string, number> {
  const names = new Map<string, number>();
  const open: string[] = [];
  const token = /<(\/?)([a-z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    if (!match) throw new Error(`not XML at: ${xml.slice(at, at + 60)}`);
    const [, closing, name, attributes, empty, words] = match;
    const loose = (attributes ?? words ?? '').replace(/&(amp|lt|gt|quot|#39);/g, '');
    if (loose.includes('&')) throw new Error(`a bare & in: ${match[0]}`);
    if (name === undefined) continue;
    if (closing) {
      if (open.pop() !== name) throw new Error(`</${name}> closes another element`);
      continue;
    }
    names.set(name, (names.get(name) ?? 0) + 1);
    if (!empty) open.push(name);
  }
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  return names;
}

/** Fails unless a picture is one self-contained SVG of a size that a page can hold, with a title. */
export function standsAlone(picture: string): void {
  const names = elements(picture);
  assert.deepEqual([names.get('svg'), names.get('title')], [1, 1]);
  assert.match(picture, /^<svg [^>]*viewBox="0 0 \d+ \d+"/);
  assert.doesNotMatch(picture, /<script|<image|<foreignObject|<style|href|url\(|\son\w+=|NaN|undefined/i);
  assert.ok(picture.length < 300_000, `${picture.length} characters`);
}
