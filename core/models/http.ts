import type { Answer, Fault, Message, Model, Usage } from '../model.ts';
import { faultOf } from './fault.ts';
import { type Gate, openGate } from './limits.ts';
import { costOf, priceOf, quoteOf } from './prices.ts';
import { type Environment, type Provider, providerOf } from './provider.ts';
import type { Spec } from './spec.ts';
import { openWire, type Wire } from './wire.ts';

/** Queues of providers, shared by all models of one key at one host. */
const gates = new Map<string, Gate>();

/**
 * A model behind an HTTP interface, asked through the AI SDK, streaming, without the SDK's own repeats: each call is
 * one request.
 * @throws ConfigError where its key is missing.
 */
export function httpModel(spec: Spec, env: Environment): Model {
  const { manner, text: name } = spec;
  const provider = providerOf(spec, env);
  const price = priceOf(spec);
  const gate = gateOf(provider, spec);
  const quote = (messages: readonly Message[]) => quoteOf(messages, manner.tokens, price);
  return {
    name,
    quote,
    slot: (signal) => gate.slot(signal),
    async ask(messages, signal) {
      signal.throwIfAborted();
      const wire = openWire(manner.timeout, manner.stall, signal);
      try {
        const { usage, ...heard } = await stream(spec, provider, messages, wire);
        const most = quote(messages);
        // Without a count, nothing less than the worst price is safe.
        const cost = usage ? costOf(usage, price) : 'text' in heard || wire.begun() ? most : free;
        return { ...heard, ...(usage ? { usage } : {}), cost };
      } catch (error) {
        signal.throwIfAborted();
        const fault = faultOf(
          wire.signal.reason ?? error,
          `${name} at ${provider.host}`,
          hider(provider.key),
        );
        if (fault.kind === 'busy') gate.pause(fault.retryAfter ?? 0);
        return { ...fault, cost: wire.begun() ? quote(messages) : free };
      } finally {
        wire.close();
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}

const free = { tokens: 0, dollars: 0 };

function gateOf({ host, key }: Provider, { manner }: Spec): Gate {
  const { calls, rpm } = manner;
  const id = JSON.stringify([host, key, calls, rpm]);
  const gate = gates.get(id) ?? openGate(rpm === undefined ? { calls } : { calls, rpm });
  gates.set(id, gate);
  return gate;
}

/** Takes a key out of a text, wherever it stands. */
function hider(key: string | undefined): (text: string) => string {
  return (text) => (key ? text.replaceAll(key, '(key)') : text);
}

type Heard = (Omit<Extract<Answer, { text: string }>, 'cost'> | Fault) & { readonly usage?: Usage };

/** Makes the call and gathers what is said. Throws for what the provider does wrong. */
async function stream(
  { manner, text: spec }: Spec,
  provider: Provider,
  messages: readonly Message[],
  wire: Wire,
): Promise<Heard> {
  // Loading the SDK takes half a second, which a search without models need not spend.
  const { streamText } = await import('ai');
  const result = streamText({
    model: await provider.client(wire.fetch),
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    allowSystemInMessages: true,
    maxRetries: 0,
    maxOutputTokens: manner.tokens,
    ...(manner.temperature === undefined ? {} : { temperature: manner.temperature }),
    ...(manner.effort === undefined ? {} : { reasoning: manner.effort }),
    abortSignal: wire.signal,
    onError: () => {},
  });
  let text = '';
  let ended: string | undefined;
  let usage: Usage | undefined;
  for await (const part of result.fullStream) {
    if (part.type === 'text-delta') text += part.text;
    else if (part.type === 'error') throw part.error;
    else if (part.type === 'abort') throw wire.signal.reason;
    else if (part.type === 'finish') {
      ended = part.finishReason;
      usage = usageOf(part.totalUsage);
    }
  }
  const counted = usage ? { usage } : {};
  if (ended === 'content-filter') return { text, ended: 'refused', ...counted };
  if (ended === 'length') return { text, ended: 'length', ...counted };
  const who = `${spec} at ${provider.host}`;
  // A stream that breaks off ends without a reason, or with one that the SDK does not know.
  if (ended !== 'stop') {
    return { fault: `Expected an answer from ${who}, got one that breaks off`, kind: 'broken', ...counted };
  }
  if (!text.trim())
    return { fault: `Expected an answer from ${who}, got an empty one`, kind: 'broken', ...counted };
  return { text, ended: 'stop', ...counted };
}

/** What the provider counted; undefined where it did not. */
function usageOf(total: {
  readonly inputTokens: number | undefined;
  readonly outputTokens: number | undefined;
  readonly inputTokenDetails: { readonly cacheReadTokens: number | undefined };
  readonly outputTokenDetails: { readonly reasoningTokens: number | undefined };
}): Usage | undefined {
  const { inputTokens: input, outputTokens: output } = total;
  if (input === undefined || output === undefined) return undefined;
  const cached = Math.min(input, total.inputTokenDetails.cacheReadTokens ?? 0);
  return { input, cached, output, reasoning: total.outputTokenDetails.reasoningTokens ?? 0 };
}
