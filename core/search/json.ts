/**
 * What of a value would not come back the same from JSON, with the path to it, such as `NaN at input.points[3]`;
 * undefined for a value that would.
 */
export function notJson(value: unknown, path = 'input', above: readonly object[] = []): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? undefined : `${shown(value)} at ${path}`;
    case 'object':
      if (value === null) return undefined;
      return above.includes(value) ? `a circle at ${path}` : inside(value, path, [...above, value]);
    default:
      return `${value === undefined ? 'undefined' : `a ${typeof value}`} at ${path}`;
  }
}

function inside(value: object, path: string, above: readonly object[]): string | undefined {
  const kind = Object.getPrototypeOf(value);
  const list = Array.isArray(value);
  if (!list && kind !== Object.prototype && kind !== null)
    return `a ${kind?.constructor?.name ?? 'thing'} at ${path}`;
  const keys = Reflect.ownKeys(value);
  // The length of a list is a key of its own; a hole is none.
  if (list && keys.length !== value.length + 1) return `a list with holes or other properties at ${path}`;
  for (const key of keys) {
    if (list && key === 'length') continue;
    if (typeof key === 'symbol' || key === '__proto__' || key === 'toJSON')
      return `a property ${String(key)} at ${path}`;
    if (!Object.prototype.propertyIsEnumerable.call(value, key)) return `a hidden property ${key} at ${path}`;
    const at = list ? `${path}[${key}]` : `${path}.${key}`;
    const odd = notJson((value as Record<string, unknown>)[key], at, above);
    if (odd) return odd;
  }
  return undefined;
}

function shown(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}
