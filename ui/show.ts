import type { Event } from '../core/event.ts';
import type { Problem } from '../core/problem.ts';
import type { State } from '../core/state.ts';
import { openClimb } from './climb.ts';
import { type PlainLog, plainLog } from './plain.ts';
import type { Summary } from './summary.ts';

/** What a session tells whoever watches it. */
export interface View {
  /** Before the first event: what is searched, where it is kept, how long it has run. */
  start(problem: Problem, run: string, elapsed: () => number): void;
  /** An event of an earlier session, before `start`. */
  past(event: Event, state: State): void;
  event(event: Event, state: State): void;
  end(summary: Summary, state: State): void;
  /** Aborted when the person wants to stop. */
  readonly signal: AbortSignal;
}

/**
 * Runs a session with the view that the options ask for, and sets the exit status: 0 finished, 130 interrupted.
 * The first Ctrl-C stops at once and keeps all that is recorded.
 */
export async function show(
  options: { readonly json?: boolean; readonly plain?: boolean },
  session: (view: View) => Promise<Summary>,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Error('interrupted'));
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const summary = await session(options.json ? jsonView(stop.signal) : plainView(stop.signal));
    if (summary.because === 'interrupted') process.exitCode = 130;
  } catch (error) {
    // Before the seeds are scored there is nothing to sum up; the run begins anew when it is resumed.
    if (error !== stop.signal.reason) throw error;
    process.stderr.write('atoll: interrupted before the seeds were scored\n');
    process.exitCode = 130;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

function jsonView(signal: AbortSignal): View {
  const line = (value: unknown): unknown => process.stdout.write(`${JSON.stringify(value)}\n`);
  return { signal, start: () => {}, past: () => {}, event: line, end: line };
}

function plainView(signal: AbortSignal): View {
  const climb = openClimb();
  let log: PlainLog | undefined;
  let latest: State | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    signal,
    start(problem, run, elapsed) {
      log = plainLog(problem, run, elapsed, climb);
      timer = setInterval(() => latest && log?.tick(latest), 1000);
      timer.unref();
    },
    past: climb.note,
    event(event, state) {
      latest = state;
      climb.note(event, state);
      log?.event(event, state);
    },
    end(summary, state) {
      clearInterval(timer);
      log?.end(summary, state);
    },
  };
}
