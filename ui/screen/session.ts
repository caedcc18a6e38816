import { type Elite, mainFile } from '../../core/search/program.ts';
import type { Summary } from '../run/summary.ts';
import { plainLog } from '../text/plain-log.ts';
import { summaryText } from '../text/summary-text.ts';
import type { Session, View } from '../text/view.ts';
import { detailIn } from './reading.ts';
import { Screen, type Subject } from './screen.ts';

/** A view that can give the terminal back. */
export interface ScreenView extends View {
  /** The session came to no end. */
  close(): Promise<void>;
}

/** A session on a full screen, until it ends: then what a log would end with is printed. `quit` stops the session. */
export function screenView(signal: AbortSignal, quit: () => void): ScreenView {
  let session: Session | undefined;
  let opening: Promise<Screen> | undefined;
  let screen: Screen | undefined;
  const close = async (): Promise<void> => {
    (await opening?.catch(() => undefined))?.close();
  };
  return {
    signal,
    start(started) {
      session = started;
      opening = Screen.open(subjectOf(started, signal, quit));
      opening.then((opened) => {
        screen = opened;
      }, tellWithout);
    },
    event: () => screen?.changed(),
    async end(summary: Summary, best: Elite) {
      await close();
      const { problem, run, elapsed, facts } = session!;
      const log = plainLog(problem, run, elapsed, facts);
      log.open();
      log.past();
      log.say((page) => summaryText(problem, summary, mainFile(best.source).path, facts, page));
    },
    close,
  };
}

function subjectOf(
  { problem, run, elapsed, waits, facts, steering }: Session,
  signal: AbortSignal,
  quit: () => void,
): Subject {
  return {
    kind: 'run',
    facts,
    known: problem,
    run,
    elapsed,
    waits,
    steering,
    state: () => (facts.closed !== null ? 'ended' : signal.aborted ? 'interrupted' : steering.state),
    detail: (id) => detailIn(run, id),
    quit,
    failed: tellWithout,
  };
}

/** A failed screen must not stop the search. */
function tellWithout(error: Error): void {
  process.stderr.write(`atoll: the screen failed, the search continues: ${error.stack}\n`);
}
