/** Most entries of a list or object and most characters of a text, from the fullest to the briefest. */
const details = [
  { entries: 20, characters: 400 },
  { entries: 6, characters: 200 },
  { entries: 3, characters: 80 },
  { entries: 1, characters: 40 },
] as const;

/**
 * A value as JSON of about `limit` characters: long parts are shortened, with their length, so that shape and first
 * entries remain visible.
 */
export function abbreviated(value: unknown, limit = 1200): string {
  let text = '';
  for (const detail of details) {
    text = written(value, detail);
    if (text.length <= limit) return text;
  }
  return `${text.slice(0, limit - 1)}…`;
}

function written(value: unknown, detail: (typeof details)[number]): string {
  const { entries, characters } = detail;
  if (typeof value === 'string') {
    if (value.length <= characters) return JSON.stringify(value);
    return `${JSON.stringify(value.slice(0, characters))}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) {
    const items = value.slice(0, entries).map((each) => written(each, detail));
    if (value.length > entries) items.push(`… (${value.length} entries)`);
    return `[${items.join(', ')}]`;
  }
  if (value !== null && typeof value === 'object') {
    const all = Object.entries(value);
    const fields = all
      .slice(0, entries)
      .map(([key, each]) => `${JSON.stringify(key)}: ${written(each, detail)}`);
    if (all.length > entries) fields.push(`… (${all.length} fields)`);
    return `{ ${fields.join(', ')} }`;
  }
  return JSON.stringify(value) ?? 'undefined';
}
