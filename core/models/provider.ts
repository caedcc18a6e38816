import type { LanguageModel } from 'ai';
import { ConfigError } from '../errors.ts';
import type { Spec } from './spec.ts';

/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where a model is asked over HTTP, and with which key. */
export interface Provider {
  /** Host, or host and port. */
  readonly host: string;
  /** What must never be seen. */
  readonly key: string | undefined;
  /** The client for one call, which goes through `wire`. */
  client(wire: typeof fetch): Promise<LanguageModel>;
}

/** The provider of a spec. @throws ConfigError naming the variable of a key that is missing. */
export function providerOf({ kind, name, url, text }: Spec, env: Environment): Provider {
  switch (kind) {
    case 'openai': {
      const key = keyFrom(env, text, 'OPENAI_API_KEY');
      const baseURL = env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1';
      return {
        host: hostOf(baseURL),
        key,
        client: async (fetch) =>
          (await import('@ai-sdk/openai')).createOpenAI({ apiKey: key, baseURL, fetch })(name),
      };
    }
    case 'anthropic': {
      const key = keyFrom(env, text, 'ANTHROPIC_API_KEY');
      const baseURL = env.ANTHROPIC_BASE_URL ?? 'https://api.anthropic.com/v1';
      return {
        host: hostOf(baseURL),
        key,
        client: async (fetch) =>
          (await import('@ai-sdk/anthropic')).createAnthropic({ apiKey: key, baseURL, fetch })(name),
      };
    }
    case 'google': {
      const key = keyFrom(env, text, 'GOOGLE_GENERATIVE_AI_API_KEY', 'GEMINI_API_KEY');
      const baseURL = env.GOOGLE_BASE_URL ?? 'https://generativelanguage.googleapis.com/v1beta';
      return {
        host: hostOf(baseURL),
        key,
        client: async (fetch) =>
          (await import('@ai-sdk/google')).createGoogleGenerativeAI({ apiKey: key, baseURL, fetch })(name),
      };
    }
    case 'ollama':
      return compatible(name, ollamaUrl(env.OLLAMA_HOST), undefined);
    case 'compatible':
      return compatible(name, url!, env.ATOLL_API_KEY || undefined);
    default:
      throw new Error(`${kind} is not asked over HTTP`);
  }
}

function compatible(name: string, baseURL: string, key: string | undefined): Provider {
  return {
    host: hostOf(baseURL),
    key,
    client: async (fetch) => {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const auth = key === undefined ? {} : { apiKey: key };
      return createOpenAICompatible({ name: 'compatible', baseURL, includeUsage: true, fetch, ...auth })(
        name,
      );
    },
  };
}

/** OLLAMA_HOST is `host:port` or a URL, as for Ollama itself. */
function ollamaUrl(host = '127.0.0.1:11434'): string {
  return `${/^https?:/.test(host) ? host : `http://${host}`}`.replace(/\/*$/, '/v1');
}

function keyFrom(env: Environment, spec: string, ...names: readonly string[]): string {
  for (const name of names) if (env[name]) return env[name];
  throw new ConfigError(`Expected ${names.join(' or ')} in the environment for ${spec}, got nothing`);
}

function hostOf(url: string): string {
  if (!URL.canParse(url))
    throw new ConfigError(`Expected a URL as the address of a provider, got \`${url}\``);
  return new URL(url).host;
}
