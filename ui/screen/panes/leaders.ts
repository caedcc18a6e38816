import { armName } from '../../../core/search/arm.ts';
import { brief, figure, plain, scoreWidth } from '../figures.ts';
import { safe } from '../glyphs.ts';
import type { Pane } from '../scene.ts';
import { type Column, choice } from '../table.ts';
import { focused } from '../view.ts';

/** The best programs, best first. */
export const leadersPane: Pane = (scene, size) => {
  const { facts, view, glyphs } = scene;
  const objectives = Object.keys(facts.problem.objectives ?? {});
  const columns: readonly Column[] = [
    { title: '', width: 3, side: 'right' },
    { title: 'program', width: 12 },
    { title: 'score', width: scoreWidth(scene), side: 'right' },
    ...objectives.map((name) => ({
      title: safe(name, glyphs),
      width: Math.max(9, name.length),
      side: 'right' as const,
      drop: 1,
    })),
    { title: 'arm', width: 10, grows: true, names: true, drop: 1 },
    { title: 'size', width: 6, side: 'right', drop: 2 },
    { title: 'island', width: 6, side: 'right', drop: 4 },
    { title: 'after', width: 7, side: 'right', drop: 3 },
    { title: 'parent', width: 12, drop: 5 },
  ];
  const lines = facts.leaders.map((entry, i) => [
    { text: entry.id === facts.best.id ? glyphs.best : String(i + 1) },
    { text: entry.id },
    { text: figure(scene, entry.score) },
    ...objectives.map((name) => ({ text: plain(entry.objectives[name]!) })),
    { text: safe(armName(entry.arm), glyphs) },
    { text: brief(entry.size) },
    { text: entry.island === null ? 'all' : String(entry.island + 1) },
    { text: brief(entry.evaluations) },
    { text: entry.parents[0] ?? '' },
  ]);
  const state = { chosen: view.chosen.leaders, active: focused(view) === 'leaders' };
  return choice(columns, lines, state, size);
};
