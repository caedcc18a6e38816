import { type Arm, seedArm } from '../../core/search/arm.ts';
import { JournalError } from '../../core/search/errors.ts';
import type { Begun, Event, Migrated, Opened, Rescored, Settled } from '../../core/search/event.ts';
import type { Outcome, Scored } from '../../core/search/outcome.ts';
import type { ProgramId, Source } from '../../core/search/program.ts';
import { withoutThoughts } from '../../core/search/thoughts.ts';
import type { Facts } from '../facts/facts.ts';
import { applyToFacts as noteFacts } from '../facts/fold.ts';
import { openFacts } from '../facts/open.ts';
import { type ArmUsage, openArmUsage } from './arm-usage.ts';
import { type IslandHistory, openIslandHistory } from './island-history.ts';

/** The history of a run for a report: its facts, and data that grows with the run and therefore is not in the facts. */
export interface RunHistory {
  readonly facts: Facts;
  readonly pulls: ArmUsage;
  readonly islandHistory: IslandHistory;
  /** Every program that could become a parent, but for its text. */
  readonly programs: ReadonlyMap<ProgramId, ProgramRecord>;
  readonly baseline: FullProgram;
  readonly best: FullProgram;
  /** Lessons of models from earlier trials, newest last: the last 10. */
  readonly lessons: readonly { readonly trial: number; readonly text: string }[];
  /** How programs that failed did so, and how often. */
  readonly failures: ReadonlyMap<Outcome['status'], number>;
}

/** How a program came to be. */
export interface ProgramRecord {
  readonly id: ProgramId;
  /** `seedArm` for a seed. */
  readonly arm: Arm;
  readonly score: number;
  readonly parents: readonly ProgramId[];
  /** What was changed, as its operator put it; its beginning. */
  readonly note: string;
  /** Evaluations used once it had settled. */
  readonly evaluations: number;
}

/** A program with its text and what became of it. */
export interface FullProgram {
  readonly id: ProgramId;
  readonly source: Source;
  readonly outcome: Scored;
}

/** A running trial. */
interface Underway extends Pick<Begun, 'island' | 'arm' | 'parents'> {
  source?: Source;
  note?: string;
  outcome?: Outcome;
  asks?: string;
  lesson?: string;
}

const lessonsKept = 10;
/** Programs that are kept with their text before those that live nowhere are forgotten. */
const wholesKept = 2000;
/** Characters of a note that are kept. */
const noteLength = 300;

/**
 * One pass over the events of a run; undefined for a run whose seeds were not scored yet.
 * @throws JournalError for a journal that does not begin as one must.
 */
export async function readRunHistory(events: AsyncIterable<Event>): Promise<RunHistory | undefined> {
  let book: Book | undefined;
  for await (const event of events) {
    if (event.type === 'opened') book = openBook(event);
    else if (book) book.note(event);
    else throw new JournalError(`Expected a journal to begin with \`opened\`, got \`${event.type}\``);
  }
  return book?.history();
}

interface Book {
  note(event: Exclude<Event, Opened>): void;
  history(): RunHistory;
}

