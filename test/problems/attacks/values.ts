/** A value that a program may return: its text, and what of it comes back as JSON, or that it cannot be written down. */
export interface Value {
  readonly code: string;
  readonly arrives?: unknown;
  readonly throws?: true;
}

const text = (code: string, arrives: unknown): Value => ({ code, arrives });

/** Values that are no number inside the sandbox, whatever they look like outside. */
export const disguised: readonly Value[] = [
  text('undefined', null),
  text('null', null),
  text('true', true),
  text("''", ''),
  text("'0.5'", '0.5'),
  text("'NaN'", 'NaN'),
  text('{}', {}),
  text('[]', []),
  text('[0.5]', [0.5]),
  text('new Array(3)', [null, null, null]),
  text('{ length: 26 }', { length: 26 }),
  text('{ score: 1e9 }', { score: 1e9 }),
  text('() => 0.5', null),
  text("Symbol('x')", null),
  text('new Date(NaN)', null),
  text('new Number(0.5)', 0.5),
  text('{ valueOf: () => 0.5 }', {}),
  text("{ toJSON: () => '0.5' }", '0.5'),
  text('{ toJSON: () => 1e9 }', 1e9),
  text('{ toJSON: () => 0.5 }', 0.5),
  text("JSON.rawJSON('1e999')", Infinity),
  text("JSON.rawJSON('-0')", -0),
  text("JSON.rawJSON('0.50000000000000000001')", 0.5),
  { code: '10n', throws: true },
  { code: 'Object(10n)', throws: true },
  { code: "new Proxy([], { get() { throw new Error('no') } })", throws: true },
  { code: "({ get x() { throw new Error('no') } })", throws: true },
];

/** Numbers that are seldom meant. */
export const numbers: readonly Value[] = [
  text('NaN', null),
  text('Infinity', null),
  text('-Infinity', null),
  text('1e308', 1e308),
  text('5e-324', 5e-324),
  text('-5e-324', -5e-324),
  text('-0', 0),
  text('-1', -1),
  text('2 ** 53', 2 ** 53),
  text('2 ** -1060', 2 ** -1060),
  text('1.0000000000000002', 1.0000000000000002),
  text('0.1 + 0.2', 0.1 + 0.2),
];

/** Statements of a program's top that try to change what judge, harness or serialiser would stand on; none may throw. */
export const meddling: Readonly<Record<string, string>> = {
  'patched prototypes': `for (const owner of [Array, Object, Number, String, Boolean, Float64Array, Map, Set, Function])
  for (const key of ['toJSON', 'valueOf', 'toString', 'push', 'map', 'splice', 'sort', 'length', 'constructor', '0', '3', Symbol.iterator]) {
    try { owner.prototype[key] = () => 1e9; } catch {}
    try { Object.defineProperty(owner.prototype, key, { get: () => 1e9, set() {}, configurable: true }); } catch {}
  }`,
  'patched functions of the language': `for (const [owner, names] of [[JSON, ['stringify', 'parse']], [Math, ['sqrt', 'floor', 'random', 'max', 'ceil', 'abs']],
  [Number, ['isInteger', 'isNaN', 'isFinite']], [Array, ['from', 'isArray']], [Object, ['is', 'keys', 'entries']], [Reflect, ['apply', 'construct']]])
  for (const name of names) {
    try { owner[name] = () => 0; } catch {}
    try { Object.defineProperty(owner, name, { value: () => 0 }); } catch {}
  }`,
  'patched globals': `for (const name of ['Array', 'JSON', 'Math', 'Float64Array', 'Int32Array', 'Uint8Array', 'Number', 'TypeError', 'NaN', 'undefined', 'Infinity', 'judge', 'score']) {
    try { globalThis[name] = function () { return [1e9]; }; } catch {}
    try { Object.defineProperty(globalThis, name, { value: 1e9 }); } catch {}
    try { delete globalThis[name]; } catch {}
  }`,
  'changed prototypes of prototypes': `for (const owner of [Array.prototype, Number.prototype, Function.prototype, Math, globalThis])
    try { Object.setPrototypeOf(owner, { toJSON: () => 1e9, score: 1e9 }); } catch {}`,
  'work left for later': `Promise.resolve().then(() => { try { JSON.stringify = () => '1e9'; } catch {} while (false); });
  if (typeof queueMicrotask === 'function') queueMicrotask(() => {});`,
  'indirect eval and Function': `try { (0, eval)('var harness = () => 1e9; var judge = () => ({ score: 1e9 });'); } catch {}
  try { new Function('this.Array = function () {}; this.score = 1e9;')(); } catch {}`,
};
