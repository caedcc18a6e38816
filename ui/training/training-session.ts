import type { Weights } from '../../core/journal/training-queue.ts';
import { audit } from '../../core/learning/audit.ts';
import type { Candidate } from '../../core/learning/promotion.ts';
import type { LearningState } from '../../core/learning/state.ts';
import type { TrainedVersion } from '../../core/learning/trainers/training.ts';
import { asking } from '../../core/prompts/operators.ts';
import { armName, armOf } from '../../core/search/arm.ts';
import type { Event } from '../../core/search/event.ts';
import type { Operator } from '../../core/search/roles.ts';
import type { Settings } from '../../core/search/settings.ts';
import type { OpenModels } from '../run/open-models.ts';
import type { RunState } from '../run/run-state.ts';
import { type HeldTraining, holdTraining } from './held-training.ts';

/** The models and operators of a search, to which new models are added. */
export interface TrainingStage extends Pick<OpenModels, 'all' | 'bring'> {
  readonly operators: Map<string, Operator>;
}

/** A training beside a search: it observes the search's events and adds the models that it trains. */
export class TrainingSession implements AsyncDisposable {
  candidate: Candidate | undefined;
  /** Aborts when the training fails, with its error. */
  readonly failed: AbortSignal;
  readonly #held: HeldTraining;
  readonly #prompts: readonly string[];
  readonly #every: number;
  #stage: TrainingStage | undefined;
  readonly #fail = new AbortController();
  readonly #end = new AbortController();
  /** Trials that have settled since the last attempt to train. */
  #settled: number;
  #running: Promise<void> | undefined;
  /** Versions of the added models, and weights to be removed, by SPEC. */
  readonly #versions = new Map<string, number>();
  readonly #unused = new Map<string, Weights>();

  constructor(held: HeldTraining, settings: Settings) {
    this.#held = held;
    this.#prompts = settings['operators.prompts'].split(',');
    this.#every = settings['training.every'];
    this.failed = this.#fail.signal;
    // An earlier session may have left answers to train on or weights to measure, so the first check is immediate.
    this.#settled = this.#every;
  }

  /** Adds the models of the search so far and continues unfinished training. Await it before the search continues. */
  async enter({ state, learning }: RunState, stage: TrainingStage): Promise<void> {
    const { decided, open } = learning.external;
    this.#stage = stage;
    for (const { version, model } of open) this.#versions.set(model, version);
    const { trainer, training } = this.#held;
    const { newest } = training;
    if (newest && newest.weights.version > decided) this.candidate = await this.#serve(newest);
    for (const spec of state.models.keys()) {
      if (stage.all.has(spec)) continue;
      // A restarted server has lost the weights.
      const weights = training.weightsOf(this.#versions.get(spec) ?? 0);
      if (weights) await trainer.serve(weights, this.#end.signal);
      await this.#bring(spec);
    }
    this.#startTraining();
  }

  /** Takes every event of the search. */
  observe(event: Event, { state, learning }: RunState): void {
    if (event.type === 'trained' && event.model !== undefined) {
      // The journal on disk may not hold the event yet when the next training starts.
      if (!event.promoted) this.#held.training.refuse(event.version);
      this.#markUnused(learning);
    }
    if (event.type !== 'settled') return;
    this.#settled += 1;
    this.#retire(state);
    this.#startTraining();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new Error('the search has ended'));
    await this.#running;
    await this.#held[Symbol.asyncDispose]();
  }

  /** After a promotion or refusal: marks weights without arms for removal. */
  #markUnused({ external }: LearningState): void {
    this.candidate = undefined;
    for (const [spec, its] of this.#versions) {
      const weights = this.#held.training.weightsOf(its);
      if (weights && !external.open.some(({ model }) => model === spec)) this.#unused.set(spec, weights);
    }
  }

  /** Removes weights without arms, once no trial in flight uses them. */
  #retire(state: RunState['state']): void {
    for (const [spec, weights] of this.#unused) {
      const asked = Array.from(state.pending.values()).some(({ arm }) => arm.model === spec);
      if (asked) continue;
      this.#unused.delete(spec);
      this.#versions.delete(spec);
      // Not awaited, and a failure is ignored: an adapter that stays loaded does no harm.
      this.#held.trainer.retire(weights).catch(() => {});
    }
  }

  #startTraining(): void {
    if (this.#running || this.candidate || this.failed.aborted || this.#settled < this.#every) return;
    this.#running = this.#train()
      .catch((error) => {
        if (!this.#end.signal.aborted) this.#fail.abort(error);
      })
      .finally(() => {
        this.#running = undefined;
      });
  }

  async #train(): Promise<void> {
    const { training } = this.#held;
    const made = await training.next(this.#end.signal);
    if (!made) {
      this.#settled = this.#every - Math.max(1, this.#every >> 3);
      return;
    }
    this.#settled = 0;
    this.candidate = await this.#serve(made);
  }

  async #serve({ weights, from, rollouts, milliseconds }: TrainedVersion): Promise<Candidate> {
    const { trainer, model: policy } = this.#held;
    const model = await trainer.serve(weights, this.#end.signal);
    this.#versions.set(model, weights.version);
    await this.#bring(model);
    const arms = asking(model, this.#prompts).map(armOf);
    const { version, metrics, sampler } = weights;
    const checkpoint = { remote: sampler };
    return { policy, version, from, rollouts, metrics, milliseconds, checkpoint, model, arms };
  }

  async #bring(spec: string): Promise<void> {
    await this.#stage!.bring(spec);
    for (const operator of [...asking(spec, this.#prompts), audit(spec)]) {
      this.#stage!.operators.set(armName(armOf(operator)), operator);
    }
  }
}

/** Opens the training of a search that has a trainer; `enter` adds its models. @throws ConfigError */
export async function openTrainingSession(
  trainer: string | undefined,
  dir: string,
  models: readonly string[],
  settings: Settings,
): Promise<TrainingSession | undefined> {
  if (trainer === undefined) return undefined;
  return new TrainingSession(await holdTraining(dir, trainer, models, settings), settings);
}
