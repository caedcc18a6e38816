/** How many calls a provider takes. */
export interface Limit {
  /** At a time. */
  readonly calls: number;
  /** A minute. */
  readonly rpm?: number;
}

/** The queue before a provider: first come, first served. */
export interface Gate {
  /** Resolves once one more call may be made, to a slot that is held until it is disposed. */
  slot(signal: AbortSignal): Promise<Disposable>;
  /** Lets nobody through for so many milliseconds: the provider said that it is busy. */
  pause(milliseconds: number): void;
}

/** One who waits. */
interface Waiting {
  go(): void;
}

/** A gate that keeps to a limit. */
export function openGate({ calls, rpm = Number.POSITIVE_INFINITY }: Limit): Gate {
  const waiting = new Set<Waiting>();
  /** When the calls of the last minute were let through. */
  let passed: number[] = [];
  let held = 0;
  let closedUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  const opensAt = (now: number): number => {
    passed = passed.filter((time) => now - time < 60_000);
    const full = passed.length >= rpm ? passed[passed.length - rpm]! + 60_000 : 0;
    return Math.max(closedUntil, full);
  };
  const admit = (): void => {
    for (const each of waiting) {
      if (held >= calls) return;
      const now = performance.now();
      const wait = opensAt(now) - now;
      if (wait > 0) {
        clearTimeout(timer);
        timer = setTimeout(admit, wait);
        return;
      }
      waiting.delete(each);
      held += 1;
      passed.push(now);
      each.go();
    }
  };
  const leave = (): void => {
    held -= 1;
    admit();
  };

  return {
    slot(signal) {
      const { promise, resolve, reject } = Promise.withResolvers<Disposable>();
      const abort = (): void => {
        waiting.delete(each);
        reject(signal.reason);
      };
      const each: Waiting = {
        go() {
          signal.removeEventListener('abort', abort);
          let left = false;
          resolve({
            [Symbol.dispose]() {
              if (!left) leave();
              left = true;
            },
          });
        },
      };
      if (signal.aborted) reject(signal.reason);
      else {
        signal.addEventListener('abort', abort, { once: true });
        waiting.add(each);
        admit();
      }
      return promise;
    },
    pause(milliseconds) {
      closedUntil = Math.max(closedUntil, performance.now() + milliseconds);
    },
  };
}
