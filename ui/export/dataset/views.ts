import { languageNamed } from '../../../core/languages/registry.ts';
import { answer } from '../../../core/prompts/answer.ts';
import { bareTask } from '../../../core/prompts/bare.ts';
import { asking, formOf } from '../../../core/prompts/operators.ts';
import type { Message } from '../../../core/search/model.ts';
import type { Source } from '../../../core/search/program.ts';
import type { Form } from '../../../core/text/patch/patch.ts';
import { exchangeName, type TrialRecord } from './account.ts';

/** A turn as trainers read it. */
export interface ChatTurn {
  readonly role: Message['role'];
  readonly content: string;
}

/** A trial as text: what was asked, and what was answered. */
export interface View {
  /** Trials with the same key have the same prompt. */
  readonly key: string;
  readonly prompt: readonly ChatTurn[];
  readonly completion: string;
  /** How the completion states its change, and of which program. */
  readonly form: Form;
  readonly base: Source;
}

/** The two texts that a trial may have. */
export interface Views {
  /** The prompt that its model was sent, and the model's own words. */
  readonly verbatim?: View;
  /** The prompt of its parents with nothing besides, and its child as the edit that makes it: the same for every arm. */
  readonly synthetic?: View;
}

/** A trial as text, in each way that it has one. */
export function viewsOf(record: TrialRecord): Views {
  const verbatim = verbatimView(record);
  const synthetic = syntheticView(record);
  return { ...(verbatim ? { verbatim } : {}), ...(synthetic ? { synthetic } : {}) };
}

/** Messages as trainers read them. */
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

/** A note without what only a judge could tell: `tune: score 1 becomes 2` is `tune`. */
export function plainNote(note: string): string {
  return note.replace(/[:,] score \S+ becomes \S+$/, '');
}

/** What the operator `diff`, or `cross` where there are two parents, asks of a model that knows of nothing else. */
function syntheticPrompt({ origin, parents }: Pick<TrialRecord, 'origin' | 'parents'>): ChatTurn[] {
  const [operator] = asking('any', [parents.length > 1 ? 'cross' : 'diff']);
  const { value } = operator!
    .propose(bareTask(origin.problem, languageNamed(origin.problem.language), parents, origin.settings))
    .next();
  return 'ask' in value ? chat(value.ask) : [];
}
