import type { Pane } from '../scene.ts';
import { span } from '../text.ts';
import { curvePane } from './curve.ts';
import { eventsPane } from './events.ts';
import { leadersPane } from './leaders.ts';

/** Curve, leaders and last events together, for where there is room for one pane only. */
export const summaryPane: Pane = (scene, { columns, rows }) => {
  const tall = Math.max(5, Math.floor(rows * 0.45));
  const events = rows - tall >= 10 ? 3 : 0;
  const rest = rows - tall - events - 1 - (events > 0 ? 1 : 0);
  return [
    ...filled(curvePane(scene, { columns, rows: tall }), tall),
    [span('')],
    ...filled(leadersPane(scene, { columns, rows: rest }), rest),
    ...(events > 0
      ? [[span('')], ...eventsPane(scene, { columns, rows: events + 1 }).slice(1, events + 1)]
      : []),
  ].slice(0, rows);
};

function filled<T>(rows: readonly (readonly T[])[], count: number): (readonly T[])[] {
  return Array.from({ length: Math.max(0, count) }, (_, i) => rows[i] ?? []);
}
