import type { Components } from '../../core/search/components.ts';

/** The clock of a search that ran for `before` milliseconds in earlier sessions; pauses do not count. */
export function openClock(before: number): Pick<Components, 'elapsed' | 'stopClock'> {
  let start = performance.now() - before;
  let stopped: number | undefined;
  return {
    elapsed: () => (stopped ?? performance.now()) - start,
    stopClock() {
      const since = performance.now();
      stopped = since;
      return {
        [Symbol.dispose]() {
          stopped = undefined;
          start += performance.now() - since;
        },
      };
    },
  };
}
