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

/** What new models are brought into. */
export interface TrainingStage extends Pick<OpenModels, 'all' | 'bring'> {
  readonly operators: Map<string, Operator>;
}

/** A training beside a search: it goes by the search's events, and brings in the models that it makes. */
export class TrainingSession implements AsyncDisposable {
  candidate: Candidate | undefined;
  /** Aborts when the training has failed, with what made it fail. */
  readonly failed: AbortSignal;
  readonly #held: HeldTraining;
  readonly #ways: readonly string[];
  readonly #every: number;
  #stage: TrainingStage | undefined;
  readonly #fail = new AbortController();
  readonly #end = new AbortController();
  /** Trials that asked a model and settled since there was last too little to learn from. */
  #settled: number;
  #working: Promise<void> | undefined;
  /** Versions that were brought in, and those that are to be taken away, by SPEC. */
  readonly #versions = new Map<string, number>();
  readonly #leaving = new Map<string, Weights>();

  constructor(held: HeldTraining, settings: Settings) {
    this.#held = held;
    this.#ways = settings['operators.prompts'].split(',');
    this.#every = settings['training.every'];
    this.failed = this.#fail.signal;
    // What an earlier session has left to be trained or judged is looked for at once.
    this.#settled = this.#every;
  }

  /** Brings in what the search so far knows of, and goes on with what was left undone. To be awaited before it goes on. */
  async enter({ state, learning }: RunState, stage: TrainingStage): Promise<void> {
    const { decided, open } = learning.external;
    this.#stage = stage;
    for (const { version, model } of open) this.#versions.set(model, version);
    const { trainer, training } = this.#held;
    const { newest } = training;
    if (newest && newest.weights.version > decided) this.candidate = await this.#bringIn(newest);
    for (const spec of state.models.keys()) {
      if (stage.all.has(spec)) continue;
      // A server that was started anew knows nothing of what it was given.
      const weights = training.weightsOf(this.#versions.get(spec) ?? 0);
      if (weights) await trainer.serve(weights, this.#end.signal);
      await this.#bring(spec);
    }
    this.#work();
  }

  /** To be told of every event of the search. */
  observe(event: Event, { state, learning }: RunState): void {
    if (event.type === 'trained' && event.model !== undefined) this.#heed(learning);
    if (event.type !== 'settled') return;
    this.#settled += 1;
    this.#retire(state);
    this.#work();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new Error('the search has ended'));
    await this.#working;
    await this.#held[Symbol.asyncDispose]();
  }

  /** A judgement: what has no arms after it is to be taken away. */
  #heed({ external }: LearningState): void {
    this.candidate = undefined;
    for (const [spec, its] of this.#versions) {
      const weights = this.#held.training.weightsOf(its);
      if (weights && !external.open.some(({ model }) => model === spec)) this.#leaving.set(spec, weights);
    }
  }

  /** Takes away what has no arms, once no trial asks it any more. */
  #retire(state: RunState['state']): void {
    for (const [spec, weights] of this.#leaving) {
      const asked = Array.from(state.pending.values()).some(({ arm }) => arm.model === spec);
      if (asked) continue;
      this.#leaving.delete(spec);
      this.#versions.delete(spec);
      // Nobody waits for it: an adapter that stays is no harm.
      this.#held.trainer.retire(weights).catch(() => {});
    }
  }

  #work(): void {
    if (this.#working || this.candidate || this.failed.aborted || this.#settled < this.#every) return;
    this.#working = this.#train()
      .catch((error) => {
        if (!this.#end.signal.aborted) this.#fail.abort(error);
      })
      .finally(() => {
        this.#working = undefined;
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
    this.candidate = await this.#bringIn(made);
  }

  async #bringIn({ weights, from, rollouts, milliseconds }: TrainedVersion): Promise<Candidate> {
    const { trainer, model: policy } = this.#held;
    const model = await trainer.serve(weights, this.#end.signal);
    this.#versions.set(model, weights.version);
    await this.#bring(model);
    const arms = asking(model, this.#ways).map(armOf);
    const { version, metrics, sampler } = weights;
    const checkpoint = { remote: sampler };
    return { policy, version, from, rollouts, metrics, milliseconds, checkpoint, model, arms };
  }

  async #bring(spec: string): Promise<void> {
    await this.#stage!.bring(spec);
    for (const operator of [...asking(spec, this.#ways), audit(spec)]) {
      this.#stage!.operators.set(armName(armOf(operator)), operator);
    }
  }
}

/** Opens the training of a search, where it has one; what it makes is brought in by `enter`. @throws ConfigError */
export async function openTrainingSession(
  trainer: string | undefined,
  dir: string,
  models: readonly string[],
  settings: Settings,
): Promise<TrainingSession | undefined> {
  if (trainer === undefined) return undefined;
  return new TrainingSession(await holdTraining(dir, trainer, models, settings), settings);
}
