import type { Answer, Cost, Model } from '../../search/model.ts';
import { address, type Client, type Environment, keyOf, keysOf } from '../client.ts';
import { costOf, free, mostOf, priceOf } from '../prices.ts';
import { joinLimiter } from '../rate-limiter.ts';
import { kindOf } from '../server-error.ts';
import type { Spec } from '../spec.ts';
import { worded } from '../worded.ts';
import { TinkerClient, TinkerError } from './client.ts';
import { languageOf } from './language.ts';
import { PartialSamples } from './partial-samples.ts';
import { keptAs, Sampler } from './sampler.ts';

/** URL of the hosted service. */
const hosted = 'https://tinker.thinkingmachines.dev/services/tinker-prod';

/** URL and key of a SPEC's server. @throws ConfigError for the hosted service without a key. */
export function serverOf(spec: Spec, env: Environment): Pick<Client, 'url' | 'key'> {
  const url = spec.url ?? address(env, 'TINKER_BASE_URL', hosted);
  const key = url === hosted ? keyOf(env, keysOf.tinker, spec) : keyOf(env, keysOf.tinker);
  return { url, key };
}

/**
 * A model behind Tinker's HTTP API: its answers come with the sampled tokens and their probabilities. With `piece` in
 * the SPEC an answer is sampled piece by piece, each kept in the file `parked`, and continues where a kill cut it off.
 * @throws ConfigError for a missing tokenizer or key.
 */
export async function tinkerModel(spec: Spec, env: Environment, parked?: string): Promise<Model> {
  const server = serverOf(spec, env);
  const language = await languageOf(spec);
  const price = priceOf(spec) ?? free;
  const place = joinLimiter(`${server.url} ${server.key ?? ''}`, spec);
  const sampler = new Sampler(new TinkerClient(server.url, server.key), spec, language);
  const most = (prompt: number): Cost => mostOf(readFor(prompt, spec.tokens, spec), spec.tokens, price);
  const park = spec.piece !== undefined && parked !== undefined ? new PartialSamples(parked) : undefined;
  return {
    name: spec.name,
    quote: (messages) => most(language.encode(messages).length),
    slot: (signal) => place.slot(signal),
    waits: () => place.waits(),
    async ask(messages, signal, call) {
      signal.throwIfAborted();
      const prompt = language.encode(messages);
      const ending = AbortSignal.any([signal, AbortSignal.timeout(spec.timeout)]);
      let answer: Answer;
      try {
        const kept = call === undefined ? undefined : keptAs(park, spec, call);
        const { tokens, logprobs, over } = await sampler.draw(prompt, kept, ending);
        const input = readFor(prompt.length, tokens.length, spec);
        const usage = { input, cached: 0, output: tokens.length, reasoning: 0 };
        const text = language.tokenizer.decode(spoken(tokens, language.stop));
        const drawn = { tokens, logprobs };
        answer = { text, ended: over ? 'stop' : 'length', drawn, usage, cost: costOf(usage, price) };
      } catch (error) {
        signal.throwIfAborted();
        answer = faultOf(error, spec, most(prompt.length));
      }
      if ('fault' in answer && answer.kind === 'busy') place.pause(answer.retryAfter ?? 0);
      return worded(answer, server, spec);
    },
    async [Symbol.asyncDispose]() {
      park?.[Symbol.dispose]();
      place[Symbol.dispose]();
      await sampler[Symbol.asyncDispose]();
    },
  };
}

/** Input tokens for a number of output tokens: the prompt, and for each piece all that precedes it. */
function readFor(prompt: number, written: number, { tokens, piece = tokens }: Spec): number {
  const pieces = Math.max(1, Math.ceil(written / piece));
  return pieces * prompt + (piece * pieces * (pieces - 1)) / 2;
}

/** The text of an answer without the end of the turn. */
function spoken(tokens: readonly number[], stop: readonly number[]): readonly number[] {
  const at = tokens.length - stop.length;
  const ends = stop.length > 0 && at >= 0 && stop.every((token, i) => tokens[at + i] === token);
  return ends ? tokens.slice(0, at) : tokens;
}

function faultOf(error: unknown, spec: Spec, most: Answer['cost']): Answer {
  if (!(error instanceof TinkerError)) {
    if ((error as Error).name !== 'TimeoutError') throw error;
    return { fault: `none within ${spec.timeout / 1000} s`, kind: 'broken', cost: most };
  }
  const { message, status, later } = error;
  const cost = status === undefined ? most : { tokens: 0, dollars: 0 };
  const wait = later === undefined ? {} : { retryAfter: later };
  return { fault: message, kind: status === undefined ? 'broken' : kindOf(status, message), cost, ...wait };
}
