import type { Spec } from '../spec.ts';
import { type Json, type TinkerClient, TinkerError, textIn } from './client.ts';
import type { Language } from './language.ts';
import { joined, type PartialSample, type PartialSamples, type Piece } from './partial-samples.ts';

/** The store of one call's pieces. */
export interface Kept {
  readonly so: PartialSample;
  asks(session: string, seq: number): void;
  got(piece: Piece): void;
}

/** The store of a call's pieces, by its trial and step: a repeated call is the same step with the same messages. */
export function keptAs(park: PartialSamples | undefined, spec: Spec, call: string): Kept | undefined {
  if (!park) return undefined;
  const [trial, step] = call.split('/');
  const name = `${trial}/${step} ${spec.name}`;
  return {
    so: park.of(name),
    asks: (session, seq) => park.asks(name, { session, seq }),
    got: (piece) => park.got(name, piece),
  };
}

/** Samples answers: a sampling session of one process on one set of weights. */
export class Sampler implements AsyncDisposable {
  readonly #wire: TinkerClient;
  readonly #spec: Spec;
  readonly #stop: Language['stopAt'];
  #session: Promise<string> | undefined;
  #seq = 0;

  constructor(wire: TinkerClient, spec: Spec, { stopAt }: Language) {
    this.#wire = wire;
    this.#spec = spec;
    this.#stop = stopAt;
  }

  /** All tokens sampled after a prompt, continuing from the kept pieces. @throws WireError; `signal.reason` when aborted. */
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

  /** One piece. A piece that an earlier process requested is requested under its old name first: it may exist already. */
  async #piece(
    prompt: readonly number[],
    room: number,
    kept: Kept | undefined,
    underway: PartialSample['underway'],
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
      // A restarted server has no sessions; the next call opens one.
      if (forgotten(error)) {
        this.#session = undefined;
        this.#wire.forget();
        throw new TinkerError((error as TinkerError).message, 503);
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

/** Whether a server does not know, or has forgotten, the requested object. */
function forgotten(error: unknown): boolean {
  return error instanceof TinkerError && (error.status === 404 || error.status === 410);
}

function pieceIn(came: Json): Piece {
  const [first] = Array.isArray(came.sequences) ? came.sequences : [];
  const { tokens, logprobs, stop_reason: reason } = first ?? {};
  const numbers = (list: unknown): boolean => Array.isArray(list) && list.every(Number.isFinite);
  if (!numbers(tokens) || !numbers(logprobs) || tokens.length !== logprobs.length || tokens.length === 0)
    throw new TinkerError(`a sample without tokens, or without their probabilities`);
  return { tokens, logprobs, over: reason !== 'length' };
}
