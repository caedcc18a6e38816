import type { embed, streamText } from 'ai';
import { expected } from '../search/errors.ts';
import type { Effort, Kind, Spec } from './spec.ts';

type Call = Parameters<typeof streamText>[0];
type ProviderOptions = NonNullable<Call['providerOptions']>;

/** Environment variables that may hold a key. */
export const keyNames = [
  'OPENAI_API_KEY',
  'ANTHROPIC_API_KEY',
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'GEMINI_API_KEY',
  'ATOLL_API_KEY',
  'TINKER_API_KEY',
] as const;

/** The variables in which the key of each kind of model is looked up, in this order. */
export const keysOf: Readonly<Record<Kind, readonly (typeof keyNames)[number][]>> = {
  openai: ['OPENAI_API_KEY'],
  anthropic: ['ANTHROPIC_API_KEY'],
  google: ['GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY'],
  compatible: ['ATOLL_API_KEY'],
  tinker: ['TINKER_API_KEY'],
  ollama: [],
  exec: [],
  manual: [],
  gguf: [],
};

/** The source of keys and addresses; `process.env` outside of tests. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A provider's client, loaded at first use. */
export interface Client {
  /** Base URL of requests, without a slash at the end. */
  readonly url: string;
  readonly key: string | undefined;
  /** The model of the provider's library over the given `fetch`. */
  language(fetch: typeof globalThis.fetch): Call['model'];
  /** The same for embeddings, where the provider has them. */
  readonly embedding?: (fetch: typeof globalThis.fetch) => Parameters<typeof embed>[0]['model'];
  /** Options for this provider besides the messages. */
  readonly extra: { readonly providerOptions?: ProviderOptions; readonly reasoning?: Call['reasoning'] };
}

/** The client for a model behind HTTP. @throws ConfigError that names the variable in which a key is missing. */
export async function clientOf(spec: Spec, env: Environment): Promise<Client> {
  if (spec.kind === 'openai') return openai(spec, env);
  if (spec.kind === 'anthropic') return anthropic(spec, env);
  if (spec.kind === 'google') return google(spec, env);
  return compatible(spec, env);
}

async function openai(spec: Spec, env: Environment): Promise<Client> {
  const { createOpenAI } = await import('@ai-sdk/openai');
  const key = keyOf(env, keysOf.openai, spec);
  const url = address(env, 'OPENAI_BASE_URL', 'https://api.openai.com/v1');
  // Its client drops the effort for names it does not know, unless it is set that such a model reasons.
  const effort = spec.effort && { reasoningEffort: spec.effort, forceReasoning: true };
  return {
    url,
    key,
    language: (fetch) => createOpenAI({ apiKey: key, baseURL: url, fetch })(spec.target),
    embedding: (fetch) => createOpenAI({ apiKey: key, baseURL: url, fetch }).embeddingModel(spec.target),
    extra: { providerOptions: { openai: { store: false, ...effort } } },
  };
}

async function anthropic(spec: Spec, env: Environment): Promise<Client> {
  const { createAnthropic } = await import('@ai-sdk/anthropic');
  const key = keyOf(env, keysOf.anthropic, spec);
  const url = address(env, 'ANTHROPIC_BASE_URL', 'https://api.anthropic.com/v1');
  // An effort and not a budget for thinking, which the client would add to the limit on tokens.
  const effort: Record<Effort, ProviderOptions[string]> = {
    none: { thinking: { type: 'disabled' } },
    minimal: { effort: 'low' },
    low: { effort: 'low' },
    medium: { effort: 'medium' },
    high: { effort: 'high' },
    xhigh: { effort: 'xhigh' },
    max: { effort: 'max' },
  };
  return {
    url,
    key,
    language: (fetch) => createAnthropic({ apiKey: key, baseURL: url, fetch })(spec.target),
    extra: spec.effort ? { providerOptions: { anthropic: effort[spec.effort] } } : {},
  };
}

async function google(spec: Spec, env: Environment): Promise<Client> {
  const { createGoogleGenerativeAI } = await import('@ai-sdk/google');
  const key = keyOf(env, keysOf.google, spec);
  const url = address(env, 'GOOGLE_BASE_URL', 'https://generativelanguage.googleapis.com/v1beta');
  return {
    url,
    key,
    language: (fetch) => createGoogleGenerativeAI({ apiKey: key, baseURL: url, fetch })(spec.target),
    embedding: (fetch) =>
      createGoogleGenerativeAI({ apiKey: key, baseURL: url, fetch }).embeddingModel(spec.target),
    // Some of its models take a level and some a number of tokens; its client knows which.
    extra: spec.effort ? { reasoning: spec.effort === 'max' ? 'xhigh' : spec.effort } : {},
  };
}

async function compatible(spec: Spec, env: Environment): Promise<Client> {
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  const key = spec.kind === 'ollama' ? undefined : keyOf(env, keysOf.compatible);
  const url = spec.url ?? ollama(env);
  const settings = { name: spec.kind, baseURL: url, includeUsage: true, ...(key ? { apiKey: key } : {}) };
  return {
    url,
    key,
    language: (fetch) => createOpenAICompatible({ ...settings, fetch })(spec.target),
    embedding: (fetch) => createOpenAICompatible({ ...settings, fetch }).embeddingModel(spec.target),
    extra: spec.effort ? { providerOptions: { openaiCompatible: { reasoningEffort: spec.effort } } } : {},
  };
}

/** A key from the environment. @throws ConfigError for one that is missing where `spec` needs it, and for one that no header can hold. */
export function keyOf(env: Environment, names: readonly string[], spec: Spec): string;
export function keyOf(env: Environment, names: readonly string[]): string | undefined;
export function keyOf(env: Environment, names: readonly string[], spec?: Spec): string | undefined {
  const name = names.find((known) => env[known]?.trim());
  if (name === undefined) {
    if (spec) throw expected(`a key in the environment variable ${names.join(' or ')}`, undefined, spec.name);
    return undefined;
  }
  const key = env[name]!.trim();
  // A character that is not allowed in a header would make `fetch` throw an error that contains the key.
  if (!/^[\x21-\x7e]+$/.test(key))
    throw expected(`${name} to hold only ASCII without spaces`, 'other characters');
  return key;
}

/**
 * An address from the environment, or the default. A host alone gets the default path: some tools want `/v1` in these
 * variables, and some do not.
 */
export function address(env: Environment, name: string, usual: string): string {
  const given = env[name]?.trim();
  if (!given) return usual;
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol)) throw expected(`${name} to be http(s)://host/path`, given);
  if (url.username || url.password) throw expected(`${name} to hold no password`, url.host);
  return url.pathname === '/' ? url.origin + new URL(usual).pathname : url.href.replace(/\/+$/, '');
}

/** The address that `ollama serve` listens on, from its own variable, which may lack scheme, port and a routable address. */
function ollama(env: Environment): string {
  const given = env.OLLAMA_HOST?.trim() || '127.0.0.1:11434';
  const url = URL.parse(/^https?:\/\//.test(given) ? given : `http://${given}`);
  if (!url) throw expected('OLLAMA_HOST to be host:port', given);
  if (url.port === '' && !/^https?:\/\//.test(given)) url.port = '11434';
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  return `${url.origin}${url.pathname.replace(/\/+$/, '') || '/v1'}`;
}
