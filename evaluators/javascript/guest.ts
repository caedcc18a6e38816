/**
 * Functions that load a program in a world of its own, and run it from the world of the harness. Each is sent as text and
 * may use nothing of this file.
 */

/** A program that was loaded in a fresh world of its own. */
export interface Loaded {
  /** What the program exports to be called; left out where loading failed. */
  readonly entry?: unknown;
  /** The entry of a second load, which shares no state with the first, for a harness that takes one. */
  readonly other?: unknown;
  /** A hash of the program's text. */
  readonly mark: number;
  /** Seeds `Math.random` there. */
  readonly reseed: (id: string) => void;
  /** Forbids making code of text there. */
  readonly shut: () => void;
  /** Why loading failed. */
  readonly failed?: string;
}

/** Loads a program's text in the context that it is called in. */
export type Load = (script: string) => Loaded;

/** Runs a loaded program on cases, given as id and JSON text in turn; returns a SandboxResult (./message.ts) in JSON. */
export type Guest = (loaded: Loaded, outputBytes: number, ...cases: string[]) => string;

/** Describes a thrown value in words; never runs for long, and never throws. */
export function worded(): (thrown: unknown) => string {
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

/** A hash of texts that no program can tamper with. */
export function hasher(): (text: string, start: number) => number {
  const { apply } = Reflect;
  const { charCodeAt } = String.prototype;
  const { imul } = Math;
  return (text, start) => {
    let hash = start;
    for (let at = 0; at < text.length; at++) hash = imul(hash ^ apply(charCodeAt, text, [at]), 0x01000193);
    return hash ^ (hash >>> 15);
  };
}

/** Makes the Load, called in the context of the program. */
export function loader(
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

/** Makes the Guest: runs cases and serialises outputs in one call, so that one time limit covers all hostile code. */
export function guest(
  harness: (entry: unknown, input: unknown, freshLoad?: () => unknown) => unknown,
  wordsOf: (thrown: unknown) => string,
  hashed: (text: string, start: number) => number,
): Guest {
  const { parse, stringify } = JSON;
  const { apply } = Reflect;
  const { charCodeAt, indexOf } = String.prototype;
  const { imul } = Math;
  const includes = (value: string, pattern: string) => apply(indexOf, value, [pattern]) >= 0;

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
    let at = -1;
    const end = (status: string, text: string) => {
      const message = at < 0 ? `${stringify(`while loading: ${text}`)}` : `${stringify(text)},"at":${at / 2}`;
      return `{"outputs":[${outputs}],"failed":{"status":"${status}","message":${message}}}`;
    };
    const endOf = (text: string) =>
      end(includes(text, 'Array buffer allocation failed') ? 'memory' : 'crashed', text);
    if (failed !== undefined) return endOf(failed);
    // One case of eight, the same at each run: a program that would predict it had to know its own text.
    const looked = (id: string) => imul(hashed(id, mark), 0x9e3779b1) >>> 29 === 0;
    const freshLoad = () => other;
    try {
      for (at = 0; at < cases.length; at += 2) {
        reseed(cases[at]!);
        const output =
          stringify(harness(entry, parse(cases[at + 1]!), looked(cases[at]!) ? freshLoad : undefined)) ??
          'null';
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
