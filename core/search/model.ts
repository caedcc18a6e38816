/** A turn of a conversation. The first may be a `system` one; then `user` and `assistant` take turns, `user` last. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly text: string;
}

/** What one call used, in tokens. */
export interface Usage {
  /** All of the prompt, the cached part included. */
  readonly input: number;
  /** The part of the prompt that the provider read from its cache. */
  readonly cached: number;
  /** All that was written, reasoning included. */
  readonly output: number;
  /** The part of what was written that is reasoning. */
  readonly reasoning: number;
}

/** What a call costs or may cost. */
export interface Cost {
  /** Input and output together. */
  readonly tokens: number;
  readonly dollars: number;
}

/** What came of one call: data, never thrown. */
export type Answer = (ModelReply | Fault) & {
  /** As the provider counted it; left out where it did not say. */
  readonly usage?: Usage;
  /** From the usage; where there is none, the quote if the provider may have begun to write, else nothing. */
  readonly cost: Cost;
};

/** The model spoke. */
export interface ModelReply {
  readonly text: string;
  /** `length`: cut off at the most tokens allowed; `refused`: a filter of the provider stopped it. */
  readonly ended: 'stop' | 'length' | 'refused';
  /** What was drawn for it, where a trainable model tells. */
  readonly drawn?: Sampling;
}

/** What a model wrote as it drew it. */
export interface Sampling {
  /** The tokens of the answer, its end among them where it drew one. */
  readonly tokens: readonly number[];
  /** Natural logarithm of each token's probability when it was drawn; as many. */
  readonly logprobs: readonly number[];
}

/** The call failed. */
export interface Fault {
  /** One line for the user: what was expected, what was got, from where. Never holds a key. */
  readonly fault: string;
  /**
   * `busy`: too many calls (429); `broken`: may be better next time; `unfit`: these messages are not taken, others
   * may be (400, 413, 422); `wrong`: nothing will be, as with a wrong key or an unknown model (401, 403, 404).
   */
  readonly kind: 'busy' | 'broken' | 'unfit' | 'wrong';
  /** Milliseconds after which the provider said it may be asked again. */
  readonly retryAfter?: number;
}

/** What the calls of a model wait for, beside its answer: nothing of this is in the journal. */
export interface Wait {
  /** In words for the user: a file, a provider's limit. */
  readonly what: string;
  /** When it ends, in milliseconds since 1970; left out where that is not known. */
  readonly until?: number;
}

/** Something that answers prompts: behind a network, a command, a person. Answers one call at a time, never twice. */
export interface Model extends AsyncDisposable {
  /** The spec it was made from, as `openai:gpt-5#effort=high`; never holds a key. */
  readonly name: string;
  /** The most that a call with these messages can cost: no answer may cost more. */
  quote(messages: readonly Message[]): Cost;
  /** Resolves once the provider's limits allow one more call, to a slot that is held until it is disposed. */
  slot(signal: AbortSignal): Promise<Disposable>;
  /**
   * Makes one call, without repeats. `call` names it: in a search that goes the same way again, the same call has the
   * same name. @throws only `signal.reason` when aborted.
   */
  ask(messages: readonly Message[], signal: AbortSignal, call?: string): Promise<Answer>;
  /** What calls and those who want a slot wait for now; left out by a model that never waits for anything but its answer. */
  waits?(): readonly Wait[];
}
