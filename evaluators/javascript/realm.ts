/**
 * Functions that make a realm fit for programs: they remove what leads out of an evaluation (clock, chance, threads, native
 * memory), and freeze the rest. Each is sent as text and may use nothing of this file.
 */

/**
 * Replaces what would make two runs of one program differ, or reach memory that no limit counts.
 * One idea: the list of all that is replaced in a realm; it is sent as one text and shares `hide`.
 */
export function harden(reseedName: string): void {
  const { construct, defineProperty } = Reflect;
  const hide = (owner: object, name: PropertyKey, value: unknown) =>
    defineProperty(owner, name, { value, writable: true, configurable: true });
  let state = 0;
  const { imul } = Math;
  hide(globalThis, reseedName, (text: string) => {
    state = 0x811c9dc5;
    for (let at = 0; at < text.length; at++) state = imul(state ^ text.charCodeAt(at), 0x01000193);
  });
  // Mulberry32: programs need numbers that look random and are the same each time, and no more.
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
  // V8's own switch covers only the context that was entered last, and does not always apply.
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

  // The last match of a regular expression is kept for the whole realm: two loads of a program could share state through it.
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

/**
 * Freezes all that a program, the harness and the serialiser share, so that none can change it under another.
 * One idea: a walk over every object that can be reached; it is sent as one text.
 */
export function freeze(): void {
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
  const added: any[] = ownKeys(globalThis).map((key) => getOwnPropertyDescriptor(globalThis, key)!.value);
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
  for (const each of added.flatMap((value) => [value, value?.prototype])) {
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

/** Closes one context: V8 adds to the global object and to its values when it makes a context of a snapshot. */
export function seal(): void {
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