/** One idea: a fold over a run's events; its parts share the programs and the best one. */
function openBook(opened: Opened): Book {
  const facts = openFacts(opened);
  const programs = new Map<ProgramId, ProgramRecord>();
  const pending = new Map<number, Underway>();
  const lessons: { trial: number; text: string }[] = [];
  const failures = new Map<Outcome['status'], number>();
  const pulls = openArmUsage(opened.arms);
  const islandHistory = openIslandHistory(opened);
  const wholes = new Map<ProgramId, FullProgram>();
  for (const { id, source, outcome } of opened.seeds) {
    if (outcome.status !== 'scored') continue;
    wholes.set(id, { id, source, outcome });
    const { score } = outcome;
    programs.set(id, { id, arm: seedArm, score, parents: [], note: '', evaluations: opened.seeds.length });
  }
  let baseline = wholes.get(facts.baseline.id)!;
  let best = wholes.get(facts.chosen?.entry.id ?? facts.best.id)!;
  let finalist: FullProgram | undefined;

  const settled = (event: Settled): void => {
    const { trial, verdict, admission, finalist: isFinalist } = event;
    const { island, arm, parents, source, note = '', outcome, lesson } = pending.get(trial)!;
    pending.delete(trial);
    const { evaluations } = facts.counts;
    pulls.add(arm);
    if (lesson !== undefined) keep(lessons, { trial, text: lesson });
    if (outcome && outcome.status !== 'scored')
      failures.set(outcome.status, (failures.get(outcome.status) ?? 0) + 1);
    if (outcome?.status !== 'scored' || !source) return;
    const { score } = outcome;
    const id = `trial-${trial}`;
    if (admission.admitted || verdict === 'best' || finalist) {
      programs.set(id, { id, arm, score, parents, note: note.slice(0, noteLength), evaluations });
    }
    if (admission.admitted) {
      wholes.set(id, { id, source, outcome });
      if (wholes.size > wholesKept) forget(wholes, facts);
    }
    if (admission.admitted) islandHistory.admit(island, { id, score }, admission.removes, evaluations);
    if (isFinalist) finalist = { id, source, outcome };
    else if (verdict === 'best') best = { id, source, outcome };
  };
  const rescored = ({ outcomes }: Rescored): void => {
    for (const { program, outcome } of outcomes) {
      const [whole, born] = [wholes.get(program), programs.get(program)];
      if (outcome.status !== 'scored') continue;
      if (whole) wholes.set(program, { ...whole, outcome });
      if (born) programs.set(program, { ...born, score: outcome.score });
    }
    baseline = wholes.get(facts.baseline.id)!;
    best = wholes.get(facts.chosen?.entry.id ?? facts.best.id) ?? best;
    islandHistory.rescore(
      facts.islands.map(({ residents }) => residents),
      facts.counts.evaluations,
    );
  };
  const migrated = (event: Migrated): void => islandHistory.migrate(event, facts.counts.evaluations);

  return {
    note(event) {
      noteFacts(facts, event);
      if (event.type === 'begun') {
        const { trial, island, arm, parents } = event;
        pending.set(trial, { island, arm, parents });
      } else if (event.type === 'settled') settled(event);
      else if (event.type === 'validated') {
        if (facts.chosen!.entry.id === finalist!.id) best = finalist!;
      } else if (event.type === 'migrated') migrated(event);
      else if (event.type === 'rescored') rescored(event);
      else if ('trial' in event) advance(pending.get(event.trial)!, event);
    },
    history: () => ({ facts, pulls, islandHistory, programs, baseline, best, lessons, failures }),
  };
}

function advance(trial: Underway, event: Event): void {
  if (event.type === 'asked') trial.asks = event.purpose;
  else if (event.type === 'answered') {
    if (trial.asks === 'lesson' && 'text' in event.answer) {
      const lesson = withoutThoughts(event.answer.text)?.trim();
      if (lesson) trial.lesson = lesson;
    }
  } else if (event.type === 'proposed') {
    if ('malformed' in event) return;
    trial.source = event.source;
    trial.note = event.note;
  } else if (event.type === 'evaluated') trial.outcome = event.outcome;
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > lessonsKept) list.shift();
}

/** Keeps the texts of seeds and of programs that the search may still go by. */
function forget(
  wholes: Map<ProgramId, FullProgram>,
  { islands, best, chosen, finalist, baseline }: Facts,
): void {
  const alive = new Set(islands.flatMap(({ residents }) => residents.map(({ id }) => id)));
  for (const each of [best, baseline, chosen?.entry, finalist]) if (each) alive.add(each.id);
  for (const id of wholes.keys()) if (!alive.has(id)) wholes.delete(id);
}
