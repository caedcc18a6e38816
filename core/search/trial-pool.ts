import type { Fact } from './event.ts';

/** A trial that has found out all it wanted to know. */
export interface FinishedTrial<R> {
  readonly trial: number;
  /** Facts that were held back for its turn; empty where they were recorded as they came. */
  readonly facts: readonly Fact[];
  readonly result: R;
}

/**
 * What a trial yields: a fact, or a decision that becomes one in the tick in which it is recorded, so that no two
 * trials decide on the same moment; undefined for a decision against it. The trial receives what was recorded.
 */
export type TrialYield = Fact | (() => Fact | undefined);

/**
 * Running trials, and the order in which they finish. `strict`: by number, facts held
 * back until the trial's turn, so that what is recorded does not depend on who was quicker, but for those about
 * money, which cannot wait. `arrival`: facts at once, ends as they come.
 */
export class TrialPool<R> {
  readonly #order: 'strict' | 'arrival';
  readonly #record: (fact: Fact) => Promise<void>;
  readonly #leaving: AbortSignal | undefined;
  readonly #running = new Set<Promise<void>>();
  /** Numbers of running trials, oldest first. */
  readonly #open = new Set<number>();
  readonly #finished = new Map<number, FinishedTrial<R>>();
  #failure: { readonly error: unknown } | undefined;
  #nudged = false;
  #wake: () => void = () => {};

  /** A trial that throws the reason of `leaving` has not failed: it stays open, for a later session to go on with. */
  constructor(order: 'strict' | 'arrival', record: (fact: Fact) => Promise<void>, leaving?: AbortSignal) {
    this.#order = order;
    this.#record = record;
    this.#leaving = leaving;
  }

  /** Trials that run or wait for their turn. */
  get size(): number {
    return this.#open.size;
  }

  has(trial: number): boolean {
    return this.#open.has(trial);
  }

  /** Whether no trial will come to its end any more: none is open, or those that are have left or wait behind one that has. */
  get drained(): boolean {
    return this.#running.size === 0 && this.#due() === undefined;
  }

  /** Wakes the caller that waits for the next trial. */
  wake(): void {
    this.#nudged = true;
    this.#wake();
  }

  /** Sets a trial going. */
  start(trial: number, work: AsyncGenerator<TrialYield, R, Fact | undefined>): void {
    this.#open.add(trial);
    const running = this.#run(trial, work)
      .then(
        (finished) => void this.#finished.set(trial, finished),
        (error) => {
          if (this.#leaving?.aborted && error === this.#leaving.reason) return;
          this.#failure ??= { error };
        },
      )
      .finally(() => {
        this.#running.delete(running);
        this.#wake();
      });
    this.#running.add(running);
  }

  /** Resolves once no trial finds out anything more, whatever came of it. */
  async idle(): Promise<void> {
    await Promise.all(this.#running);
  }

  /**
   * The next trial at its end, once there is one; undefined after a nudge, or where the last that ran has left.
   * Rejects with what made a trial fail.
   */
  async next(): Promise<FinishedTrial<R> | undefined> {
    for (;;) {
      if (this.#failure) throw this.#failure.error;
      const finished = this.#due();
      if (finished) {
        this.#finished.delete(finished.trial);
        this.#open.delete(finished.trial);
        return finished;
      }
      if (this.#nudged || (this.size > 0 && this.drained)) {
        this.#nudged = false;
        return undefined;
      }
      await new Promise<void>((wake) => {
        this.#wake = wake;
      });
    }
  }

  #due(): FinishedTrial<R> | undefined {
    const [due] = this.#order === 'strict' ? this.#open : this.#finished.keys();
    return due === undefined ? undefined : this.#finished.get(due);
  }

  async #run(
    trial: number,
    work: AsyncGenerator<TrialYield, R, Fact | undefined>,
  ): Promise<FinishedTrial<R>> {
    const held: Fact[] = [];
    let fact: Fact | undefined;
    for (;;) {
      const turn = await work.next(fact);
      if (turn.done) return { trial, facts: held, result: turn.value };
      fact = typeof turn.value === 'function' ? turn.value() : turn.value;
      if (!fact) continue;
      held.push(fact);
      if (this.#order === 'strict' && fact.type !== 'asked' && fact.type !== 'answered') continue;
      await Promise.all(held.splice(0).map((each) => this.#record(each)));
    }
  }
}
