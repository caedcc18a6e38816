import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { calcPrice } from '@pydantic/genai-prices';
import type { Cost, Message, Usage } from '../search/model.ts';
import type { Spec } from './spec.ts';

/** Dollars per million tokens, for calls whose input has more than `above` tokens. */
interface Tier {
  readonly above: number;
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** The price of a model's tokens: tiers with `above` rising from 0; the last one that applies holds for the whole call. */
export type Price = readonly Tier[];

/** The price of a free model. */
export const free: Price = [{ above: 0, input: 0, cached: 0, output: 0 }];

/**
 * The price of a model: the one in its SPEC, else free for a model on this machine or network, else the current
 * one of the shipped table; undefined where the table lacks it. Never uses the network.
 */
export function priceOf(spec: Spec): Price | undefined {
  if (spec.price) return [{ above: 0, ...spec.price }];
  if (spec.kind === 'openai' || spec.kind === 'anthropic' || spec.kind === 'google')
    return listed(spec.target, { providerId: spec.kind });
  if (spec.kind !== 'compatible' && spec.kind !== 'tinker') return free;
  if (spec.url === undefined) return undefined;
  return isNear(new URL(spec.url).hostname) ? free : listed(spec.target, { providerApiUrl: spec.url });
}

/** The source of the shipped prices, for display: a package and its version. */
export function priceTable(): string {
  const entry = new URL(import.meta.resolve('@pydantic/genai-prices'));
  const { name, version } = JSON.parse(readFileSync(new URL('../package.json', entry), 'utf8'));
  return `${name} ${version}`;
}

/** The cost of a call by its usage, with tokens from the provider's cache at the cached price. */
export function costOf(usage: Usage, price: Price): Cost {
  const tier = price.findLast(({ above }) => usage.input > above) ?? price[0]!;
  const fresh = Math.max(0, usage.input - usage.cached);
  const dollars = (fresh * tier.input + usage.cached * tier.cached + usage.output * tier.output) / 1e6;
  return { tokens: usage.input + usage.output, dollars };
}

/** The highest cost of a call with at most these tokens, over all tiers. */
export function mostOf(input: number, output: number, price: Price): Cost {
  const dollars = price
    .filter(({ above }) => above === 0 || input > above)
    .map((tier) => (input * Math.max(tier.input, tier.cached) + output * tier.output) / 1e6);
  return { tokens: input + output, dollars: Math.max(...dollars) };
}

/** Most tokens that a provider may add around a message and around a conversation. */
const around = 32;

/** The highest cost of a call: a token is at least a byte in any tokenizer, and the answer may use all of `tokens`. */
export function quoteOf(messages: readonly Message[], tokens: number, price: Price): Cost {
  const bytes = messages.map(({ text }) => Buffer.byteLength(text) + around);
  return mostOf(
    bytes.reduce((sum, each) => sum + each, around),
    tokens,
    price,
  );
}

type Listed = Record<
  string,
  number | { base: number; tiers: { start: number; price: number }[] } | undefined
>;

function listed(name: string, where: { providerId?: string; providerApiUrl?: string }): Price | undefined {
  const found: Listed | undefined = calcPrice({ input_tokens: 0 }, name, where)?.model_price;
  // A model that is also priced by the request or the second would be underestimated.
  if (!found || found.input_mtok === undefined || found.output_mtok === undefined) return undefined;
  if (found.requests_kcount !== undefined) return undefined;
  const rows = [found.input_mtok, found.cache_read_mtok ?? found.input_mtok, found.output_mtok];
  const starts = rows.flatMap((row) => (typeof row === 'object' ? row.tiers.map(({ start }) => start) : []));
  return [...new Set([0, ...starts])]
    .sort((a, b) => a - b)
    .map((above) => {
      const [input, cached, output] = rows.map((row) => {
        if (typeof row !== 'object') return row!;
        return row.tiers.findLast(({ start }) => start <= above)?.price ?? row.base;
      });
      return { above, input: input!, cached: cached!, output: output! };
    });
}

/** Whether a host is this machine or on a private network, and so free. */
function isNear(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name.endsWith('.localhost') || name.endsWith('.local')) return true;
  if (isIP(name) === 4) return /^(127|10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\./.test(name);
  if (isIP(name) === 6) return name === '::1' || /^(f[cd]|fe[89ab])/.test(name);
  return !name.includes('.');
}
