import type { Event } from '../core/event.ts';
import type { State } from '../core/state.ts';

/** The best score once so many evaluations were used. */
export interface Height {
  readonly evaluations: number;
  readonly score: number;
}

/** How the best score rose: first the best seed, then each program that was better than all before. */
export interface Climb {
  /** To be told of every event, and the state after it; cheap for those that change nothing. */
  note(event: Event, state: State): void;
  readonly heights: readonly Height[];
}

/** A record that keeps `most` heights: of more, those go that a logarithmic axis misses least. */
export function openClimb(most = 500): Climb {
  const heights: Height[] = [];
  return {
    note(event, { evaluations, best }) {
      if (event.type !== 'opened' && !(event.type === 'settled' && event.verdict === 'best')) return;
      const { score } = best.outcome;
      // Also a program that is only smaller is the best.
      if (heights.at(-1)?.score === score) return;
      heights.push({ evaluations, score });
      if (heights.length > most) heights.splice(leastMissed(heights), 1);
    },
    heights,
  };
}

/** Place of the height, neither first nor last, whose neighbours are closest to each other. */
function leastMissed(heights: readonly Height[]): number {
  let place = 1;
  let smallest = Infinity;
  for (let i = 1; i < heights.length - 1; i++) {
    const gap = heights[i + 1]!.evaluations / heights[i - 1]!.evaluations;
    if (gap < smallest) {
      smallest = gap;
      place = i;
    }
  }
  return place;
}
