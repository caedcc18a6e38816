import type { LogEntry } from '../../facts/facts.ts';
import { brief, score } from '../figures.ts';
import { safe } from '../glyphs.ts';
import type { Pane } from '../scene.ts';
import { choice } from '../table.ts';
import { span, type Tone } from '../text.ts';

const columns = [
  { title: 'after', width: 7, side: 'right' },
  { title: 'event', width: 8 },
  { title: '', width: 16, grows: true },
] as const;

const tones: Partial<Record<LogEntry['kind'], Tone>> = {
  best: 'good',
  fault: 'bad',
  amended: 'warning',
  noted: 'warning',
};

/** The last log entries, newest first. */
export const eventsPane: Pane = (scene, size) => {
  const { facts, view, glyphs } = scene;
  if (facts.recent.length === 0) return [[span('No events yet.', 'quiet')]];
  const lines = facts.recent
    .toReversed()
    .map(({ kind, evaluations, text, score: reached }) => [
      { text: brief(evaluations), tone: 'quiet' as const },
      { text: kind, tone: tones[kind] ?? 'plain' },
      { text: safe(reached === null ? text : `${score(scene, reached)} by ${text}`, glyphs) },
    ]);
  return choice(columns, lines, { chosen: view.chosen.events, active: view.focus === 'events' }, size);
};
