import type { Event, Opened } from '../../../core/search/event.ts';
import type { ProgramId } from '../../../core/search/program.ts';
import { applyToFacts } from '../../../ui/facts/fold.ts';
import { openFacts } from '../../../ui/facts/open.ts';
import { frame } from '../../../ui/screen/frame.ts';
import { drawn } from '../../../ui/screen/glyphs.ts';
import { seated } from '../../../ui/screen/panes/workers.ts';
import { type ProgramDetail, seedDetail, trialDetail } from '../../../ui/screen/program-detail.ts';
import type { FrameInput, Size } from '../../../ui/screen/scene.ts';
import { textOf } from '../../../ui/screen/text.ts';
import { firstView, type ViewState } from '../../../ui/screen/view.ts';
import { scripted } from './scripted.ts';

/** A moment of the scripted search: after `count` trials, with all programs loaded. */
export function sceneAfter(trials: number, view: Partial<ViewState> = {}): FrameInput {
  const events: Event[] = [...scripted(trials)];
  const opened = events[0] as Opened;
  const facts = openFacts(opened);
  const byTrial = new Map<number, Event[]>();
  let seats: FrameInput['seats'] = [];
  for (const event of events.slice(1)) {
    applyToFacts(facts, event as Exclude<Event, Opened>);
    seats = seated(seats, facts.pending);
    if ('trial' in event) byTrial.set(event.trial, [...(byTrial.get(event.trial) ?? []), event]);
  }
  const details = new Map<ProgramId, ProgramDetail>([['seed-1', seedDetail('seed-1', opened)!]]);
  for (const [trial, all] of byTrial) details.set(`trial-${trial}`, trialDetail(all)!);
  return {
    facts,
    known: {
      show: (score) => `${(-score).toFixed(3)} % excess`,
      references: [
        { name: 'best fit', score: -5.136, on: 'held-out', source: 'recomputed' },
        { name: 'FunSearch', score: -3.026, on: 'held-out', source: 'recomputed' },
      ],
    },
    standing: {
      kind: 'run',
      state: 'running',
      run: 'runs/script',
      elapsed: facts.counts.milliseconds,
      rate: 51.2,
    },
    view: { ...firstView, ...view },
    details,
    seats,
    glyphs: drawn,
  };
}

/** The screen as text, rows joined by line feeds. */
export function seen(scene: FrameInput, size: Size): string {
  return frame(scene, size).map(textOf).join('\n');
}
