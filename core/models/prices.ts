import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calcPrice } from '@pydantic/genai-prices';
import type { Cost, Message, Usage } from '../model.ts';
import type { Spec } from './spec.ts';

/** Dollars that a usage costs; undefined where no price is known. */
export type Price = ((usage: Usage) => number) | undefined;

/** Name and version of the table that ships with Atoll: whoever doubts a price wants to know how old it is. */
export function priceTable(): string {
  const file = fileURLToPath(import.meta.resolve('@pydantic/genai-prices'));
  const { name, version } = JSON.parse(readFileSync(join(dirname(file), '..', 'package.json'), 'utf8'));
  return `${name} ${version}`;
}

/** What a model costs: as the spec says; nothing for what runs here; else as the shipped table says. */
export function priceOf({ kind, name, url, manner }: Spec): Price {
  const { price } = manner;
  if (price) {
    return ({ input, cached, output }) =>
      ((input - cached) * price.input + cached * price.cached + output * price.output) / 1e6;
  }
  if (kind === 'compatible' ? isNear(url!) : local.includes(kind)) return () => 0;
  const provider = kind === 'compatible' ? {} : { providerId: kind };
  const dollars = ({ input, cached, output }: Usage): number | undefined =>
    calcPrice({ input_tokens: input, cache_read_tokens: cached, output_tokens: output }, name, provider)
      ?.total_price;
  if (dollars({ input: 1000, cached: 0, output: 1000, reasoning: 0 }) === undefined) return undefined;
  return (usage) => dollars(usage) ?? 0;
}

const local: readonly string[] = ['ollama', 'exec', 'manual', 'gguf'];

/** Whether a server is on this machine or in a private network (RFC 1918). */
function isNear(url: string): boolean {
  const { hostname } = new URL(url);
  return /^(localhost|127\.|\[::1\]|0\.0\.0\.0|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|\.local$/.test(
    hostname,
  );
}

/** The most that a call can cost: each byte of the prompt a token, a few more for each message, and all it may write. */
export function quoteOf(messages: readonly Message[], tokens: number, price: Price): Cost {
  const input = messages.reduce((sum, { text }) => sum + Buffer.byteLength(text) + perMessage, perMessage);
  const usage = { input, cached: 0, output: tokens, reasoning: 0 };
  return { tokens: input + tokens, dollars: price?.(usage) ?? 0 };
}

/** Tokens that the frame of a message takes, at most. */
const perMessage = 32;

/** What a call cost. */
export function costOf(usage: Usage, price: Price): Cost {
  return { tokens: usage.input + usage.output, dollars: price?.(usage) ?? 0 };
}
