import { type Arm, seedArm } from '../../core/search/arm.ts';
import type { Event, Opened } from '../../core/search/event.ts';
import type { Outcome, TrialVerdict } from '../../core/search/outcome.ts';
import type { ProgramId, Source } from '../../core/search/program.ts';
import type { Reply } from '../../core/search/roles.ts';

/** All that a journal records of one program. Texts are raw: a view must sanitize them. */
export interface ProgramDetail {
  readonly id: ProgramId;
  /** Who made it; `seedArm` for a seed. */
  readonly arm: Arm;
  readonly island: number | null;
  readonly parents: readonly ProgramId[];
  /** Null if nothing was proposed that can be run. */
  readonly source: Source | null;
  /** What was changed, or why nothing was proposed. */
  readonly note: string;
  /** Null while it is running, and for a seed. */
  readonly verdict: TrialVerdict | null;
  /** Why it was not admitted; empty if it was. */
  readonly why: string;
  /** Null before it was evaluated. */
  readonly outcome: Outcome | null;
  readonly gain: number;
  readonly evaluations: number;
  readonly transcript: readonly Turn[];
}

/** Something said or done on the way to a program. */
interface Turn {
  /** A role of the conversation, the model's name, or `world`. */
  readonly who: string;
  readonly text: string;
}

/** A seed as the opening of a run tells of it; undefined where there is none of that name. */
export function seedDetail(id: ProgramId, { seeds }: Opened): ProgramDetail | undefined {
  const seed = seeds.find((each) => each.id === id);
  if (!seed) return undefined;
  return {
    ...blank(id, seedArm),
    source: seed.source,
    note: 'a program to start from',
    outcome: seed.outcome,
    evaluations: 1,
  };
}

/** The program of a trial as its events tell of it; undefined without any. */
export function trialDetail(events: readonly Event[]): ProgramDetail | undefined {
  let detail: ProgramDetail | undefined;
  const transcript: Turn[] = [];
  for (const event of events) {
    if (event.type === 'begun') {
      const { island, parents } = event;
      detail = { ...blank(`trial-${event.trial}`, event.arm), island, parents, transcript };
    }
    if (detail) detail = { ...detail, ...told(event, detail, transcript) };
  }
  return detail;
}

function blank(id: ProgramId, arm: Arm): ProgramDetail {
  return {
    id,
    arm,
    island: null,
    parents: [],
    source: null,
    note: '',
    verdict: null,
    why: '',
    outcome: null,
    gain: 0,
    evaluations: 0,
    transcript: [],
  };
}

function told(event: Event, { evaluations }: ProgramDetail, transcript: Turn[]): Partial<ProgramDetail> {
  switch (event.type) {
    case 'asked':
      for (const { role, text } of event.messages) transcript.push({ who: role, text });
      return {};
    case 'answered': {
      const { answer } = event;
      if ('text' in answer) transcript.push({ who: 'answer', text: answer.text });
      else transcript.push({ who: 'no answer', text: answer.fault });
      return {};
    }
    case 'replied':
      transcript.push({ who: 'world', text: repliedWords(event.reply) });
      return { evaluations: evaluations + event.evaluations };
    case 'proposed':
      return 'malformed' in event ? { note: event.malformed } : { source: event.source, note: event.note };
    case 'evaluated':
      return { outcome: event.outcome, evaluations: evaluations + 1 };
    case 'settled':
      return {
        verdict: event.verdict,
        why: event.why ?? '',
        gain: event.gain,
        evaluations: event.evaluations,
      };
    default:
      return {};
  }
}

function repliedWords(reply: Reply): string {
  if ('passes' in reply)
    return reply.doubt ? `it would pass, but for a doubt: ${reply.doubt.why}` : 'it would pass';
  if ('unheard' in reply) return reply.unheard;
  if ('verdict' in reply) return `it would be rejected as ${reply.verdict}: ${reply.why}`;
  if ('text' in reply) return reply.text;
  const outcomes = 'outcomes' in reply ? reply.outcomes : reply;
  const scores = outcomes.map((each) => (each.status === 'scored' ? String(each.score) : each.status));
  return `${outcomes.length} programs were run: ${scores.join(', ')}`;
}
