import { generateText, streamText } from 'ai';
import type { Cost, Message, Model, ModelReply, Usage } from '../search/model.ts';
import { type Client, clientOf, type Environment } from './client.ts';
import { type Failed, failure } from './fault.ts';
import { costOf, free, priceOf, quoteOf } from './prices.ts';
import { joinLimiter } from './rate-limiter.ts';
import { RequestMonitor } from './request-monitor.ts';
import type { Spec } from './spec.ts';
import { credible } from './usage.ts';
import { worded } from './worded.ts';

// The library would print a warning over our screen for each setting that a model does not know.
globalThis.AI_SDK_LOG_WARNINGS = false;

/**
 * A model behind HTTP. Where its price is unknown, dollars are 0: check `priceOf` before setting a budget in dollars.
 * @throws ConfigError that names the environment variable in which a key is missing.
 */
export async function httpModel(spec: Spec, env: Environment): Promise<Model> {
  const client = await clientOf(spec, env);
  const price = priceOf(spec) ?? free;
  const place = joinLimiter(`${client.url} ${client.key ?? ''}`, spec);
  const quote = (messages: readonly Message[]) => quoteOf(messages, spec.tokens, price);
  return {
    name: spec.name,
    quote,
    slot: (signal) => place.slot(signal),
    waits: () => place.waits(),
    async ask(messages, signal) {
      const came = await call(client, spec, messages, quote(messages), signal);
      if ('fault' in came && came.kind === 'busy') place.pause(came.retryAfter ?? 0);
      const { billed, usage, ...rest } = came;
      const nothing = { tokens: 0, dollars: 0 };
      const cost = usage ? costOf(usage, price) : billed ? quote(messages) : nothing;
      return worded({ ...rest, ...(usage ? { usage } : {}), cost }, client, spec);
    },
    async [Symbol.asyncDispose]() {
      place[Symbol.dispose]();
    },
  };
}

type Came = (ModelReply | Failed) & { readonly usage?: Usage | undefined; readonly billed: boolean };

async function call(
  client: Client,
  spec: Spec,
  messages: readonly Message[],
  most: Cost,
  signal: AbortSignal,
): Promise<Came> {
  signal.throwIfAborted();
  using watch = new RequestMonitor(signal, spec);
  const { told } = watch;
  let heard: Heard;
  try {
    heard = await listen(client, spec, messages, watch);
    if (told.json !== undefined && !told.error && !watch.cut)
      heard = await readWhole(told.json, client, spec, messages);
  } catch (error) {
    heard = { text: '', error };
  }
  signal.throwIfAborted();
  const { text, ended } = heard;
  const counts = told.miscounted ? undefined : heard.usage;
  const usage = counts && credible(counts, most, text);
  const failed = watch.cut !== undefined || told.error !== undefined || 'error' in heard;
  if (failed || (ended === undefined && told.other !== undefined)) {
    return { ...failure(heard.error, watch), usage };
  }
  if (ended === undefined) return { kind: 'broken', fault: 'one cut off', usage, billed: true };
  if (text === '' && ended !== 'refused') return { kind: 'broken', fault: empty(ended), usage, billed: true };
  return { text, ended, usage, billed: true };
}

const empty = (ended: ModelReply['ended']) =>
  ended === 'length' ? 'no text, only thought, up to the most tokens allowed' : 'an empty one';

/** The content of a stream up to its end; `ended` is missing where it was cut off. */
interface Heard {
  readonly text: string;
  readonly ended?: ModelReply['ended'] | undefined;
  readonly usage?: Usage | undefined;
  readonly error?: unknown;
}

async function listen(
  client: Client,
  spec: Spec,
  messages: readonly Message[],
  watch: RequestMonitor,
): Promise<Heard> {
  const { stream } = streamText({
    model: client.language(watch.fetch),
    ...prompt(messages),
    ...client.extra,
    ...(spec.temperature === undefined ? {} : { temperature: spec.temperature }),
    maxOutputTokens: spec.tokens,
    maxRetries: 0,
    abortSignal: watch.signal,
    // Without this the library prints errors on the terminal; the stream reports them anyway.
    onError: () => {},
  });
  let text = '';
  let usage: Usage | undefined;
  let ended: ModelReply['ended'] | undefined;
  for await (const part of stream) {
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'text-delta' || part.type === 'reasoning-delta') watch.spoke();
    if (part.type === 'error') return { text, usage, error: part.error };
    if (part.type === 'finish') {
      usage = counted(part.totalUsage);
      ended = endOf(part.finishReason, part.rawFinishReason);
    }
  }
  return { text, ended, usage };
}

/**
 * A complete answer that a server sent in place of a stream, read by the provider's client from the body received.
 * @throws where it is none.
 */
async function readWhole(
  body: unknown,
  client: Client,
  spec: Spec,
  messages: readonly Message[],
): Promise<Heard> {
  const { text, finishReason, rawFinishReason, totalUsage } = await generateText({
    model: client.language(async () => Response.json(body)),
    ...prompt(messages),
    maxOutputTokens: spec.tokens,
    maxRetries: 0,
  });
  return { text, ended: endOf(finishReason, rawFinishReason), usage: counted(totalUsage) };
}

/** How an answer ended; undefined where the provider did not say. */
function endOf(reason: string, raw: string | undefined): ModelReply['ended'] | undefined {
  return endings[reason] ?? (reason !== 'error' && raw !== undefined ? 'stop' : undefined);
}

/** The providers' reasons for an end in our terms; any other reason is a regular end. */
const endings: Record<string, ModelReply['ended'] | undefined> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'refused',
};

function prompt(messages: readonly Message[]) {
  const system = messages.filter(({ role }) => role === 'system').map(({ text }) => text);
  const turns = messages.flatMap(({ role, text }) => (role === 'system' ? [] : [{ role, content: text }]));
  return { messages: turns, ...(system.length > 0 ? { instructions: system.join('\n\n') } : {}) };
}

type Counts = Awaited<ReturnType<typeof streamText>['totalUsage']>;

/** Undefined where the provider did not count, so that such an answer is never taken to be free. */
function counted({ inputTokens, outputTokens, inputTokenDetails, outputTokenDetails }: Counts) {
  if (!inputTokens && !outputTokens) return undefined;
  const input = inputTokens ?? 0;
  const output = outputTokens ?? 0;
  return {
    input,
    cached: inputTokenDetails.cacheReadTokens ?? 0,
    output,
    reasoning: outputTokenDetails.reasoningTokens ?? 0,
  };
}
