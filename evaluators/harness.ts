/**
 * The trusted text that a sandbox evaluates before any program: it closes the doors that lead out of an
 * evaluation (clock, chance, threads, native memory), freezes the language's own objects, and leaves
 * `openGuest`, which runs one program. Every function here is sent as text and may use nothing of this file.
 */

/** What a guest says of one evaluation; `failed` names the case after the last output. */
export interface GuestReply {
  readonly outputs: readonly unknown[];
  readonly failed?: { readonly status: 'crashed' | 'memory' | 'output'; readonly text: string };
}

/** Runs a program's text on cases, given as id and JSON text in turn; answers with a GuestReply in JSON. */
export type Guest = (script: string, outputBytes: number, ...cases: string[]) => string;

/** Replaces what would make two runs of one program differ, or reach memory that no limit counts. */
function tame(reseedName: string): void {
  const { construct, defineProperty } = Reflect;
  const hide = (owner: object, name: PropertyKey, value: unknown) =>
    defineProperty(owner, name, { value, writable: true, configurable: true });
  let state = 0;
  const { imul } = Math;
  hide(globalThis, reseedName, (text: string) => {
    state = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) state = imul(state ^ text.charCodeAt(at), 0x01000193);
  });
  // Mulberry32: a guest needs chance that looks random and is the same each time, and no more.
  hide(Math, 'random', () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  });

  const RealDate = Date;
  const epoch = 946684800000;
  const FixedDate = function (...parts: unknown[]) {
    if (!new.target) return `${new RealDate(epoch)}`;
    return construct(RealDate, parts.length ? parts : [epoch], new.target);
  };
  FixedDate.prototype = RealDate.prototype;
  hide(FixedDate, 'name', 'Date');
  hide(FixedDate, 'now', () => epoch);
  hide(FixedDate, 'parse', RealDate.parse);
  hide(FixedDate, 'UTC', RealDate.UTC);
  hide(RealDate.prototype, 'constructor', FixedDate);
  hide(globalThis, 'Date', FixedDate);
  hide(globalThis, 'performance', { now: () => 0, timeOrigin: epoch });

  const RealBuffer = ArrayBuffer;
  const FixedBuffer = function (length: number, options?: { maxByteLength?: number }) {
    if (!new.target) throw new TypeError("Constructor ArrayBuffer requires 'new'");
    if (options?.maxByteLength !== undefined) throw new RangeError('Resizable buffers are not available');
    return construct(RealBuffer, [length], new.target);
  };
  FixedBuffer.prototype = RealBuffer.prototype;
  hide(FixedBuffer, 'name', 'ArrayBuffer');
  hide(FixedBuffer, 'isView', RealBuffer.isView);
  hide(RealBuffer.prototype, 'constructor', FixedBuffer);
  hide(globalThis, 'ArrayBuffer', FixedBuffer);

  // What a regular expression last met is remembered for the whole realm: a blackboard between two loads of a program.
  const remembered = [
    'input',
    '$_',
    'lastMatch',
    '$&',
    'lastParen',
    '$+',
    'leftContext',
    '$`',
    'rightContext',
    "$'",
  ];
  for (let at = 1; at < 10; at++) remembered.push(`$${at}`);
  for (const name of remembered) Reflect.deleteProperty(RegExp, name);
}

/** Freezes all that a program, the driver and the serialiser share, so that none can be changed under another. */
function freeze(): void {
  const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
  const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
  const softened = [Object.prototype, Function.prototype, ...errors.map((each) => each.prototype)];
  // A frozen data property of a prototype would make `own.name = value` fail on every heir.
  for (const owner of softened) {
    for (const key of ownKeys(owner)) {
      const { value, configurable, enumerable } = getOwnPropertyDescriptor(owner, key)!;
      if (!configurable || value === undefined) continue;
      const accessor = {
        get: () => value,
        set(this: object, own: unknown) {
          if (this === owner) throw new TypeError(`Cannot assign to the shared property ${String(key)}`);
          defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
        },
      };
      defineProperty(owner, key, { ...accessor, configurable: false, enumerable: enumerable ?? false });
    }
  }
  // V8 still adds to these as it makes a context from a snapshot, and aborts if it cannot: `seal` freezes them.
  const late: any[] = ownKeys(globalThis).map((key) => getOwnPropertyDescriptor(globalThis, key)!.value);
  const world: any = globalThis;
  const asyncIterator = getPrototypeOf(getPrototypeOf(async function* () {}.prototype)!);
  const seen = new Set<unknown>([
    world,
    asyncIterator,
    world.WebAssembly,
    world.Atomics,
    world.SharedArrayBuffer,
  ]);
  const open: unknown[] = [];
  const reach = (each: object) => {
    open.push(getPrototypeOf(each));
    for (const key of ownKeys(each)) {
      const { value, get, set } = getOwnPropertyDescriptor(each, key)!;
      open.push(value, get, set);
    }
  };
  const hidden = [
    function* () {},
    async () => {},
    async function* () {},
    [][Symbol.iterator](),
    ''[Symbol.iterator](),
    new Map().entries(),
    new Set().entries(),
    'a'.matchAll(/a/g),
    Iterator.from({ next: () => ({ done: true, value: 0 }) }),
    [].values().map((each) => each),
  ];
  for (const each of late.flatMap((value) => [value, value?.prototype])) {
    if (Object(each) !== each || seen.has(each)) continue;
    seen.add(each);
    reach(each);
  }
  open.push(...hidden);
  while (open.length) {
    const each = open.pop();
    if (Object(each) !== each || seen.has(each)) continue;
    seen.add(each);
    reach(each as object);
    Object.freeze(each);
  }
}

