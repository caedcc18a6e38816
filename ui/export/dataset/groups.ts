import type { TrialSummary } from './mark.ts';
import { keyOf, type Told } from './plan.ts';

/** Trials that answered one prompt. */
export interface Group {
  readonly told: Told;
  readonly key: string;
  readonly marks: readonly TrialSummary[];
}

/**
 * Trials by prompt, the oldest first: those whose model was sent the very same prompt as another's; the rest by their
 * parents, told by the prompt that these have with nothing besides.
 */
export function groupsOf(marks: readonly TrialSummary[]): Group[] {
  const asked = by(marks, 'asked').filter((group) => group.marks.length > 1);
  const told = new Set(asked.flatMap((group) => group.marks));
  const standing = by(
    marks.filter((mark) => !told.has(mark)),
    'standing',
  );
  return [...asked, ...standing].sort((a, b) => a.marks[0]!.at - b.marks[0]!.at);
}

function by(marks: readonly TrialSummary[], told: Told): Group[] {
  const groups = new Map<string, TrialSummary[]>();
  for (const mark of marks) {
    const key = keyOf(mark, told);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(mark);
    else groups.set(key, [mark]);
  }
  return Array.from(groups, ([key, members]) => ({ told, key, marks: members }));
}
