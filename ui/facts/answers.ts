import type { Event, Opened, Settled } from '../../core/search/event.ts';

/** What became of the answers of models to the question for a program, and of the calls that got none. */
export interface AnswerFacts {
  /** Answers whose end is known: those that made a scored program, and those counted in `reasons` but for faults. */
  total: number;
  /** Made a program that was scored. */
  scored: number;
  /** Made a program that is better than its parents. */
  improved: number;
  /** Why the others yielded no scored program: at most 30, in order of first appearance. */
  readonly reasons: AnswerReason[];
  /** Running trials that ask a model. */
  readonly open: Record<number, OpenTrial>;
}

/** A reason why answers yielded no scored program, without the details that differ between answers. */
interface AnswerReason {
  /**
   * `malformed`: nothing that can be run; `duplicate`: a program met before; `failed`: it ran and failed, `why` says how;
   * `fault`: the call got no answer.
   */
  readonly end: 'malformed' | 'duplicate' | 'failed' | 'fault';
  readonly why: string;
  count: number;
}

interface OpenTrial {
  readonly proposes: boolean;
  /** Whether an answer came whose end is not known yet. */
  readonly answered: boolean;
  /** How its program failed; null while it did not. */
  readonly failure: string | null;
}

/** Distinct reasons kept; further ones count as `other reasons`. */
const most = 30;

/** Characters of a reason. */
const longest = 120;

/** The counts of a search that has not begun. */
export function noAnswers(): AnswerFacts {
  return { total: 0, scored: 0, improved: 0, reasons: [], open: {} };
}

/** Takes an event to the counts; those of trials that measure a newly trained model are no part of them. */
export function noteAnswer(facts: AnswerFacts, event: Exclude<Event, Opened>): void {
  const { open } = facts;
  switch (event.type) {
    case 'begun':
      if (event.audits === undefined) open[event.trial] = { proposes: false, answered: false, failure: null };
      break;
    case 'asked': {
      const trial = open[event.trial];
      if (!trial) break;
      const again = trial.answered && event.purpose === 'propose';
      if (again) count(facts, 'malformed', event.rejected ?? 'rejected, the journal does not say why');
      const answered = trial.answered && !again;
      open[event.trial] = { ...trial, proposes: event.purpose === 'propose', answered };
      break;
    }
    case 'answered': {
      const trial = open[event.trial];
      if (!trial) break;
      if ('fault' in event.answer) count(facts, 'fault', event.answer.fault);
      else if (trial.proposes) open[event.trial] = { ...trial, answered: true };
      break;
    }
    case 'evaluated': {
      const trial = open[event.trial];
      const { status } = event.outcome;
      if (trial) open[event.trial] = { ...trial, failure: status === 'scored' ? null : status };
      break;
    }
    case 'settled': {
      const trial = open[event.trial];
      delete open[event.trial];
      if (trial?.answered) settle(facts, event, trial);
    }
  }
}

function settle(facts: AnswerFacts, { verdict, why }: Settled, { failure }: OpenTrial): void {
  switch (verdict) {
    case 'malformed':
      count(facts, 'malformed', why ?? 'nothing that can be run');
      break;
    case 'duplicate':
      count(facts, 'duplicate', why ?? 'equal to an earlier program');
      break;
    case 'failed':
      count(facts, 'failed', failure ?? 'failed');
      break;
    default:
      facts.total += 1;
      facts.scored += 1;
      if (verdict !== 'scored') facts.improved += 1;
  }
}

function count(facts: AnswerFacts, end: AnswerReason['end'], said: string): void {
  if (end !== 'fault') facts.total += 1;
  const why = plainly(said);
  const known = (one: string) => facts.reasons.find((each) => each.end === end && each.why === one);
  const found = known(why) ?? (facts.reasons.length >= most - 4 ? known('other reasons') : undefined);
  if (found) found.count += 1;
  else facts.reasons.push({ end, why: facts.reasons.length < most - 4 ? why : 'other reasons', count: 1 });
}

/** What an HTTP status of a refusal looks like: it says more than how often something was. */
const status = /^[45]\d\d$/;

/** A reason without what it quotes and counts, so that the same reason is the same text: its first sentence, on one line. */
function plainly(said: string): string {
  const cause = said.replace(/^Expected an answer (of|from) .*?, got /s, '');
  const text = cause
    .replace(/(?<!`)`[^`]+`(?!`)|"[^"]*"/gs, '…')
    .replace(/\d+/g, (number) => (status.test(number) ? number : '#'))
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  const [first] = /^.*?[.:;](?= |$)/.exec(text) ?? [text];
  const sentence = (first.length >= 15 ? first : text).replace(/[.:;]$/, '');
  return sentence.length <= longest ? sentence : `${sentence.slice(0, longest - 1)}…`;
}

/** The counts without the running trials, the most frequent reasons first. */
export function answersOf({ total, scored, improved, reasons }: AnswerFacts): Omit<AnswerFacts, 'open'> {
  return { total, scored, improved, reasons: reasons.toSorted((a, b) => b.count - a.count) };
}
