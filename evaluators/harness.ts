/**
 * The trusted text that a sandbox evaluates before any program: it closes the doors that lead out of an
 * evaluation (clock, chance, threads, native memory), freezes the language's own objects, and leaves what loads a
 * program and what runs it. Every function here is sent as text and may use nothing of this file.
 */

/** What a guest says of one evaluation; `failed` names the case after the last output. */
export interface GuestReply {
  readonly outputs: readonly unknown[];
  readonly failed?: { readonly status: 'crashed' | 'memory' | 'output'; readonly text: string };
}

/** A program that was loaded in a fresh world of its own: its entry and what seeds chance there, or why it has none. */
export interface Loaded {
  readonly entry?: unknown;
  /** The entry of a second load, which remembers nothing of what the first is asked, for a drive that wants one. */
  readonly other?: unknown;
  /** A hash of the program's text. */
  readonly mark: number;
  readonly reseed: (id: string) => void;
  /** From then on no code is made of text there. */
  readonly shut: () => void;
  readonly failed?: string;
}

/** Loads a program's text in the context that it is called in. */
export type Load = (script: string) => Loaded;

/** Runs a loaded program on cases, given as id and JSON text in turn; answers with a GuestReply in JSON. */
export type Guest = (loaded: Loaded, outputBytes: number, ...cases: string[]) => string;

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

  let shut = false;
  hide(globalThis, '__shut', () => {
    shut = true;
  });
  // V8 itself lets code come from text only in the context that was entered last, and does not always say so.
  const refuse = (): never => {
    throw new EvalError('No code is made of text while cases run');
  };
  for (const each of [() => {}, function* () {}, async () => {}, async function* () {}]) {
    const { prototype } = each.constructor;
    const Real = prototype.constructor as FunctionConstructor;
    const Fixed = function (...parts: string[]) {
      return shut ? refuse() : construct(Real, parts, new.target ?? Real);
    };
    defineProperty(Fixed, 'prototype', { value: prototype, writable: false });
    hide(Fixed, 'name', Real.name);
    hide(prototype, 'constructor', Fixed);
    if (Real === Function) hide(globalThis, 'Function', Fixed);
  }
  // biome-ignore lint/security/noGlobalEval: it is what a program may call while it loads.
  const realEval = globalThis.eval;
  hide(globalThis, 'eval', (text: string) => (shut ? refuse() : realEval(text)));

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

/** What was thrown, in words; never runs for long, and never throws. */
function worded(): (thrown: unknown) => string {
  const { apply } = Reflect;
  const { slice, search } = String.prototype;
  return (thrown) => {
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
}

/** Makes a hash of texts that no program can change. */
function hasher(): (text: string, start: number) => number {
  const { apply } = Reflect;
  const { charCodeAt } = String.prototype;
  const { imul } = Math;
  return (text, start) => {
    let hash = start;
    for (let at = 0; at < text.length; at++) hash = imul(hash ^ apply(charCodeAt, text, [at]), 0x01000193);
    return hash ^ (hash >>> 15);
  };
}

/** Makes what loads a program, called in the context of the program. */
function loader(
  twice: boolean,
  wordsOf: (thrown: unknown) => string,
  hashed: (text: string, start: number) => number,
  reseed: (id: string) => void,
  shut: () => void,
): Load {
  // biome-ignore lint/security/noGlobalEval: this runs inside the sandbox, where it is how a program is loaded.
  const run = globalThis.eval;
  return (script) => {
    const mark = hashed(script, 0x811c9dc5);
    try {
      const entry = run(script);
      return { entry, other: twice ? run(script) : undefined, mark, reseed, shut };
    } catch (thrown) {
      return { mark, reseed, shut, failed: wordsOf(thrown) };
    }
  };
}

/** Makes the guest: runs cases and serialises outputs in one call, so that one time limit covers all that is hostile. */
function guest(
  drive: (entry: unknown, input: unknown, anew?: () => unknown) => unknown,
  wordsOf: (thrown: unknown) => string,
  hashed: (text: string, start: number) => number,
): Guest {
  const { parse, stringify } = JSON;
  const { apply } = Reflect;
  const { charCodeAt, indexOf } = String.prototype;
  const { imul } = Math;
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

  return ({ entry, other, mark, reseed, shut, failed }, outputBytes, ...cases) => {
    shut();
    let outputs = '';
    let where = 'while loading: ';
    const end = (status: string, text: string) =>
      `{"outputs":[${outputs}],"failed":{"status":"${status}","text":${stringify(where + text)}}}`;
    const endOf = (text: string) =>
      end(says(text, 'Array buffer allocation failed') ? 'memory' : 'crashed', text);
    if (failed !== undefined) return endOf(failed);
    // One case of eight: the same at each run, but which it is a program would have to know its own text to tell.
    const looked = (id: string) => imul(hashed(id, mark), 0x9e3779b1) >>> 29 === 0;
    const anew = () => other;
    try {
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
      return endOf(wordsOf(thrown));
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
const shut = globalThis.__shut;
delete globalThis.__reseed;
delete globalThis.__shut;
const drive = (${drive});
(${freeze})();
const words = (${worded})();
const hashed = (${hasher})();
const seal = ${seal};
globalThis.__made = {
  load: () => { seal(); return (${loader})(drive.length > 2, words, hashed, reseed, shut); },
  guest: () => { shut(); seal(); return (${guest})(drive, words, hashed); },
};
})();`;
}

/**
 * The text that makes a fresh context of that snapshot ready. In the context of the drive, which stays, its value is
 * the Guest; in that of a program, which is new for each, what loads the program.
 */
export function enter(as: 'guest' | 'load'): string {
  return `'use strict';
const make = globalThis.__made.${as};
delete globalThis.__made;
make();`;
}