/** What has to be done in each context anew: V8 adds to the global object and what it holds as it makes one. */
function seal(): void {
  const { defineProperty, deleteProperty, getOwnPropertyDescriptor, ownKeys } = Reflect;
  const freezeAll = (owner: object) => {
    for (const key of ownKeys(owner)) Object.freeze(getOwnPropertyDescriptor(owner, key)!.value);
  };
  Object.freeze(Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)));
  // Intl and Temporal read the clock and the host's locale; console belongs to a debugger.
  const unsafe = ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'WeakRef', 'FinalizationRegistry'];
  for (const name of [...unsafe, 'Intl', 'Temporal', 'console']) deleteProperty(globalThis, name);
  for (const key of ownKeys(globalThis)) {
    const { value } = getOwnPropertyDescriptor(globalThis, key)!;
    if (value === globalThis) continue;
    if (Object(value) === value) freezeAll(value);
    Object.freeze(value);
    defineProperty(globalThis, key, { writable: false, configurable: false });
  }
  Object.preventExtensions(globalThis);
}

/** Makes the guest: load, drive and serialise in one call, so that one time limit covers all that is hostile. */
function guest(
  drive: (entry: unknown, input: unknown, anew?: () => unknown) => unknown,
  reseed: (id: string) => void,
): Guest {
  const { parse, stringify } = JSON;
  // biome-ignore lint/security/noGlobalEval: this runs inside the sandbox, where it is how a program is loaded.
  const run = globalThis.eval;
  const { apply } = Reflect;
  const { charCodeAt, slice, indexOf, search } = String.prototype;
  const says = (value: string, pattern: string) => apply(indexOf, value, [pattern]) >= 0;

  const bytesOf = (text: string): number => {
    let bytes = text.length;
    for (let at = 0; at < text.length; at++) {
      const code = apply(charCodeAt, text, [at]);
      // Half of a surrogate pair is half of four bytes.
      bytes += code < 0x80 ? 0 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2;
    }
    return bytes;
  };

  const wordsOf = (thrown: unknown): string => {
    try {
      if (typeof thrown !== 'object' || thrown === null)
        return `threw ${apply(slice, `${String(thrown)}`, [0, 500])}`;
      const { name, message, stack } = thrown as Error;
      const text = apply(slice, `${name}: ${message}`, [0, 500]);
      const trace = typeof stack === 'string' ? stack : '';
      // Of a program of several files, the file's path without the folder that stands for the program.
      const at = apply(search, trace, [/(?<=program\/)[\w./-]+:\d+:\d+|program:\d+:\d+/]);
      if (at < 0) return text;
      const end = apply(search, apply(slice, trace, [at]), [/[^\w:./-]|$/]);
      return `${text} (${apply(slice, trace, [at, at + end])})`;
    } catch {
      return 'threw something that cannot be shown';
    }
  };

  const { imul } = Math;
  const hashed = (text: string, start: number): number => {
    let hash = start;
    for (let at = 0; at < text.length; at++) hash = imul(hash ^ apply(charCodeAt, text, [at]), 0x01000193);
    return hash ^ (hash >>> 15);
  };

  return (script, outputBytes, ...cases) => {
    let outputs = '';
    let where = 'while loading: ';
    const end = (status: string, text: string) =>
      `{"outputs":[${outputs}],"failed":{"status":"${status}","text":${stringify(where + text)}}}`;
    try {
      const anew = () => run(script);
      // One case of eight: the same at each run, but which it is a program would have to know its own text to tell.
      const own = hashed(script, 0x811c9dc5);
      const looked = (id: string) => imul(hashed(id, own), 0x9e3779b1) >>> 29 === 0;
      const entry = anew();
      for (let at = 0; at < cases.length; at += 2) {
        where = `case ${cases[at]}: `;
        reseed(cases[at]!);
        const output =
          stringify(drive(entry, parse(cases[at + 1]!), looked(cases[at]!) ? anew : undefined)) ?? 'null';
        if (
          output.length > outputBytes ||
          (output.length * 3 > outputBytes && bytesOf(output) > outputBytes)
        ) {
          return end('output', `the output is longer than ${outputBytes} bytes of JSON`);
        }
        outputs += at ? `,${output}` : output;
      }
      return `{"outputs":[${outputs}]}`;
    } catch (thrown) {
      const text = wordsOf(thrown);
      return end(says(text, 'Array buffer allocation failed') ? 'memory' : 'crashed', text);
    }
  };
}

/**
 * The text that builds a sandbox's world, once for a snapshot that its contexts start from.
 * @param drive - text of an expression: `(entry, input, anew) => output`
 */
export function harness(drive: string): string {
  return `(() => {
'use strict';
(${tame})('__reseed');
const reseed = globalThis.__reseed;
delete globalThis.__reseed;
const drive = (${drive});
(${freeze})();
globalThis.__guest = (${guest})(drive, reseed);
globalThis.__seal = ${seal};
})();`;
}

/** The text that makes a fresh context of that snapshot ready; its value is the Guest. */
export const enter = `'use strict';
const { __guest: guest, __seal: seal } = globalThis;
delete globalThis.__guest;
delete globalThis.__seal;
seal();
guest;`;
