import type { Source } from '../../../core/search/program.ts';
import type { Form } from '../../../core/text/patch/patch.ts';
import type { TrialRecord } from './account.ts';
import type { Caps, FindNear } from './diverse.ts';
import type { TrialSummary } from './mark.ts';
import type { FilterLog, Plan } from './plan.ts';
import type { View, Views } from './views.ts';

/** The filters of a choice among trials. */
export interface Choosing {
  readonly near: FindNear;
  readonly caps: Caps;
  readonly into: FilterLog;
}

/** A trial of a plan with its texts. */
export interface RenderedTrial {
  readonly summary: TrialSummary;
  readonly record: TrialRecord;
  readonly views: Views;
}

/** The position of a row. */
interface RowPosition {
  readonly split: 'train' | 'test';
  /** Index of the row in its file, from 0. */
  readonly index: number;
}

/** A row and its provenance, against which `--verify` checks it. */
export interface Example {
  readonly row: object;
  readonly provenance: Provenance;
}

/** The claims of a row: each of its answers, applied to the base, gives a program with the recorded score. */
export interface Provenance {
  readonly form: Form;
  readonly base: Source;
  /**
   * One for each answer in the row, in order. `score`: null for a program that failed, absent for one that was not run.
   * `cpuMs`: its measured processor time, where a preference between equal scores rests on it.
   */
  readonly answers: readonly {
    readonly id: string;
    readonly score?: number | null;
    readonly cpuMs?: number;
  }[];
}

/** A kind of data set: which trials it takes, how they form examples, and the shape of its rows. Pure. */
export interface Kind {
  readonly name: string;
  /** Its contents and its readers, for the help text. */
  readonly what: string;
  /** The trials that it takes, in words. */
  readonly takes: string;
  /** Whether programs are compared beyond their canonical form: near-duplicates and shapes. */
  readonly compares: boolean;
  accepts(record: TrialRecord): boolean;
  plans(summaries: readonly TrialSummary[], choosing: Choosing): Plan[];
  /** The rows of an example, from `place` on; none where its text cannot be built. */
  rows(plan: Plan, rendered: readonly RenderedTrial[], place: RowPosition): readonly Example[];
}

/** The text of a trial that a plan uses. @throws TypeError for a missing text, which is a bug of the export. */
export function viewOf({ views, record }: RenderedTrial, { textKind }: Pick<Plan, 'textKind'>): View {
  const view = views[textKind];
  if (!view)
    throw new TypeError(`Expected trial ${record.trial} to have a text, got none that is ${textKind}`);
  return view;
}

/** An example of the answers of some trials to one prompt. */
export function exampleOf(row: object, plan: Plan, rendered: readonly RenderedTrial[]): Example {
  const { form, base } = viewOf(rendered[0]!, plan);
  const answers = rendered.map((each) => ({
    id: each.summary.id,
    ...(wasRun(each.summary) ? { score: each.summary.score ?? null } : {}),
  }));
  return { row, provenance: { form, base, answers } };
}

/** An example that prefers the first of two answers; for equal scores its provenance holds the processor times. */
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

/** A completion: one turn of the model. */
export function assistantTurn(
  content: string,
): readonly { readonly role: 'assistant'; readonly content: string }[] {
  return [{ role: 'assistant', content }];
}
