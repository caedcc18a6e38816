import { expected } from '../../errors.ts';
import type { Answer, Cost, Message, Model } from '../../model.ts';
import { clean } from '../clean.ts';
import { address, type Client, type Environment, keyOf } from '../client.ts';
import { kindOf } from '../fault.ts';
import { enter } from '../gate.ts';
import { costOf, free, mostOf, priceOf } from '../prices.ts';
import type { Spec } from '../spec.ts';
import { chats } from './chat.ts';
import { joined, Park, type Parked, type Piece } from './park.ts';
import { openTokenizer, type Tokenizer } from './tokenizer.ts';
import { type Json, textIn, Wire, WireError } from './wire.ts';

/** Where the hosted service is. */
const hosted = 'https://tinker.thinkingmachines.dev/services/tinker-prod';

/** Where a SPEC's server is, and its key. @throws ConfigError where the hosted service is meant and there is no key. */
export function serverOf(spec: Spec, env: Environment): Pick<Client, 'url' | 'key'> {
  const url = spec.url ?? address(env, 'TINKER_BASE_URL', hosted);
  const names = ['TINKER_API_KEY'];
  const key = url === hosted ? keyOf(env, names, spec) : keyOf(env, names);
  return { url, key };
}

/** Reads and writes what a SPEC's model reads and writes. @throws ConfigError */
export async function languageOf(spec: Spec): Promise<Language> {
  if (spec.tokenizer === undefined)
    throw expected('`tinker:` to be followed by #tokenizer=FILE (docs/training.md)', spec.name);
  const tokenizer = await openTokenizer(spec.tokenizer);
  const { text, stop } = chats[spec.chat ?? 'chatml'];
  const end = tokenizer.encode(stop);
  return { tokenizer, stop: end, encode: (messages) => tokenizer.encode(text(messages)) };
}

/** A model's tokens. */
export interface Language {
  readonly tokenizer: Tokenizer;
  /** The tokens that end an answer. */
  readonly stop: readonly number[];
  /** The prompt that a conversation is. */
  encode(messages: readonly Message[]): number[];
}

/**
 * A model behind Tinker's HTTP API: its answers come with the tokens that were drawn and their probabilities.
 * With `piece` in the SPEC an answer is drawn piece by piece, each kept in the file `parked`, and goes on where a kill
 * cut it off.
 * @throws ConfigError for a tokenizer or a key that is missing.
 */
export async function tinkerModel(spec: Spec, env: Environment, parked?: string): Promise<Model> {
  const server = serverOf(spec, env);
  const language = await languageOf(spec);
  const price = priceOf(spec) ?? free;
  const place = enter(`${server.url} ${server.key ?? ''}`, spec);
  const sampler = new Sampler(new Wire(server.url, server.key), spec, language);
  const most = (prompt: number): Cost => mostOf(readFor(prompt, spec.tokens, spec), spec.tokens, price);
  const park = spec.piece !== undefined && parked !== undefined ? new Park(parked) : undefined;
  return {
    name: spec.name,
    quote: (messages) => most(language.encode(messages).length),
    slot: (signal) => place.slot(signal),
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
      return clean(answer, server, spec);
    },
    async [Symbol.asyncDispose]() {
      park?.[Symbol.dispose]();
      place[Symbol.dispose]();
      await sampler[Symbol.asyncDispose]();
    },
  };
}

/** Tokens that are read for so many written: the prompt, and for each piece all that stands before it. */
function readFor(prompt: number, written: number, { tokens, piece = tokens }: Spec): number {
  const pieces = Math.max(1, Math.ceil(written / piece));
  return pieces * prompt + (piece * pieces * (pieces - 1)) / 2;
}

/** Where one call's pieces are kept. */
interface Kept {
  readonly so: Parked;
  asks(session: string, seq: number): void;
  got(piece: Piece): void;
}

/** A call that is made again is the same trial's same step, with the same messages. */
function keptAs(park: Park | undefined, spec: Spec, call: string): Kept | undefined {
  if (!park) return undefined;
  const [trial, step] = call.split('/');
  const name = `${trial}/${step} ${spec.name}`;
  return {
    so: park.of(name),
    asks: (session, seq) => park.asks(name, { session, seq }),
    got: (piece) => park.got(name, piece),
  };
}

/** Draws answers: a sampling session of one process on one set of weights. */
class Sampler implements AsyncDisposable {
  readonly #wire: Wire;
  readonly #spec: Spec;
  readonly #stop: readonly number[];
  #session: Promise<string> | undefined;
  #seq = 0;

  constructor(wire: Wire, spec: Spec, { stop }: Language) {
    this.#wire = wire;
    this.#spec = spec;
    this.#stop = stop;
  }

