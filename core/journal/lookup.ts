import { JournalError } from '../search/errors.ts';
import type { Event } from '../search/event.ts';
import { unframe } from './lines.ts';
import { eventIn } from './segments.ts';
import { nextLine, type Span, spanOf, stretches } from './span.ts';

/** Range in bytes below which a linear scan replaces the bisection. */
const near = 2 ** 18;

/**
 * All events of one trial so far, in order: its parents, source and note, its outcome with verdicts, its calls and
 * their answers. Trials begin in the order of their numbers, so bisection finds one in some twenty short reads; it is
 * read from its beginning until it settles. Trial 0 is the opening, which holds the seeds. Empty for a trial that has
 * not begun.
 * @throws JournalError for a broken line in the range.
 */
export async function eventsOf(dir: string, trial: number): Promise<readonly Event[]> {
  const span = await spanOf(dir);
  const words = trial === 0 ? ['"type":"opened"'] : [`"trial":${trial},`, `"trial":${trial}}`];
  const events: Event[] = [];
  for await (const { line } of linesFrom(span, await placeBefore(span, trial), span.size)) {
    if (events.length === 0 && begunIn(line) > trial) break;
    if (!words.some((word) => line.includes(word))) continue;
    const event = eventOf(line);
    if ('trial' in event ? event.trial !== trial : event.type !== 'opened') continue;
    events.push(event);
    if (event.type === 'settled' || event.type === 'opened') break;
  }
  return events;
}

/** Offset of a line shortly before the beginning of a trial. */
async function placeBefore(span: Span, trial: number): Promise<number> {
  let [low, high] = [0, span.size];
  while (high - low > near) {
    const middle = low + Math.floor((high - low) / 2);
    const found = await firstBegun(span, await nextLine(span, middle), high);
    if (found && found.trial <= trial) low = found.place;
    else high = middle;
  }
  return low;
}

/** The first trial that begins between two offsets. */
async function firstBegun(
  span: Span,
  from: number,
  until: number,
): Promise<{ readonly trial: number; readonly place: number } | undefined> {
  for await (const { line, place } of linesFrom(span, from, until)) {
    const trial = begunIn(line);
    if (trial > 0) return { trial, place };
  }
  return undefined;
}

async function* linesFrom(
  span: Span,
  from: number,
  until: number,
): AsyncGenerator<{ readonly line: Buffer; readonly place: number }, void> {
  for await (const { lines, from: at } of stretches(span, from, until)) {
    let place = at;
    for (const line of lines) {
      yield { line, place };
      place += line.length + 1;
    }
  }
}

/** The trial whose beginning a line records; 0 for any other line. */
function begunIn(line: Buffer): number {
  if (!line.includes('"type":"begun"')) return 0;
  const event = eventOf(line);
  return event.type === 'begun' ? event.trial : 0;
}

function eventOf(line: Buffer): Event {
  const read = unframe(line);
  if ('json' in read) return eventIn(read.json);
  throw new JournalError(`Expected whole lines in a journal, got ${read.broken}`);
}
