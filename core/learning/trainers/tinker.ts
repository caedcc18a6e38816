import { setTimeout as sleep } from 'node:timers/promises';
import type { Weights } from '../../journal/training-queue.ts';
import type { Environment } from '../../models/client.ts';
import { parseSpec, type Spec } from '../../models/spec.ts';
import { type Json, TinkerClient, TinkerError, textIn } from '../../models/tinker/client.ts';
import { type Language, languageOf } from '../../models/tinker/language.ts';
import { serverOf } from '../../models/tinker/model.ts';
import { expected, ModelError } from '../../search/errors.ts';
import type { Batch } from '../batch.ts';
import { datumOf, scalesOf, type TokenizedAnswer, tokenize } from './datum.ts';
import { itemsOf, needsForward } from './items.ts';
import type { TinkerTrainer } from './spec.ts';
import type { Trainer } from './trainer.ts';

/** Maximum number of items of one request. */
const most = 64;

/** Milliseconds between retries, and of all of them together, while a server is unreachable. */
const pause = { least: 200, most: 5000, all: 300_000 };

/**
 * A trainer behind Tinker's HTTP API, at the server that serves the model. A batch is trained on the live model with all
 * earlier steps, or on a new one created from the last weights: whenever it is uncertain which requests a server has
 * executed, the live model is dropped and the batch is repeated from those weights. So no batch counts twice, even at a
 * server that does not recognise a repeated request by its number.
 * @throws ConfigError for a model that cannot be trained, or a missing key.
 */
export async function tinkerTrainer(
  model: string,
  options: TinkerTrainer,
  env: Environment,
): Promise<Trainer> {
  const spec = parseSpec(model);
  if (spec.kind !== 'tinker') throw expected('--trainer tinker to come with --model tinker:...', model);
  const { url, key } = serverOf(spec, env);
  return new GradientServer(new TinkerClient(url, key), spec, options, await languageOf(spec), (text) =>
    key === undefined ? text : text.replaceAll(key, '[key]'),
  );
}

/** A model at the server whose state is known. */
interface Live {
  readonly id: string;
  /** The number of the last request. */
  seq: number;
  /** Path of its last saved state; undefined for the base model. */
  readonly state: string | undefined;
}

class GradientServer implements Trainer {
  readonly #wire: TinkerClient;
  readonly #spec: Spec;
  readonly #options: TinkerTrainer;
  readonly #language: Language;
  readonly #clean: (text: string) => string;
  #live: Live | undefined;
  #models = 0;

  constructor(
    wire: TinkerClient,
    spec: Spec,
    options: TinkerTrainer,
    language: Language,
    clean: (text: string) => string,
  ) {
    this.#wire = wire;
    this.#spec = spec;
    this.#options = options;
    this.#language = language;
    this.#clean = clean;
  }

