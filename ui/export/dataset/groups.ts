import type { TrialSummary } from './mark.ts';
import { keyOf, type TextKind } from './plan.ts';

/** Trials that answered one prompt. */
export interface Group {
  readonly textKind: TextKind;
  readonly key: string;
  readonly summaries: readonly TrialSummary[];
}

/**
 * Trials by prompt, the oldest first: those whose models received the same prompt, verbatim; the rest by their parents,
 * under the synthetic prompt of these.
 */
export function groupsOf(summaries: readonly TrialSummary[]): Group[] {
  const verbatim = by(summaries, 'verbatim').filter((group) => group.summaries.length > 1);
  const grouped = new Set(verbatim.flatMap((group) => group.summaries));
  const synthetic = by(
    summaries.filter((summary) => !grouped.has(summary)),
    'synthetic',
  );
  return [...verbatim, ...synthetic].sort((a, b) => a.summaries[0]!.at - b.summaries[0]!.at);
}

function by(summaries: readonly TrialSummary[], textKind: TextKind): Group[] {
  const groups = new Map<string, TrialSummary[]>();
  for (const summary of summaries) {
    const key = keyOf(summary, textKind);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(summary);
    else groups.set(key, [summary]);
  }
  return Array.from(groups, ([key, members]) => ({ textKind, key, summaries: members }));
}
