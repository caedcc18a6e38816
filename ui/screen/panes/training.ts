import { brief, seconds } from '../figures.ts';
import { safe } from '../glyphs.ts';
import type { Pane } from '../scene.ts';
import { choice } from '../table.ts';
import { span } from '../text.ts';

const columns = [
  { title: 'after', width: 7, side: 'right' },
  { title: 'policy', width: 8 },
  { title: 'version', width: 7, side: 'right' },
  { title: 'from', width: 4, side: 'right', drop: 2 },
  { title: 'rollouts', width: 8, side: 'right' },
  { title: 'held out: before, after', width: 23, side: 'right', drop: 1 },
  { title: 'took', width: 7, side: 'right', drop: 3 },
  { title: '', width: 10, grows: true },
] as const;

/** The trainings of policies, newest first. */
export const trainingPane: Pane = ({ facts, view, glyphs }, size) => {
  if (facts.training.length === 0) return [[span('Nothing was trained in this search.', 'quiet')]];
  const lines = facts.training.toReversed().map((each) => [
    { text: brief(each.settled), tone: 'quiet' as const },
    { text: safe(each.policy, glyphs) },
    { text: String(each.version) },
    { text: String(each.from) },
    { text: brief(each.rollouts) },
    {
      text: each.heldOut
        ? `${fixed(each.heldOut.before)} ${glyphs.arrow} ${fixed(each.heldOut.after)}`
        : 'none',
    },
    { text: seconds(each.milliseconds / 1000) },
    {
      text: safe(`${each.promoted ? 'promoted' : 'rejected'}${metrics(each.metrics)}`, glyphs),
      tone: each.promoted ? ('good' as const) : ('quiet' as const),
    },
  ]);
  return choice(columns, lines, { chosen: view.chosen.training, active: view.focus === 'training' }, size);
};

function metrics(all: Readonly<Record<string, number>>): string {
  return Object.entries(all)
    .map(([name, value]) => `, ${name} ${fixed(value)}`)
    .join('');
}

function fixed(n: number): string {
  return String(Number(n.toPrecision(4)));
}
