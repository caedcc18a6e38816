import { armName } from '../../../core/search/arm.ts';
import { brief, money, percent } from '../figures.ts';
import { bar, safe } from '../glyphs.ts';
import type { Pane } from '../scene.ts';
import { choice } from '../table.ts';

/** Columns of the bar of shares. */
const long = 8;

/** The arms, in the order of the search: pulls, gain, cost, and recent share. */
export const armsPane: Pane = ({ facts, view, glyphs }, size) => {
  const asks = facts.models.length > 0;
  const columns = [
    // Of the same way to ask several models the end tells.
    { title: 'arm', width: asks ? 22 : 12, grows: true, names: true },
    { title: 'pulls', width: 6, side: 'right' },
    { title: 'gain', width: 6, side: 'right' },
    { title: 'evals', width: 6, side: 'right', drop: 2 },
    ...(asks ? ([{ title: 'cost', width: 8, side: 'right', drop: 1 }] as const) : []),
    { title: 'now', width: 3, side: 'right', drop: 4 },
    { title: 'share', width: long, drop: 3 },
    { title: '', width: 4, side: 'right' },
  ] as const;
  const lines = facts.arms.map(({ arm, pulls, gain, evaluations, dollars, discounted, share }) => [
    { text: safe(armName(arm), glyphs) },
    { text: brief(pulls) },
    { text: gain.toFixed(gain < 100 ? 2 : 0), ...(gain > 0 ? {} : { tone: 'quiet' as const }) },
    { text: brief(evaluations) },
    ...(asks ? [{ text: dollars > 0 ? money(dollars) : '' }] : []),
    { text: discounted.pending > 0 ? String(discounted.pending) : '' },
    { text: bar(share, long, glyphs), tone: 'curve' as const },
    { text: percent(share) },
  ]);
  return choice(columns, lines, { chosen: view.chosen.arms, active: view.focus === 'arms' }, size);
};
