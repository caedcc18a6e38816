import { overReason } from './budget.ts';
import type { Components } from './components.ts';
import { reachesTarget } from './final.ts';
import type { State } from './state.ts';

/** Cuts the calls in flight once nothing more may be paid for: the time is up, or the target is reached. */
export class Cutoff implements Disposable {
  readonly #state: State;
  readonly #world: Components;
  #cut = new AbortController();
  #alarm: { readonly minutes: number; readonly off: AbortController } | undefined;

  constructor(state: State, world: Components) {
    this.#state = state;
    this.#world = world;
    this.check();
  }

  /** Aborted while the search is over; another one once a larger budget has opened it again. */
  get signal(): AbortSignal {
    return this.#cut.signal;
  }

  /** To be called after each event: it may have reached the target, or changed a budget. */
  check(): void {
    if (this.#world.models.size === 0) return;
    const reached = reachesTarget(this.#state, this.#world.problem);
    const because = overReason(this.#state, this.#world, reached);
    if (because && !this.#cut.signal.aborted) this.#cut.abort(new Error(`the search is over: ${because}`));
    if (!because && this.#cut.signal.aborted) this.#cut = new AbortController();
    this.#arm();
  }

  [Symbol.dispose](): void {
    this.#alarm?.off.abort();
    this.#alarm = undefined;
  }

  /** Sets the alarm for the end of the time, where it is not set. */
  #arm(): void {
    const { minutes } = this.#state.settings;
    const ends = !this.#cut.signal.aborted && minutes !== null;
    if (this.#alarm && (!ends || this.#alarm.minutes !== minutes)) this[Symbol.dispose]();
    if (this.#alarm || !ends) return;
    const alarm = { minutes, off: new AbortController() };
    this.#alarm = alarm;
    const start = this.#world.elapsed();
    // A day at a time, for timers hold no more than 24 days.
    const left = Math.min(Math.max(0, minutes * 60_000 - start), 24 * 3_600_000);
    this.#world.sleep(left, alarm.off.signal).then(
      () => {
        if (this.#alarm !== alarm) return;
        this.#alarm = undefined;
        // Where the clock stood still meanwhile, the next event sets the alarm again.
        if (this.#world.elapsed() > start) this.check();
      },
      () => {},
    );
  }
}
