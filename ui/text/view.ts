import type { Event } from '../../core/search/event.ts';
import type { Wait } from '../../core/search/model.ts';
import type { Problem } from '../../core/search/problem.ts';
import { type Elite, mainFile } from '../../core/search/program.ts';
import type { Steering } from '../../core/search/steering.ts';
import type { Facts } from '../facts/facts.ts';
import type { Summary } from '../run/summary.ts';
import { screenView } from '../screen/session.ts';
import { screenWanted } from '../screen/wanted.ts';
import { output } from './output.ts';
import { type PlainLog, plainLog } from './plain-log.ts';
import { command } from './shell.ts';
import { summaryText } from './summary-text.ts';

/** A session, as it begins. */
export interface Session {
  readonly problem: Problem;
  /** Its directory. */
  readonly run: string;
  /** Milliseconds that the search has run, over all its sessions; pauses left out. */
  elapsed(): number;
  /** What its model calls are waiting for, besides answers. */
  waits(): readonly Wait[];
  /** The facts of the search, over all sessions; kept up to date. */
  readonly facts: Facts;
  readonly steering: Steering;
}

/** The receiver of a session's events: a screen, a log, or JSON lines. */
export interface View {
  /** Before anything else; the seeds are scored. */
  start(session: Session): void;
  /** An event of this session, once the facts hold it. */
  event(event: Event): void;
  /** Resolves once that is shown. */
  end(summary: Summary, best: Elite): Promise<void>;
  /** Aborted when the user wants to stop. */
  readonly signal: AbortSignal;
}

/**
 * Runs a session with the view that the options and the terminal ask for, and sets the exit status: 0 finished, 130
 * interrupted.
 * The first Ctrl-C stops at once and keeps all that is recorded; so does a reader of stdout that goes away.
 */
export async function runWithView(
  options: { readonly json?: boolean; readonly plain?: boolean },
  session: (view: View) => Promise<Summary>,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Error('interrupted'));
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  output.gone.addEventListener('abort', interrupt);
  const screen = screenWanted(options) ? screenView(stop.signal, interrupt) : undefined;
  const view = screen ?? (options.json ? jsonView(stop.signal) : plainView(stop.signal));
  try {
    const summary = await session(view);
    if (summary.because === 'interrupted') {
      process.exitCode = 130;
      if (output.gone.aborted) tellClosed(summary.run!);
    }
  } catch (error) {
    await screen?.close();
    // Before the seeds are scored there is nothing to summarize; a resumed run starts over.
    if (error !== stop.signal.reason) throw error;
    process.stderr.write('atoll: interrupted before the seeds were scored\n');
    process.exitCode = 130;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    output.gone.removeEventListener('abort', interrupt);
  }
}

function tellClosed(run: string): void {
  process.stderr.write(
    `atoll: standard output was closed, so the search stopped; nothing is lost: ${command('resume', run)}\n`,
  );
}

function jsonView(signal: AbortSignal): View {
  const line = (value: unknown): void => void output.write(`${JSON.stringify(value)}\n`);
  return { signal, start: () => {}, event: line, end: async (summary) => line(summary) };
}

function plainView(signal: AbortSignal): View {
  let session: Session | undefined;
  let log: PlainLog | undefined;
  let timer: NodeJS.Timeout | undefined;
  return {
    signal,
    start(started) {
      session = started;
      log = plainLog(started.problem, started.run, started.elapsed, started.facts, {
        waits: started.waits,
      });
      timer = setInterval(() => log?.tick(), 1000);
      timer.unref();
    },
    event: (event) => log?.event(event),
    async end(summary, best) {
      clearInterval(timer);
      const { problem, facts } = session!;
      log?.say((page) => summaryText(problem, summary, mainFile(best.source).path, facts, page));
    },
  };
}
