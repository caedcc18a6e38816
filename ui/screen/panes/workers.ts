import { armName } from '../../../core/search/arm.ts';
import type { Wait } from '../../../core/search/model.ts';
import type { Settings } from '../../../core/search/settings.ts';
import type { RunningTrial } from '../../facts/facts.ts';
import { waitsIn } from '../../text/waits.ts';
import { seconds } from '../figures.ts';
import { type Glyphs, safe } from '../glyphs.ts';
import type { Pane } from '../scene.ts';
import { choice } from '../table.ts';
import { type Row, span } from '../text.ts';

const columns = [
  { title: '', width: 3, side: 'right' },
  { title: 'trial', width: 8, side: 'right' },
  { title: 'stage', width: 10 },
  { title: 'for', width: 7, side: 'right' },
  { title: 'arm', width: 12, grows: true, names: true },
  { title: 'island', width: 6, side: 'right', drop: 3 },
  { title: 'parent', width: 12, drop: 1 },
  { title: 'calls', width: 5, side: 'right', drop: 2 },
] as const;

/** Running trials, each in a fixed row. */
export const workersPane: Pane = ({ facts, seats, standing, view, glyphs }, size) => {
  if (seats.length === 0) return [[span('No trial is running.', 'quiet')]];
  const free = [
    { text: '' },
    { text: 'free', tone: 'quiet' as const },
    ...columns.slice(3).map(() => ({ text: '' })),
  ];
  const byTrial = new Map<number, RunningTrial>(facts.pending.map((each) => [each.trial, each]));
  const lines = seats.map((trial, i) => {
    const number = { text: String(i + 1), tone: 'quiet' as const };
    const pending = trial === null ? undefined : byTrial.get(trial);
    if (!pending) return [number, ...free];
    return [
      number,
      { text: String(pending.trial) },
      { text: stageOf(pending, facts.settings.order) },
      { text: seconds(Math.max(0, standing.elapsed - pending.began) / 1000) },
      { text: safe(armName(pending.arm), glyphs) },
      { text: String(pending.island + 1) },
      { text: pending.parents[0] ?? '' },
      { text: pending.calls > 0 ? String(pending.calls) : '' },
    ];
  });
  // Without models the last column would be empty.
  const shown = facts.models.length > 0 ? columns.length : columns.length - 1;
  const waits = waitRows(standing.waits ?? [], glyphs).slice(0, Math.max(0, size.rows - 2));
  return [
    ...choice(
      columns.slice(0, shown),
      lines,
      { chosen: view.chosen.workers, active: view.focus === 'workers' },
      { ...size, rows: size.rows - waits.length },
    ),
    ...waits,
  ];
};

/** What model calls are waiting for, a row each, below the trials. */
function waitRows(waits: readonly Wait[], glyphs: Glyphs): Row[] {
  const said = new Set(waits.map((wait) => waitsIn([wait])));
  return [...said].map((text) => [span(safe(text, glyphs), 'warning')]);
}

/** The stage of a trial: in strict order its events are held back until its turn, so only `running` is known. */
function stageOf({ stage }: RunningTrial, order: Settings['order']): string {
  return order === 'strict' && stage === 'proposing' ? 'running' : stage;
}

/** The rows once other trials run: each stays where it is, a new one takes the first free row. */
export function seated(
  seats: readonly (number | null)[],
  pending: readonly Pick<RunningTrial, 'trial'>[],
): readonly (number | null)[] {
  const going = new Set(pending.map(({ trial }) => trial));
  const next = seats.map((trial) => (trial !== null && going.has(trial) ? trial : null));
  const seen = new Set(next);
  for (const trial of going) {
    if (seen.has(trial)) continue;
    const free = next.indexOf(null);
    if (free < 0) next.push(trial);
    else next[free] = trial;
  }
  return next;
}
