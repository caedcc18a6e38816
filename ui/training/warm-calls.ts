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

/** The calls of one warm start, as the journal has them. */
export interface Round {
  /** 1, 2, 3 ... */
  readonly number: number;
  /** Events of the journal before its first call. */
  readonly events: number;
  /** SPEC of the model that is asked, and the version of its weights; 0: the base model. */
  readonly model: string;
  readonly version: number;
  /** What its calls cost, those that are not over at their worst price. */
  spending: Spending;
  readonly prompts: Map<string, Prompt>;
}

/** A prompt by its last call. */
interface Prompt {
  readonly call: Prompted;
  /** Undefined while the call is under way. */
  readonly answer?: Answer;
}

/** The name of a round, with which the keys of its prompts begin. */
export const roundName = (number: number): string => `warm-${number}`;

/** A round in which nothing was asked. */
export function newRound(number: number, events: number, model: string, version: number): Round {
  return { number, events, model, version, spending: nothingSpent, prompts: new Map() };
}

/** The last warm start that a journal tells of, and how many events there are. */
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
    if (event.type === 'prompted' || event.type === 'completed') take(round!, event);
    count++;
  }
  return { round, events: count };
}

/** The fold of a call. */
function take(round: Round, event: Prompted | Completed): void {
  if (event.type === 'prompted') {
    round.prompts.set(event.key, { call: event });
    round.spending = reserveCall(round.spending, event.quote);
    return;
  }
  const { call } = round.prompts.get(event.key)!;
  round.prompts.set(event.key, { call, answer: event.answer });
  round.spending = releaseCall(round.spending, call.quote, event.answer.cost);
}

/** Most calls for one prompt in a row that fail. */
const patience = 5;

/**
 * Asks a model within a budget. Each call is in the journal before it is made, at its worst price, and its answer before
 * it is used, so that a prompt that was answered in an earlier session is not paid for again.
 */
export class RecordedCalls {
  /** The budget that was too small for one more call. */
  short: CallBudget | undefined;
  /** Calls that were made in this session. */
  made = 0;
  readonly #round: Round;
  readonly #model: Model;
  readonly #journal: Pick<Journal, 'append'>;
  readonly #limits: CallLimits;
  readonly #before: Spending;
  readonly #signal: AbortSignal;
  #underWay = 0;
  #change = Promise.withResolvers<void>();

  /** `before`: what was spent before the round and counts against the same limits. */
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

  /** Settles the calls over which an earlier session died, at their worst price. */
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
    for (let short = this.#lack(quote); short; short = this.#lack(quote)) {
      if (this.#underWay === 0) {
        this.short = short;
        return undefined;
      }
      // A call under way may cost less than its worst price.
      await this.#change.promise;
    }
    const { model, version } = this.#round;
    const attempt = (this.#round.prompts.get(key)?.call.attempt ?? 0) + 1;
    this.#underWay += 1;
    this.made += 1;
    try {
      await this.#record({ type: 'prompted', key, attempt, model, version, messages, quote });
      const start = performance.now();
      const answer = await this.#model.ask(messages, this.#signal, `${key}/${attempt}`);
      const milliseconds = Math.round(performance.now() - start);
      await this.#record({ type: 'completed', key, attempt, answer, milliseconds });
      return answer;
    } finally {
      this.#underWay -= 1;
      this.#change.resolve();
      this.#change = Promise.withResolvers();
    }
  }

  #lack(quote: Prompted['quote']): CallBudget | undefined {
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
    take(this.#round, event);
    return this.#journal.append(event);
  }
}

function same(a: readonly Message[], b: readonly Message[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
