import type { Happening } from '../../facts/facts.ts';
import { brief } from '../figures.ts';
import { safe } from '../glyphs.ts';
import type { Pane } from '../scene.ts';
import { choice } from '../table.ts';
import { span, type Tone } from '../text.ts';

const columns = [
  { title: 'after', width: 7, side: 'right' },
  { title: 'what', width: 8 },
  { title: '', width: 16, grows: true },
] as const;

const tones: Partial<Record<Happening['kind'], Tone>> = {
  best: 'good',
  fault: 'bad',
  amended: 'warning',
  noted: 'warning',
};

/** What happened lately, newest first. */
export const eventsPane: Pane = ({ facts, view, glyphs }, size) => {
  if (facts.recent.length === 0) return [[span('Nothing to tell yet.', 'quiet')]];
  const lines = facts.recent
    .toReversed()
    .map(({ kind, evaluations, text }) => [
      { text: brief(evaluations), tone: 'quiet' as const },
      { text: kind, tone: tones[kind] ?? 'plain' },
      { text: safe(text, glyphs) },
    ]);
  return choice(columns, lines, { chosen: view.chosen.events, active: view.focus === 'events' }, size);
};
