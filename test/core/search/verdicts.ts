import { armName } from '../../../core/search/arm.ts';
import type { Event } from '../../../core/search/event.ts';
import type { TrialVerdict } from '../../../core/search/outcome.ts';

/** How the trials of each arm ended, counted from the events alone; by the arm's name. */
export function verdictsIn(events: readonly Event[]): ReadonlyMap<string, Record<TrialVerdict, number>> {
  const counts = new Map<string, Record<TrialVerdict, number>>();
  const arms = new Map<number, string>();
  const countsOf = (arm: string): Record<TrialVerdict, number> => {
    const none = { malformed: 0, duplicate: 0, failed: 0, scored: 0, improved: 0, best: 0 };
    const its = counts.get(arm) ?? none;
    counts.set(arm, its);
    return its;
  };
  for (const event of events) {
    if (event.type === 'opened') for (const arm of event.arms) countsOf(armName(arm));
    else if (event.type === 'begun') arms.set(event.trial, armName(event.arm));
    else if (event.type === 'settled') countsOf(arms.get(event.trial)!)[event.verdict] += 1;
  }
  return counts;
}

/** How many trials ended so, over all arms. */
export function verdictCount(events: readonly Event[], verdict: TrialVerdict): number {
  return [...verdictsIn(events).values()].reduce((sum, each) => sum + each[verdict], 0);
}
