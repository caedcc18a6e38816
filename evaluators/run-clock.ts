/** A clock for wall limits: it stands still while the run's process is stopped, and while its own process was. */
export interface RunClock {
  /** Looks at the time. @param stopped - whether the process of the run is stopped now */
  look(stopped?: boolean): void;
  /** Milliseconds counted up to the last look. */
  readonly elapsed: number;
}

/**
 * Counts no more than `most` milliseconds between two looks: a caller that looks more often than that and finds a longer gap
 * was suspended, and the program with it, as by SIGSTOP or a laptop's lid.
 * @param now - milliseconds by a clock that only goes forward
 */
export function openRunClock(most: number, now: () => number = () => performance.now()): RunClock {
  let last = now();
  let elapsed = 0;
  return {
    look(stopped = false) {
      const at = now();
      if (!stopped) elapsed += Math.min(at - last, most);
      last = at;
    },
    get elapsed() {
      return elapsed;
    },
  };
}
