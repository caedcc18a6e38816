import type { Source } from '../../../core/search/program.ts';
import type { Form } from '../../../core/text/patch/patch.ts';
import type { TrialRecord } from './account.ts';
import type { Caps, FindNear } from './diverse.ts';
import type { TrialSummary } from './mark.ts';
import type { FilterLog, Plan } from './plan.ts';
import type { View, Views } from './views.ts';

/** What choosing among trials goes by, besides the trials. */
export interface Choosing {
  readonly near: FindNear;
  readonly caps: Caps;
  readonly into: FilterLog;
}

/** A trial of a plan with its text. */
export interface RenderedTrial {
  readonly summary: TrialSummary;
  readonly record: TrialRecord;
  readonly views: Views;
}

/** Where a row stands. */
interface RowPosition {
  readonly split: 'train' | 'test';
  /** Of the row in its file, from 0. */
  readonly index: number;
}

/** A row, and what it claims: each of its answers, applied to the base, makes a program that fares as is told. */
export interface Example {
  readonly row: object;
  readonly provenance: Provenance;
}

/** What a row can be held to. */
export interface Provenance {
  readonly form: Form;
  readonly base: Source;
  /**
   * One for each answer in the row, in order. `score`: null for a program that fails, left out for one that was not run.
   * `cpuMs`: the processor time that it was measured to need, where a preference among equal scores rests on it.
   */
  readonly answers: readonly {
    readonly id: string;
    readonly score?: number | null;
    readonly cpuMs?: number;
  }[];
}

/** A kind of data set: which trials it is made of, how they go together, and the shape of its rows. Pure. */
export interface Kind {
  readonly name: string;
  /** For the help text: what it is and who reads it. */
  readonly what: string;
  /** What the trials are that it takes, in words. */
  readonly takes: string;
  /** Whether programs are compared beyond their canonical form: near-duplicates and shapes. */
  readonly compares: boolean;
  accepts(record: TrialRecord): boolean;
  plans(summaries: readonly TrialSummary[], choosing: Choosing): Plan[];
  /** The rows of an example, one after another from `place` on; none where its text cannot be made after all. */
  rows(plan: Plan, rendered: readonly RenderedTrial[], place: RowPosition): readonly Example[];
}

/** The text of a trial as a plan tells it. @throws TypeError for a plan of a text that is not there. */
export function viewOf({ views, record }: RenderedTrial, { textKind }: Pick<Plan, 'textKind'>): View {
  const view = views[textKind];
  if (!view)
    throw new TypeError(`Expected trial ${record.trial} to have a text, got none that is ${textKind}`);
  return view;
}

/** A row of the answers that several trials gave to one prompt. */
export function exampleOf(row: object, plan: Plan, rendered: readonly RenderedTrial[]): Example {
  const { form, base } = viewOf(rendered[0]!, plan);
  const answers = rendered.map((each) => ({
    id: each.summary.id,
    ...(wasRun(each.summary) ? { score: each.summary.score ?? null } : {}),
  }));
  return { row, provenance: { form, base, answers } };
}

/** A row that prefers the first of two answers; among equal scores its provenance holds the processor times. */
export function preferenceOf(row: object, plan: Plan, rendered: readonly RenderedTrial[]): Example {
  const { provenance } = exampleOf(row, plan, rendered);
  const summaries = rendered.map(({ summary }) => summary);
  if (summaries[0]!.score === undefined || summaries[0]!.score !== summaries[1]!.score)
    return { row, provenance };
  const answers = provenance.answers.map((each, i) => ({ ...each, cpuMs: summaries[i]!.cpuMs! }));
  return { row, provenance: { ...provenance, answers } };
}

function wasRun({ tier }: TrialSummary): boolean {
  return tier !== 'unparsable' && tier !== 'unchanged';
}

/** One turn of a model's. */
export function assistantTurn(
  content: string,
): readonly { readonly role: 'assistant'; readonly content: string }[] {
  return [{ role: 'assistant', content }];
}
