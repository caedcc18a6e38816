import { languageNamed } from '../../../core/languages/registry.ts';
import { answer } from '../../../core/prompts/answer.ts';
import { bareTask } from '../../../core/prompts/bare.ts';
import { asking, formOf } from '../../../core/prompts/operators.ts';
import type { Message } from '../../../core/search/model.ts';
import type { Source } from '../../../core/search/program.ts';
import type { Form } from '../../../core/text/patch/patch.ts';
import { exchangeName, type TrialRecord } from './account.ts';

/** A turn in the form that trainers read. */
export interface ChatTurn {
  readonly role: Message['role'];
  readonly content: string;
}

/** A trial as text: a prompt and a completion. */
export interface View {
  /** Trials with the same key have the same prompt. */
  readonly key: string;
  readonly prompt: readonly ChatTurn[];
  readonly completion: string;
  /** The form of the change in the completion, and the program that it changes. */
  readonly form: Form;
  readonly base: Source;
}

/** The texts of a trial. */
export interface Views {
  /** The prompt that its model received, and the model's answer. */
  readonly verbatim?: View;
  /** The prompt of its parents without other context, and its child as an edit; the same prompt for every arm. */
  readonly synthetic?: View;
}

/** The texts of a trial that exist. */
export function viewsOf(record: TrialRecord): Views {
  const verbatim = verbatimView(record);
  const synthetic = syntheticView(record);
  return { ...(verbatim ? { verbatim } : {}), ...(synthetic ? { synthetic } : {}) };
}

/** Messages in the form that trainers read. */
export function chat(messages: readonly Message[]): ChatTurn[] {
  return messages.map(({ role, text }) => ({ role, content: text }));
}

function verbatimView({ exchange, arm, attempt, parents }: TrialRecord): View | undefined {
  if (!exchange) return undefined;
  return {
    key: exchange.hash,
    prompt: chat(exchange.messages),
    completion: exchange.text,
    form: formOf(arm.operator) ?? 'diff',
    base: attempt?.source ?? parents[0]!.source,
  };
}

function syntheticView(record: TrialRecord): View | undefined {
  const { origin, parents, source, note } = record;
  if (!source) return undefined;
  const form = parents.length > 1 ? 'whole' : 'diff';
  const base = parents[0]!.source;
  const completion = answer(form, base, source, plainNote(note), languageNamed(origin.problem.language));
  if (completion === undefined) return undefined;
  const key = parents.map(({ id }) => exchangeName(origin, id)).join('+');
  return { key, prompt: syntheticPrompt(record), completion, form, base };
}

/** A note without scores, which only the judge knows: `tune: score 1 becomes 2` becomes `tune`. */
export function plainNote(note: string): string {
  return note.replace(/[:,] score \S+ becomes \S+$/, '');
}

/** The prompt of the operator `diff`, or `cross` for two parents, without other context. */
function syntheticPrompt({ origin, parents }: Pick<TrialRecord, 'origin' | 'parents'>): ChatTurn[] {
  const [operator] = asking('any', [parents.length > 1 ? 'cross' : 'diff']);
  const { value } = operator!
    .propose(bareTask(origin.problem, languageNamed(origin.problem.language), parents, origin.settings))
    .next();
  return 'ask' in value ? chat(value.ask) : [];
}
