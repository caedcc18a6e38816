import { overReason, type Shortfall, shortfall } from './budget.ts';
import { reachesTarget } from './chosen.ts';
import { ModelError } from './errors.ts';
import type { Answered, Fact } from './event.ts';
import type { News } from './lanes.ts';
import type { Message, Model, Said } from './model.ts';
import { random } from './random.ts';
import type { Purpose, Unheard } from './roles.ts';
import type { Scene } from './scene.ts';
import type { Pending } from './state.ts';

/** What a story wants to be said to its model. */
export interface Question {
  readonly step: number;
  readonly model: string;
  readonly purpose: Purpose;
  readonly messages: readonly Message[];
}

/**
 * Asks a model until it answers or there is no use in asking: each call is recorded before it is made, with its worst
 * price set aside, and its answer before anything acts on it. A call that an earlier session was killed over counts
 * as made at its worst price, and is made again.
 * @throws ModelError when asking can not help: a wrong key, a model that does not answer anybody any more; the reason
 * of `scene.leaving` where a call would have to be made and none is to be.
 */
export async function* converse(
  question: Question,
  pending: Pending,
  scene: Scene,
): AsyncGenerator<News, Said | Unheard, Fact | undefined> {
  const { world, state, leaving } = scene;
  const model = world.models.get(question.model)!;
  const { trial, asking } = pending;
  let attempt = pending.calls;
  if (asking?.step === question.step) yield lost(asking.quote, trial, question.step, attempt);
  for (let faults = 0; ; ) {
    attempt += 1;
    const answered = yield* call(model, question, trial, attempt, scene);
    if ('unheard' in answered) return answered;
    const { answer } = answered;
    if ('text' in answer) return { text: answer.text, ended: answer.ended };
    const hopeless = answer.kind === 'unfit' || (answer.kind === 'wrong' && pending.audits !== undefined);
    if (answer.kind === 'wrong' && !hopeless) throw new ModelError(answer.fault);
    faults += 1;
    if (hopeless || faults > state.settings.retries) {
      return { unheard: answer.fault, model: question.model, because: 'silent' };
    }
    const draw = random(state.settings.seed, trial, 'retry', attempt);
    await world.rest(pause(faults, draw.next(), answer.retryAfter), leaving);
  }
}

/** Milliseconds before the next call: doubling from one second, spread by up to half, and never sooner than asked. */
function pause(faults: number, draw: number, retryAfter = 0): number {
  const doubling = Math.min(1000 * 2 ** (faults - 1), 60_000);
  return Math.max(doubling * (0.75 + draw / 2), Math.min(retryAfter, 600_000));
}

/** One call, in its turn and within the budget. */
async function* call(
  model: Model,
  question: Question,
  trial: number,
  attempt: number,
  scene: Scene,
): AsyncGenerator<News, Answered | Unheard, Fact | undefined> {
  const { world, signal, leaving } = scene;
  using _slot = await model.slot(leaving);
  const refused = yield* reserve(model, question, trial, attempt, scene);
  if (refused) return refused;
  const start = world.elapsed();
  const { step, messages } = question;
  const answer = await model.ask(messages, signal, `${trial}/${step}/${attempt}`);
  const milliseconds = Math.round(world.elapsed() - start);
  const answered: Answered = { type: 'answered', trial, step, attempt, answer, milliseconds };
  yield answered;
  return answered;
}

/** Sets the worst price of a call aside, waiting for calls under way where that may help; else says why it is not made. */
async function* reserve(
  model: Model,
  { messages, purpose, step }: Question,
  trial: number,
  attempt: number,
  scene: Scene,
): AsyncGenerator<News, Unheard | undefined, Fact | undefined> {
  const { state, world, changed, leaving } = scene;
  const quote = model.quote(messages);
  for (;;) {
    if (scene.failing || overReason(state, world, reachesTarget(state, world.problem)))
      return { unheard: 'the search is over', model: model.name, because: 'over' };
    let missing: Shortfall | undefined;
    const asked = yield () => {
      if (leaving.aborted) return undefined;
      missing = shortfall(state, quote);
      if (missing) return undefined;
      return { type: 'asked', trial, step, attempt, model: model.name, purpose, messages, quote };
    };
    if (asked) return undefined;
    leaving.throwIfAborted();
    const { budget, temporary } = missing!;
    if (!temporary)
      return { unheard: `no ${budget} left for one more call`, model: model.name, because: budget };
    await changed();
  }
}

function lost(quote: Answered['answer']['cost'], trial: number, step: number, attempt: number): Answered {
  const answer = { fault: 'the engine stopped before the answer came', kind: 'broken', cost: quote } as const;
  return { type: 'answered', trial, step, attempt, answer, milliseconds: 0 };
}
