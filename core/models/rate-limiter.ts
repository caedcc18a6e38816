import type { Wait } from '../search/model.ts';

/** The limits of one model. */
export interface RateLimits {
  /** Most calls in flight. */
  readonly calls: number;
  /** Most calls started within a minute. */
  readonly rpm?: number;
}

const minute = 60_000;
const gates = new Map<string, RateLimiter>();

/** The limiter of a model's provider, which all models with the same `place` share while they are open. */
export function joinLimiter(place: string, limits: RateLimits): LimiterMember {
  const gate = gates.get(place) ?? new RateLimiter();
  gates.set(place, gate);
  gate.members.add(limits);
  return {
    slot: (signal) => gate.slot(signal),
    pause: (milliseconds) => gate.pause(milliseconds),
    waits: () => gate.waits(),
    [Symbol.dispose]() {
      gate.members.delete(limits);
      if (gate.members.size === 0 && gates.get(place) === gate) gates.delete(place);
    },
  };
}

/** The queue of a model's calls; dispose of it with the model. */
export interface LimiterMember extends Disposable {
  /** Resolves in the order of the calls, to a slot that is held until it is disposed. @throws `signal.reason`. */
  slot(signal: AbortSignal): Promise<Disposable>;
  /** Starts no call for the given milliseconds. */
  pause(milliseconds: number): void;
  /** The wait of callers without a slot, where they wait for the clock. */
  waits(): readonly Wait[];
}

/**
 * First come, first served, within the narrowest limits of all models that share it. By hand: these change with each
 * model that is opened or closed, while p-queue (9.3) fixes its `intervalCap` at construction and cannot report until
 * when it waits, and bottleneck (2.19) has no AbortSignal.
 */
class RateLimiter {
  readonly members = new Set<RateLimits>();
  readonly #queue: (() => void)[] = [];
  /** Start times of the calls of the last minute, oldest first. */
  #begun: number[] = [];
  #open = 0;
  #closedUntil = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Time of the next call in milliseconds since 1970, and whether the provider demanded it; undefined while a call may start now. */
  #opens: { readonly at: number; readonly paused: boolean } | undefined;

  slot(signal: AbortSignal): Promise<Disposable> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = () => {
        this.#queue.splice(this.#queue.indexOf(pass), 1);
        reject(signal.reason);
        this.#serve();
      };
      const pass = () => {
        signal.removeEventListener('abort', leave);
        resolve(this.#take());
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#queue.push(pass);
      this.#serve();
    });
  }

  pause(milliseconds: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, performance.now() + milliseconds);
    this.#serve();
  }

  waits(): readonly Wait[] {
    if (this.#queue.length === 0 || this.#opens === undefined) return [];
    const what = this.#opens.paused ? 'the provider, which is busy' : 'the limit of calls in a minute';
    return [{ what, until: this.#opens.at }];
  }

  #take(): Disposable {
    this.#open++;
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (!held) return;
        held = false;
        this.#open--;
        this.#serve();
      },
    };
  }

  #serve(): void {
    clearTimeout(this.#timer);
    this.#opens = undefined;
    const calls = Math.min(...Array.from(this.members, (limits) => limits.calls));
    const rpm = Math.min(...Array.from(this.members, (limits) => limits.rpm ?? Number.POSITIVE_INFINITY));
    while (this.#queue.length > 0 && this.#open < calls) {
      const { wait, paused } = this.#wait(rpm);
      if (wait > 0) {
        this.#opens = { at: Date.now() + wait, paused };
        // A timer may fire a little early, and holds no more than 31 bits.
        this.#timer = setTimeout(() => this.#serve(), Math.min(Math.ceil(wait) + 1, 2 ** 31 - 1));
        return;
      }
      if (rpm < Number.POSITIVE_INFINITY) this.#begun.push(performance.now());
      this.#queue.shift()!();
    }
  }

  /** Milliseconds until the clock allows a call, at most 0 if it does now, and whether the provider demanded the wait. */
  #wait(rpm: number): { readonly wait: number; readonly paused: boolean } {
    const now = performance.now();
    this.#begun = this.#begun.filter((at) => at > now - minute);
    const full = this.#begun.length >= rpm ? this.#begun.at(-rpm)! + minute : 0;
    return { wait: Math.max(this.#closedUntil, full) - now, paused: this.#closedUntil >= full };
  }
}