  async train(batch: Batch, from: Weights | undefined, signal: AbortSignal): Promise<Weights> {
    const start = performance.now();
    for (let wait = pause.least; ; wait = Math.min(2 * wait, pause.most)) {
      try {
        return await this.#once(batch, from, signal);
      } catch (error) {
        signal.throwIfAborted();
        this.#live = undefined;
        if (!(error instanceof TinkerError)) throw error;
        const { status = 503 } = error;
        if ([401, 403, 400, 413, 422].includes(status) || performance.now() - start > pause.all)
          throw new ModelError(
            `Expected ${this.#clean(this.#spec.name)} to be trained, got ${this.#clean(error.message)}`,
          );
        // Also the session is opened again, which the server may have lost.
        this.#wire.forget();
        await sleep(error.later ?? wait, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  async serve(weights: Weights): Promise<string> {
    const { name } = this.#spec;
    return `${name}${name.includes('#') ? ',' : '#'}weights=${weights.sampler}`;
  }

  async retire(): Promise<void> {
    // Unused weights take only disk space of the server, and training may return to older versions.
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#wire[Symbol.asyncDispose]();
  }

  async #once(batch: Batch, from: Weights | undefined, signal: AbortSignal): Promise<Weights> {
    const live = await this.#at(from, signal);
    // From here on the state of the model is uncertain, until it is saved.
    this.#live = undefined;
    const answers = batch.samples.map((sample) => tokenize(sample, this.#language));
    const scales = scalesOf(batch, answers, this.#spec.tokens);
    const compares = this.#options.mismatch === 'on';
    const now = needsForward(batch, answers, compares)
      ? await this.#forward(answers, live, signal)
      : undefined;
    const { data, metrics } = itemsOf(batch, answers, scales, from?.version ?? 0, now, compares);
    const { loss, clip } = batch;
    const config = clip ? { clip_low_threshold: clip.low, clip_high_threshold: clip.high } : undefined;
    let total = 0;
    for (let at = 0; at < data.length; at += most) {
      const part = {
        data: data.slice(at, at + most),
        loss_fn: loss,
        ...(config ? { loss_fn_config: config } : {}),
      };
      const came = await this.#ask('forward_backward', { forward_backward_input: part }, live, signal);
      total += numberIn(came.metrics, 'loss:sum') ?? 0;
    }
    const adam = { learning_rate: this.#options.rate, beta1: 0.9, beta2: 0.95, eps: 1e-12 };
    await this.#ask('optim_step', { adam_params: adam }, live, signal);
    const path = `v${String(batch.version).padStart(4, '0')}`;
    const state = textIn(await this.#ask('save_weights', { path }, live, signal), 'path');
    const sampler = textIn(await this.#ask('save_weights_for_sampler', { path }, live, signal), 'path');
    this.#live = { id: live.id, seq: live.seq, state };
    return { version: batch.version, state, sampler, metrics: { loss: total, ...metrics } };
  }

  /** A model with exactly these weights: the live one or a new one. */
  async #at(from: Weights | undefined, signal: AbortSignal): Promise<Live> {
    if (this.#live && this.#live.state === from?.state) return this.#live;
    const session = await this.#wire.session(signal);
    const created = await this.#wire.ask(
      'create_model',
      {
        session_id: session,
        model_seq_id: ++this.#models,
        base_model: this.#spec.target,
        user_metadata: null,
        lora_config: { rank: this.#options.rank },
        type: 'create_model',
      },
      signal,
    );
    const live: Live = { id: textIn(created, 'model_id'), seq: 0, state: from?.state };
    if (from) await this.#ask('load_weights', { path: from.state, optimizer: true }, live, signal);
    return live;
  }

  /** The log-probabilities of each answer's tokens under the live model. */
  async #forward(answers: readonly TokenizedAnswer[], live: Live, signal: AbortSignal): Promise<number[][]> {
    const rows: number[][] = [];
    for (let at = 0; at < answers.length; at += most) {
      const part = answers.slice(at, at + most);
      const data = part.map((each) => datumOf(each, { weights: each.tokens.map(() => 1) }));
      const came = await this.#ask(
        'forward',
        { forward_input: { data, loss_fn: 'cross_entropy' } },
        live,
        signal,
      );
      rows.push(...logprobsIn(came, part));
    }
    return rows;
  }

  /** A request to a model, numbered in order. A request that the server refused for now (429) is repeated unchanged. */
  async #ask(path: string, body: Json, live: Live, signal: AbortSignal): Promise<Json> {
    live.seq += 1;
    const request = { ...body, model_id: live.id, seq_id: live.seq };
    for (;;) {
      try {
        return await this.#wire.ask(path, request, signal);
      } catch (error) {
        if (!(error instanceof TinkerError) || error.status !== 429) throw error;
        await sleep(error.later ?? 1000, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }
}

function numberIn(metrics: unknown, name: string): number | undefined {
  const value = (metrics as Json | undefined)?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The log-probabilities of each answer's tokens, which are the last ones of its item. */
function logprobsIn(came: Json, answers: readonly TokenizedAnswer[]): number[][] {
  const outputs = Array.isArray(came.loss_fn_outputs) ? came.loss_fn_outputs : [];
  return answers.map(({ tokens }, i) => {
    const data: unknown = outputs[i]?.logprobs?.data;
    if (!Array.isArray(data) || data.length < tokens.length || !data.every(Number.isFinite))
      throw new TinkerError('a forward pass without log-probabilities', 400);
    return data.slice(data.length - tokens.length);
  });
}
