import { setTimeout } from 'node:timers/promises';
import { isHeld } from '../../core/journal/lock.ts';
import type { Facts } from '../facts/facts.ts';
import { watchedClock, watchRun } from '../run/watch-run.ts';
import { detailIn } from './reading.ts';
import type { FrameData } from './scene.ts';
import { Screen, type Subject } from './screen.ts';

/** Milliseconds between two checks of whether an ended run was resumed. */
const lookEvery = 500;

/**
 * A run on a full screen, read only, until the user leaves: also once it has ended, and again if it is resumed.
 * @throws ConfigError where there is no run, JournalError for a journal that cannot be believed.
 */
export async function watchOnScreen(
  dir: string,
  known: () => Promise<FrameData>,
  stop: AbortController,
): Promise<void> {
  let screen: Screen | undefined;
  let facts: Facts | undefined;
  let live = true;
  const clock = watchedClock(dir);
  let failure: Error | undefined;
  const subject = (problem: FrameData): Subject => ({
    kind: 'watch',
    get facts() {
      return facts!;
    },
    known: problem,
    run: dir,
    elapsed: () => clock.elapsed(),
    state: () => (facts!.closed !== null ? 'ended' : live ? 'running' : 'interrupted'),
    detail: (id) => detailIn(dir, id),
    quit: () => stop.abort(new Error('left')),
    failed(error) {
      failure = error;
      stop.abort(error);
    },
  });
  try {
    while (!stop.signal.aborted) {
      for await (const glimpse of watchRun(dir, stop.signal)) {
        facts = glimpse.facts;
        live = true;
        clock.see(facts, live);
        if (!screen && glimpse.all) screen = await Screen.open(subject(await known()));
        else if (glimpse.events.length > 0) screen?.changed();
      }
      live = false;
      if (facts) clock.see(facts, live);
      screen?.changed();
      while (!isHeld(dir) && !stop.signal.aborted) {
        await setTimeout(lookEvery, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  } finally {
    screen?.close();
  }
  if (failure) throw failure;
}
