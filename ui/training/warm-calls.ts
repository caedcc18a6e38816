import { setTimeout } from 'node:timers/promises';
import {
  type CallBudget,
  type CallLimits,
  nothingSpent,
  releaseCall,
  reserveCall,
  type Spending,
  shortfall,
} from '../../core/search/budget.ts';
import { ModelError } from '../../core/search/errors.ts';
import type { Completed, Event, Prompted } from '../../core/search/event.ts';
import type { Journal } from '../../core/search/journal.ts';
import type { Answer, Message, Model, ModelReply } from '../../core/search/model.ts';

/** The calls of one warm start, as recorded in the journal. */
export interface Round {
  /** 1, 2, 3 ... */
  readonly number: number;
  /** Number of the journal's events before its first call. */
  readonly events: number;
  /** SPEC of the model, and the version of its weights; 0: the base model. */
  readonly model: string;
  readonly version: number;
  /** Spending of its calls; calls in flight count at their worst price. */
  spending: Spending;
  readonly prompts: Map<string, Prompt>;
}

/** A prompt by its last call. */
interface Prompt {
  readonly call: Prompted;
  /** Undefined while the call is in flight. */
  readonly answer?: Answer;
}

/** The name of a round, the prefix of its prompts' keys. */
export const roundName = (number: number): string => `warm-${number}`;

/** A round without calls. */
export function newRound(number: number, events: number, model: string, version: number): Round {
  return { number, events, model, version, spending: nothingSpent, prompts: new Map() };
}

/** The last warm start in a journal, and the number of events. */
export async function lastRound(
  events: AsyncIterable<Event>,
): Promise<{ readonly round: Round | undefined; readonly events: number }> {
  let round: Round | undefined;
  let count = 0;
  for await (const event of events) {
    if (event.type === 'prompted') {
      const [, number] = /^warm-(\d+)\//.exec(event.key)!;
      if (round?.number !== Number(number))
        round = newRound(Number(number), count, event.model, event.version);
    }
    if (event.type === 'prompted' || event.type === 'completed') applyCall(round!, event);
    count++;
  }
  return { round, events: count };
}

/** The fold of a call. */
function applyCall(round: Round, event: Prompted | Completed): void {
  if (event.type === 'prompted') {
    round.prompts.set(event.key, { call: event });
    round.spending = reserveCall(round.spending, event.quote);
    return;
  }
  const { call } = round.prompts.get(event.key)!;
  round.prompts.set(event.key, { call, answer: event.answer });
  round.spending = releaseCall(round.spending, call.quote, event.answer.cost);
}

/** Maximum number of consecutive failed calls for one prompt. */
const patience = 5;

/**
 * Calls a model within a budget. The journal has each call at its worst price before it is made, and its answer before it is
 * used, so that a prompt answered in an earlier session is not paid for again.
 */
export class RecordedCalls {
  /** The budget that was too small for one more call. */
  short: CallBudget | undefined;
  /** Number of calls in this session. */
  made = 0;
  readonly #round: Round;
  readonly #model: Model;
  readonly #journal: Pick<Journal, 'append'>;
  readonly #limits: CallLimits;
  readonly #before: Spending;
  readonly #signal: AbortSignal;
  #inFlight = 0;
  #change = Promise.withResolvers<void>();

  /** `before`: the spending before the round that counts against the same limits. */
  constructor(
    round: Round,
    model: Model,
    journal: Pick<Journal, 'append'>,
    limits: CallLimits,
    before: Spending,
    signal: AbortSignal,
  ) {
    this.#round = round;
    this.#model = model;
    this.#journal = journal;
    this.#limits = limits;
    this.#before = before;
    this.#signal = signal;
  }

  /** Settles the calls in flight when an earlier session died, at their worst price. */
  async recover(): Promise<void> {
    const fault = 'the engine stopped before the answer came';
    for (const { call, answer } of this.#round.prompts.values()) {
      if (answer) continue;
      const { key, attempt, quote } = call;
      const lost = { fault, kind: 'broken', cost: quote } as const;
      await this.#record({ type: 'completed', key, attempt, answer: lost, milliseconds: 0 });
    }
  }

  /**
   * The answer to a prompt; undefined where the budget is too small for the call.
   * @throws ModelError where the model does not answer; `signal.reason` when aborted.
   */
  async ask(key: string, messages: readonly Message[]): Promise<ModelReply | undefined> {
    const known = this.#round.prompts.get(key);
    if (known?.answer && 'text' in known.answer && same(known.call.messages, messages)) return known.answer;
    for (let faults = 1; ; faults++) {
      const answer = await this.#call(key, messages);
      if (!answer || 'text' in answer) return answer;
      if (answer.kind === 'wrong' || answer.kind === 'unfit' || faults === patience)
        throw new ModelError(answer.fault);
      const rest = Math.max(1000 * 2 ** (faults - 1), Math.min(answer.retryAfter ?? 0, 600_000));
      await setTimeout(rest, undefined, { signal: this.#signal }).catch(() => this.#signal.throwIfAborted());
    }
  }

  /** One call; undefined where there is no budget for it. */
  async #call(key: string, messages: readonly Message[]): Promise<Answer | undefined> {
    using _slot = await this.#model.slot(this.#signal);
    const quote = this.#model.quote(messages);
    for (let short = this.#shortfall(quote); short; short = this.#shortfall(quote)) {
      if (this.#inFlight === 0) {
        this.short = short;
        return undefined;
      }
      // A call in flight may cost less than its worst price.
      await this.#change.promise;
    }
    const { model, version } = this.#round;
    const attempt = (this.#round.prompts.get(key)?.call.attempt ?? 0) + 1;
    this.#inFlight += 1;
    this.made += 1;
    try {
      await this.#record({ type: 'prompted', key, attempt, model, version, messages, quote });
      const start = performance.now();
      const answer = await this.#model.ask(messages, this.#signal, `${key}/${attempt}`);
      const milliseconds = Math.round(performance.now() - start);
      await this.#record({ type: 'completed', key, attempt, answer, milliseconds });
      return answer;
    } finally {
      this.#inFlight -= 1;
      this.#change.resolve();
      this.#change = Promise.withResolvers();
    }
  }

  #shortfall(quote: Prompted['quote']): CallBudget | undefined {
    const { spending } = this.#round;
    const spent = {
      calls: this.#before.calls + spending.calls,
      tokens: this.#before.tokens + spending.tokens,
      dollars: this.#before.dollars + spending.dollars,
    };
    return shortfall(spent, [], this.#limits, quote)?.budget;
  }

  /** Resolves when it will survive a power cut. */
  #record(event: Prompted | Completed): Promise<void> {
    applyCall(this.#round, event);
    return this.#journal.append(event);
  }
}

function same(a: readonly Message[], b: readonly Message[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
