import { languageNamed } from '../../../core/languages/registry.ts';
import type { Source } from '../../../core/search/program.ts';
import { answerName, exchangeName, type TrialRecord } from './account.ts';
import type { Kind } from './kind.ts';
import { type TrialSummary, trialSummary } from './mark.ts';
import type { Reserved } from './overlap.ts';
import { type FilterLog, filterLog } from './plan.ts';
import { isPrivate } from './private.ts';
import { type View, type Views, viewsOf } from './views.ts';

/** The result of the first reading of all journals. */
export interface Collected {
  readonly summaries: readonly TrialSummary[];
  /** The first parent of every trial's program. */
  readonly parents: ReadonlyMap<string, string>;
  /** Number of trials read. */
  readonly trials: number;
  readonly into: FilterLog;
}

/** Takes trials one by one and keeps a summary of each. */
export interface Collector extends Collected {
  take(record: TrialRecord): void;
}

/** A collector for a kind; `apart`: the texts that no example may overlap with. */
export function collector(kind: Kind, apart: Reserved): Collector {
  const summaries: TrialSummary[] = [];
  const parents = new Map<string, string>();
  const into = filterLog();
  let trials = 0;
  const isSafe = safe();
  const isOpen = onceAPrompt((text) => !isPrivate(text));
  const isApart = onceAPrompt((text) => !apart.meets(text));
  const drop = (filter: string, takes: string, one: boolean): void =>
    into.count(filter, 'trials', takes, one ? 1 : 0);
  return {
    summaries,
    parents,
    into,
    get trials() {
      return trials;
    },
    take(record) {
      trials += 1;
      const { origin, source } = record;
      if (source) parents.set(answerName(record), exchangeName(origin, record.parents[0]!.id));
      const accepted = kind.accepts(record);
      drop('kind', `not such as ${kind.takes}`, !accepted);
      if (!accepted) return;
      const all = viewsOf(record);
      const unstated = !all.verbatim && !all.synthetic;
      drop('untold', 'has no text that makes exactly its program', unstated);
      if (unstated) return;
      const open = isSafe(record) ? only(all, isOpen) : {};
      const hidden = !open.verbatim && !open.synthetic;
      drop('private', 'holds something like a key, or an absolute path', hidden);
      if (hidden) return;
      const clean = only(open, isApart);
      const overlaps = !clean.verbatim && !clean.synthetic;
      drop(
        'contaminated',
        'shares 13 words in a row with a held-out case or a text to keep apart from',
        overlaps,
      );
      if (!overlaps)
        summaries.push(trialSummary(record, clean, summaries.length, knownOf(record, kind.compares)));
    },
  };
}

/** Whether neither the programs of a record nor their feedback is private; each parent is checked once. */
function safe(): (record: TrialRecord) => boolean {
  const known = new Map<string, boolean>();
  const isOpen = (source: Source): boolean => !Object.values(source).some(isPrivate);
  return ({ origin, parents, source, attempt, note, why, outcome }) => {
    const texts = [note, why ?? '', outcome?.feedback ?? '', attempt?.feedback ?? ''];
    if (texts.some(isPrivate) || (source && !isOpen(source)) || (attempt?.source && !isOpen(attempt.source)))
      return false;
    return parents.every(({ id, source: text, outcome: { feedback } }) => {
      const name = exchangeName(origin, id);
      const fits = known.get(name) ?? (isOpen(text) && !isPrivate(feedback));
      known.set(name, fits);
      return fits;
    });
  };
}

/** Whether prompt and completion of a view pass; a prompt, which many trials share, is checked once. */
function onceAPrompt(passes: (text: string) => boolean): (view: View) => boolean {
  const known = new Map<string, boolean>();
  return ({ key, prompt, completion }) => {
    const before = known.get(key);
    const fits = before ?? prompt.every(({ content }) => passes(content));
    if (before === undefined) known.set(key, fits);
    return fits && passes(completion);
  };
}

function only({ verbatim, synthetic }: Views, passes: (view: View) => boolean): Views {
  return {
    ...(verbatim && passes(verbatim) ? { verbatim } : {}),
    ...(synthetic && passes(synthetic) ? { synthetic } : {}),
  };
}

/** The keys by which a trial's program is compared. */
function knownOf(record: TrialRecord, compares: boolean): Pick<TrialSummary, 'form' | 'sketch'> {
  const { source, origin } = record;
  if (!source || !compares) return {};
  const language = languageNamed(origin.problem.language);
  const hashed = record.canonical === undefined ? language.canonical(source) : { hash: record.canonical };
  const known = record.sketch ?? language.sketch(source);
  return {
    form: 'hash' in hashed ? hashed.hash : JSON.stringify(source),
    ...(known === undefined ? {} : { sketch: known }),
  };
}