  /** All that is drawn after a prompt, on from what is kept. @throws WireError; `signal.reason` when aborted. */
  async draw(prompt: readonly number[], kept: Kept | undefined, signal: AbortSignal): Promise<Piece> {
    const { tokens: most, piece: step = most } = this.#spec;
    let drawn: Piece = kept?.so ?? { tokens: [], logprobs: [], over: false };
    let underway = kept?.so.underway;
    while (!drawn.over && drawn.tokens.length < most) {
      const room = Math.min(step, most - drawn.tokens.length);
      const piece = await this.#piece([...prompt, ...drawn.tokens], room, kept, underway, signal);
      underway = undefined;
      kept?.got(piece);
      drawn = joined(drawn, piece);
    }
    return drawn;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#wire[Symbol.asyncDispose]();
  }

  /** One piece. One that an earlier process asked for is asked for under its old name first: it may be there already. */
  async #piece(
    prompt: readonly number[],
    room: number,
    kept: Kept | undefined,
    underway: Parked['underway'],
    signal: AbortSignal,
  ): Promise<Piece> {
    if (underway) {
      const { session, seq } = underway;
      try {
        return await this.#ask(prompt, room, session, seq, signal);
      } catch (error) {
        if (!forgotten(error)) throw error;
      }
    }
    const session = await this.#open(signal);
    const seq = ++this.#seq;
    kept?.asks(session, seq);
    try {
      return await this.#ask(prompt, room, session, seq, signal);
    } catch (error) {
      // A server that started anew knows no sessions; the next call opens one.
      if (forgotten(error)) {
        this.#session = undefined;
        this.#wire.forget();
        throw new WireError((error as WireError).message, 503);
      }
      throw error;
    }
  }

  #open(signal: AbortSignal): Promise<string> {
    const { target, weights } = this.#spec;
    const open = async (): Promise<string> => {
      const session = await this.#wire.session(signal);
      const opened = await this.#wire.ask(
        'create_sampling_session',
        {
          session_id: session,
          sampling_session_seq_id: 1,
          ...(weights === undefined ? { base_model: target } : { model_path: weights }),
          type: 'create_sampling_session',
        },
        signal,
      );
      this.#seq = 0;
      return textIn(opened, 'sampling_session_id');
    };
    this.#session ??= open().catch((error) => {
      this.#session = undefined;
      throw error;
    });
    return this.#session;
  }

  async #ask(
    prompt: readonly number[],
    room: number,
    session: string,
    seq: number,
    signal: AbortSignal,
  ): Promise<Piece> {
    const { temperature = 1 } = this.#spec;
    const came = await this.#wire.ask(
      'asample',
      {
        sampling_session_id: session,
        seq_id: seq,
        num_samples: 1,
        prompt: { chunks: [{ type: 'encoded_text', tokens: prompt }] },
        sampling_params: { max_tokens: room, temperature, top_k: -1, top_p: 1, stop: this.#stop },
        type: 'sample',
      },
      signal,
    );
    return pieceIn(came);
  }
}

/** Whether a server knows nothing (any more) of what it was asked about. */
function forgotten(error: unknown): boolean {
  return error instanceof WireError && (error.status === 404 || error.status === 410);
}

function pieceIn(came: Json): Piece {
  const [first] = Array.isArray(came.sequences) ? came.sequences : [];
  const { tokens, logprobs, stop_reason: reason } = first ?? {};
  const numbers = (list: unknown): boolean => Array.isArray(list) && list.every(Number.isFinite);
  if (!numbers(tokens) || !numbers(logprobs) || tokens.length !== logprobs.length || tokens.length === 0)
    throw new WireError(`a sample without tokens, or without their probabilities`);
  return { tokens, logprobs, over: reason !== 'length' };
}

/** What was said: the end of the turn is no part of it. */
function spoken(tokens: readonly number[], stop: readonly number[]): readonly number[] {
  const at = tokens.length - stop.length;
  const ends = stop.length > 0 && at >= 0 && stop.every((token, i) => tokens[at + i] === token);
  return ends ? tokens.slice(0, at) : tokens;
}

function faultOf(error: unknown, spec: Spec, most: Answer['cost']): Answer {
  if (!(error instanceof WireError)) {
    if ((error as Error).name !== 'TimeoutError') throw error;
    return { fault: `none within ${spec.timeout / 1000} s`, kind: 'broken', cost: most };
  }
  const { message, status, later } = error;
  const cost = status === undefined ? most : { tokens: 0, dollars: 0 };
  const wait = later === undefined ? {} : { retryAfter: later };
  return { fault: message, kind: status === undefined ? 'broken' : kindOf(status), cost, ...wait };
}
