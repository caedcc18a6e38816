import { expected } from '../search/errors.ts';
import { type ChatName, chats } from './tinker/chat.ts';

/** The ways to reach a model. */
const kinds = [
  'openai',
  'anthropic',
  'google',
  'ollama',
  'compatible',
  'exec',
  'manual',
  'gguf',
  'tinker',
] as const;
export type Kind = (typeof kinds)[number];

/** Reasoning efforts of all providers; each model accepts some of them. */
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof efforts)[number];

/** Dollars per million tokens, as the user gave them; `cached` defaults to the input's price. */
interface GivenPrice {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** A parsed SPEC with defaults. */
export interface Spec {
  /** The SPEC as it was given, and the model's name. */
  readonly name: string;
  readonly kind: Kind;
  /** The model's NAME with its provider, or the COMMAND, DIR or FILE. */
  readonly target: string;
  /** URL of the server; with `compatible`, and with `tinker` where it is not the hosted one. */
  readonly url?: string;
  readonly effort?: Effort;
  /** From 0 to 2; the provider's default where missing. */
  readonly temperature?: number;
  /** Most tokens of an answer, reasoning included. */
  readonly tokens: number;
  readonly price?: GivenPrice;
  /** Most calls in flight, together with all other models of that provider. */
  readonly calls: number;
  /** Most calls started within a minute; no limit where missing. */
  readonly rpm?: number;
  /** Timeout of a whole call in milliseconds. */
  readonly timeout: number;
  /** Milliseconds of silence, once an answer has begun, after which its connection counts as dead. */
  readonly stall: number;
  /** Only with `tinker`: `bytes`, a file or a folder (core/models/tinker/tokenizer.ts). */
  readonly tokenizer?: string;
  /** Only with `tinker`: the form of its conversations; chatml by default. */
  readonly chat?: ChatName;
  /** Only with `tinker`: trained weights, by the server's name for them; the base model where missing. */
  readonly weights?: string;
  /** Only with `tinker`: tokens sampled at a time; a whole answer where missing. */
  readonly piece?: number;
}

/** One machine, or one person, answers one call at a time; a provider has many machines. */
const callsOf: Record<Kind, number> = {
  openai: 8,
  anthropic: 4,
  google: 8,
  ollama: 2,
  compatible: 8,
  exec: 2,
  manual: 4,
  gguf: 1,
  tinker: 64,
};

/** Timeout for a person, in milliseconds. */
const week = 7 * 24 * 3_600_000;

type Options = Partial<Pick<Spec, 'effort' | 'temperature' | 'tokens' | 'price' | 'calls' | 'rpm'>> &
  Partial<Pick<Spec, 'timeout' | 'stall' | 'tokenizer' | 'chat' | 'weights' | 'piece'>>;

/** Keys that may follow the `#`. */
const options: Record<string, (text: string, where: string) => Options> = {
  effort: (text, where) => ({ effort: oneOf(efforts, text, where) }),
  temperature: (text, where) => ({ temperature: within(text, 0, 2, where) }),
  tokens: (text, where) => ({ tokens: whole(text, where) }),
  price: (text, where) => ({ price: prices(text, where) }),
  calls: (text, where) => ({ calls: whole(text, where) }),
  rpm: (text, where) => ({ rpm: whole(text, where) }),
  timeout: (text, where) => ({ timeout: seconds(text, where) }),
  stall: (text, where) => ({ stall: seconds(text, where) }),
};

/** Further keys of a model that can be trained. */
const trainable: typeof options = {
  tokenizer: (text, where) => ({ tokenizer: named(text, where) }),
  chat: (text, where) => ({ chat: oneOf(Object.keys(chats) as ChatName[], text, where) }),
  weights: (text, where) => ({ weights: named(text, where) }),
  piece: (text, where) => ({ piece: whole(text, where) }),
};

/**
 * Reads a SPEC such as `openai:gpt-5#effort=high,tokens=4000`.
 * @throws ConfigError with the expected and the given text.
 */
export function parseSpec(text: string): Spec {
  const colon = text.indexOf(':');
  const prefix = colon < 0 ? text : text.slice(0, colon);
  const kind = kinds.find((known) => known === prefix);
  if (!kind || colon < 0)
    throw expected(`--model to be ${kinds.map((known) => `${known}:...`).join(', ')}`, text);
  const { head, tail } = split(text.slice(colon + 1), kind);
  const read = tail === undefined ? {} : settings(tail, kind, text);
  const { target, url } = placeOf(kind, head, text);
  if (target.trim() === '') throw expected(`\`${kind}:\` to be followed by ${wanted(kind)}`, text);
  const timeout = kind === 'manual' ? week : 300_000;
  const defaults = { tokens: 8192, calls: callsOf[kind], timeout, stall: 60_000 };
  return { name: text, kind, target, ...(url === undefined ? {} : { url }), ...defaults, ...read };
}

/** A command and a path may contain `#`, so only a tail of known keys counts as settings there. */
function split(rest: string, kind: Kind): { head: string; tail?: string } {
  const hash = rest.lastIndexOf('#');
  if (hash < 0) return { head: rest };
  const head = rest.slice(0, hash);
  const tail = rest.slice(hash + 1);
  const free = kind === 'exec' || kind === 'manual' || kind === 'gguf';
  const known = tail.split(',').every((part) => Object.hasOwn(options, part.split('=')[0]!.trim()));
  return free && !known ? { head: rest } : { head, tail };
}

function settings(tail: string, kind: Kind, text: string): Options {
  const known = kind === 'tinker' ? { ...options, ...trainable } : options;
  let read: Options = {};
  for (const part of tail.split(',')) {
    const [key, ...value] = part.split('=');
    const option = Object.hasOwn(known, key!.trim()) ? known[key!.trim()] : undefined;
    if (!option || value.length === 0)
      throw expected(`\`${kind}:...#\` to be followed by key=value of ${Object.keys(known)}`, part, text);
    read = { ...read, ...option(value.join('=').trim(), `${key!.trim()} of ${text}`) };
  }
  return read;
}

function placeOf(kind: Kind, head: string, text: string): { target: string; url?: string } {
  const at = Math.max(head.lastIndexOf('@http://'), head.lastIndexOf('@https://'));
  if (kind === 'compatible' || (kind === 'tinker' && at >= 0)) return placed(kind, head, at, text);
  return { target: head };
}

/** A name may contain `@`, so its server begins at the last one that `http` follows. */
function placed(kind: Kind, head: string, at: number, text: string): { target: string; url: string } {
  const url = at < 0 ? null : URL.parse(head.slice(at + 1));
  if (!url?.host) throw expected(`\`${kind}:\` to be followed by NAME@http://host:port/v1`, text);
  if (url.username || url.password || url.search)
    throw expected(
      `the address of \`${kind}:\` to hold no password and no query (a key goes in ${kind === 'tinker' ? 'TINKER' : 'ATOLL'}_API_KEY)`,
      url.host,
    );
  return { target: head.slice(0, at), url: url.href.replace(/\/+$/, '') };
}

function wanted(kind: Kind): string {
  if (kind === 'exec') return 'a command';
  if (kind === 'manual') return 'a directory';
  return kind === 'gguf' ? 'a file' : "a model's name";
}

function oneOf<T extends string>(names: readonly T[], text: string, where: string): T {
  const name = names.find((known) => known === text);
  if (name === undefined) throw expected(`one of ${names.join(', ')}`, text, where);
  return name;
}

function named(text: string, where: string): string {
  if (text === '') throw expected('a name', text, where);
  return text;
}

function within(text: string, low: number, high: number, where: string): number {
  const value = text === '' ? Number.NaN : Number(text);
  if (!(value >= low && value <= high)) throw expected(`a number from ${low} to ${high}`, text, where);
  return value;
}

function whole(text: string, where: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw expected('a whole number above 0', text, where);
  return value;
}

/** Timers hold no more than 2^31 milliseconds; a day is a sensible maximum. */
function seconds(text: string, where: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 86_400)) throw expected('seconds, above 0 and at most 86400', text, where);
  return Math.ceil(value * 1000);
}

function prices(text: string, where: string): GivenPrice {
  const parts = text.split('/').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [input, cached, output] = parts.length === 2 ? [parts[0], parts[0], parts[1]] : parts;
  if (parts.length < 2 || parts.length > 3 || !parts.every((part) => part >= 0 && part < Infinity))
    throw expected('IN/OUT or IN/CACHED/OUT in dollars per million tokens', text, where);
  return { input: input!, cached: cached!, output: output! };
}
