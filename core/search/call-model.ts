import { overReason, promised, type Shortfall, shortfall } from './budget.ts';
import { ModelError } from './errors.ts';
import type { Answered, Fact } from './event.ts';
import { reachesTarget } from './final.ts';
import type { Message, Model, ModelReply } from './model.ts';
import { random } from './random.ts';
import type { NoReply, Purpose } from './roles.ts';
import type { Pending } from './state.ts';
import type { TrialContext } from './trial-context.ts';
import type { TrialYield } from './trial-pool.ts';

/** What a story wants to be said to its model. */
export interface ModelRequest {
  readonly step: number;
  readonly model: string;
  readonly purpose: Purpose;
  readonly messages: readonly Message[];
  readonly rejected?: string | undefined;
}

/**
 * Asks a model until it answers or there is no use in asking: each call is recorded before it is made, with its worst
 * price set aside, and its answer before anything acts on it. A call that an earlier session was killed over counts
 * as made at its worst price, and is made again.
 * @throws ModelError when asking can not help: a wrong key, a model that does not answer anybody any more; the reason
 * of `scene.leaving` where a call would have to be made and none is to be.
 */
export async function* callModel(
  question: ModelRequest,
  pending: Pending,
  scene: TrialContext,
): AsyncGenerator<TrialYield, ModelReply | NoReply, Fact | undefined> {
  const { world, state } = scene;
  const model = world.models.get(question.model)!;
  const { trial, callInFlight } = pending;
  let attempt = pending.calls;
  if (callInFlight?.step === question.step) {
    yield lostCall(
      callInFlight.quote,
      trial,
      question.step,
      attempt,
      'the engine stopped before the answer came',
    );
  }
  for (let faults = 0; ; ) {
    attempt += 1;
    const answered = yield* call(model, question, trial, attempt, scene);
    if ('unheard' in answered) return answered;
    const { answer } = answered;
    if ('text' in answer) return { text: answer.text, ended: answer.ended };
    const hopeless = answer.kind === 'unfit' || (answer.kind === 'wrong' && pending.audits !== undefined);
    if (answer.kind === 'wrong' && !hopeless) throw new ModelError(answer.fault);
    faults += 1;
    if (hopeless || faults > state.settings.maxRetries) {
      return { unheard: answer.fault, model: question.model, because: 'silent' };
    }
    const draw = random(state.settings.seed, trial, 'retry', attempt);
    const milliseconds = backoff(faults, draw.next(), answer.retryAfter);
    const rested = await unlessOver(scene, (signal) =>
      world.sleep(milliseconds, signal, `another call of ${model.name}`),
    );
    if (rested === 'over') return ended(model);
  }
}

/** The most that a provider's word can delay a call, in milliseconds: a day. */
const longest = 24 * 3_600_000;

/** Milliseconds before the next call: doubling from one second, spread by up to half, and never sooner than asked. */
function backoff(faults: number, draw: number, retryAfter = 0): number {
  const doubling = Math.min(1000 * 2 ** (faults - 1), 60_000);
  return Math.max(doubling * (0.75 + draw / 2), Math.min(retryAfter, longest));
}

/**
 * One call, in its turn and within the budget. A call that the end of the search, or a stop, cuts off counts at its
 * worst price, as one does that a kill cuts off.
 */
async function* call(
  model: Model,
  question: ModelRequest,
  trial: number,
  attempt: number,
  scene: TrialContext,
): AsyncGenerator<TrialYield, Answered | NoReply, Fact | undefined> {
  const { world, signal, leaving } = scene;
  const { step, messages } = question;
  const slot = await unlessOver(scene, (ends) => model.slot(ends));
  if (slot === 'over') return ended(model);
  using _slot = slot;
  const refused = yield* reserve(model, question, trial, attempt, scene);
  if (refused) return refused;
  const start = world.elapsed();
  const cut = (): Answered =>
    lostCall(model.quote(messages), trial, step, attempt, 'the search ended before the answer came');
  let answer: Answered['answer'] | 'over';
  try {
    answer = await unlessOver(scene, (ends) => model.ask(messages, ends, `${trial}/${step}/${attempt}`));
  } catch (error) {
    if (error === leaving.reason && !signal.aborted) yield cut();
    throw error;
  }
  if (answer === 'over') {
    yield cut();
    return ended(model);
  }
  const milliseconds = Math.round(world.elapsed() - start);
  const answered: Answered = { type: 'answered', trial, step, attempt, answer, milliseconds };
  yield answered;
  return answered;
}

/** What comes of work that is given up once the search is over. @throws the reason of `scene.leaving` */
async function unlessOver<T>(
  { leaving, cutoff }: TrialContext,
  work: (ends: AbortSignal) => Promise<T>,
): Promise<T | 'over'> {
  const over = cutoff.signal;
  try {
    return await work(AbortSignal.any([leaving, over]));
  } catch (error) {
    if (over.aborted && error === over.reason) return 'over';
    throw error;
  }
}

const ended = ({ name }: Model): NoReply => ({ unheard: 'the search is over', model: name, because: 'over' });

/** Sets the worst price of a call aside, waiting for calls in flight where that may help; otherwise says why the call is not made. */
async function* reserve(
  model: Model,
  { messages, purpose, step, rejected }: ModelRequest,
  trial: number,
  attempt: number,
  scene: TrialContext,
): AsyncGenerator<TrialYield, NoReply | undefined, Fact | undefined> {
  const { state, world, changed, leaving } = scene;
  const quote = model.quote(messages);
  for (;;) {
    if (scene.failing || overReason(state, world, reachesTarget(state, world.problem))) return ended(model);
    let missing: Shortfall | undefined;
    const asked = yield () => {
      if (leaving.aborted) return undefined;
      missing = shortfall(state.spending, promised(state), state.settings, quote);
      if (missing) return undefined;
      const again = rejected === undefined ? {} : { rejected };
      return { type: 'asked', trial, step, attempt, model: model.name, purpose, ...again, messages, quote };
    };
    if (asked) return undefined;
    leaving.throwIfAborted();
    const { budget, temporary } = missing!;
    if (!temporary)
      return { unheard: `no ${budget} left for one more call`, model: model.name, because: budget };
    await changed();
  }
}

function lostCall(
  cost: Answered['answer']['cost'],
  trial: number,
  step: number,
  attempt: number,
  fault: string,
): Answered {
  const answer = { fault, kind: 'broken', cost } as const;
  return { type: 'answered', trial, step, attempt, answer, milliseconds: 0 };
}
