import { expected } from '../errors.ts';

/** Who is asked. */
export type Kind = (typeof kinds)[number];

const kinds = ['openai', 'anthropic', 'google', 'ollama', 'compatible', 'exec', 'manual', 'gguf'] as const;

const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;

/** A model as the user names it: `kind:name`, for `compatible` with `@url`, and how it is asked. */
export interface Spec {
  /** As it was given. */
  readonly text: string;
  readonly kind: Kind;
  /** Name of the model, command, folder or file. */
  readonly name: string;
  /** Where a `compatible` server is. */
  readonly url?: string;
  readonly manner: Manner;
}

/** How a model is asked: the tail of a spec, `#effort=high,tokens=16000`. */
export interface Manner {
  readonly effort?: (typeof efforts)[number];
  /** 0 to 2; the provider's own if left out. */
  readonly temperature?: number;
  /** Most tokens it may write, reasoning among them. */
  readonly tokens: number;
  /** Dollars per million tokens. */
  readonly price?: Rates;
  /** Calls at a time. */
  readonly calls: number;
  /** Calls a minute; as many as there are if left out. */
  readonly rpm?: number;
  /** Seconds that a call may take. */
  readonly timeout: number;
  /** Seconds that may pass without a byte. */
  readonly stall: number;
}

/** Dollars per million tokens. */
export interface Rates {
  readonly input: number;
  /** Of input that the provider read from its cache. */
  readonly cached: number;
  readonly output: number;
}

/** What each kind does where the spec does not say. A person takes longer than a server. */
const manners = (kind: Kind): Manner => ({
  tokens: 8192,
  calls: kind === 'gguf' ? 1 : kind === 'ollama' || kind === 'exec' || kind === 'manual' ? 4 : 16,
  timeout: kind === 'manual' ? 7 * 24 * 3600 : 600,
  stall: 120,
});

/** @throws ConfigError */
export function parseSpec(text: string): Spec {
  const at = text.indexOf(':');
  const kind = text.slice(0, Math.max(at, 0)) as Kind;
  if (!kinds.includes(kind)) {
    throw expected(`a model as \`kind:name\` with a kind among ${kinds.join(', ')}`, text);
  }
  const { body, tail } = split(text.slice(at + 1), kind);
  const manner = mannerOf(manners(kind), tail, text);
  if (!body) throw expected(`a name after \`${kind}:\``, text);
  if (kind !== 'compatible') return { text, kind, name: body, manner };
  const from = Math.max(body.lastIndexOf('@http://'), body.lastIndexOf('@https://'));
  const url = body.slice(from + 1);
  if (from < 1 || !URL.canParse(url)) throw expected('`compatible:NAME@http://host:port/v1`', text);
  return { text, kind, name: body.slice(0, from), url, manner };
}

/** Parts the tail from what it follows. A command may well hold a `#`: there only a tail of known keys is one. */
function split(text: string, kind: Kind): { body: string; tail: string } {
  const at = text.lastIndexOf('#');
  if (at < 0) return { body: text, tail: '' };
  const tail = text.slice(at + 1);
  const known = tail.split(',').every((each) => Object.hasOwn(readers, each.split('=')[0]!));
  if (kind === 'exec' && !known) return { body: text, tail: '' };
  return { body: text.slice(0, at), tail };
}

function mannerOf(initial: Manner, tail: string, text: string): Manner {
  const manner: Record<string, unknown> = { ...initial };
  for (const pair of tail ? tail.split(',') : []) {
    const [key, value = ''] = pair.split(/=(.*)/s) as [string, string?];
    const read = Object.hasOwn(readers, key) ? readers[key as keyof Manner] : undefined;
    if (!read) throw expected(`a key among ${Object.keys(readers).join(', ')} after \`#\``, key, text);
    manner[key] = read(value, text);
  }
  return manner as unknown as Manner;
}

const number =
  (key: string, least: number, most = Number.MAX_SAFE_INTEGER, whole = true) =>
  (value: string, text: string): number => {
    const read = value.trim() === '' ? Number.NaN : Number(value);
    if (read >= least && read <= most && (!whole || Number.isInteger(read))) return read;
    const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least}`;
    throw expected(`\`${key}\` to be a ${whole ? 'whole number' : 'number'} ${range}`, value, text);
  };

const readers: { readonly [K in keyof Manner]-?: (value: string, text: string) => Manner[K] } = {
  effort(value, text) {
    const effort = efforts.find((each) => each === value);
    if (!effort) throw expected(`\`effort\` to be one of ${efforts.join(', ')}`, value, text);
    return effort;
  },
  temperature: number('temperature', 0, 2, false),
  tokens: number('tokens', 1),
  price(value, text) {
    const parts = value.split('/').map((each) => (each.trim() === '' ? Number.NaN : Number(each)));
    const [input, output] = [parts[0]!, parts.at(-1)!];
    if (parts.length < 2 || parts.length > 3 || parts.some((each) => !(each >= 0 && Number.isFinite(each)))) {
      throw expected('`price` to be IN/OUT or IN/CACHED/OUT, in dollars per million tokens', value, text);
    }
    return { input, cached: parts.length === 3 ? parts[1]! : input, output };
  },
  calls: number('calls', 1, 10_000),
  rpm: number('rpm', 1),
  timeout: number('timeout', 0.01, 1e7, false),
  stall: number('stall', 0.01, 1e7, false),
};
