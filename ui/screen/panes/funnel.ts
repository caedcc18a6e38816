import { armName } from '../../../core/search/arm.ts';
import type { ArmFacts, Facts, Funnel } from '../../facts/facts.ts';
import { brief } from '../figures.ts';
import { safe } from '../glyphs.ts';
import type { Pane } from '../scene.ts';
import { choice } from '../table.ts';

const stages = ['proposed', 'parsed', 'novel', 'evaluated', 'valid', 'improved', 'best'] as const;

const columns = [
  { title: 'operator', width: 12, grows: true },
  { title: 'proposed', width: 8, side: 'right' },
  { title: 'parsed', width: 6, side: 'right', drop: 2 },
  { title: 'novel', width: 6, side: 'right' },
  { title: 'evaluated', width: 9, side: 'right', drop: 3 },
  { title: 'valid', width: 6, side: 'right' },
  { title: 'improved', width: 8, side: 'right' },
  { title: 'best', width: 5, side: 'right', drop: 1 },
] as const;

/** How far proposals came: of all arms, of each model with several arms, and of each arm. */
export const funnelPane: Pane = ({ facts, view, glyphs }, size) => {
  const lines = rowsOf(facts).map(({ name, funnel }, i) => [
    { text: safe(name, glyphs), tone: i === 0 ? ('strong' as const) : ('plain' as const) },
    ...stages.map((stage) => ({
      text: brief(funnel[stage]),
      tone: funnel[stage] === 0 ? ('quiet' as const) : i === 0 ? ('strong' as const) : ('plain' as const),
    })),
  ]);
  return choice(columns, lines, { chosen: view.chosen.funnel, active: view.focus === 'funnel' }, size);
};

/** The rows of the funnel: all, each arm, each model. */
export function rowsOf({ arms, models }: Facts): { readonly name: string; readonly funnel: Funnel }[] {
  const one = ({ arm, funnel }: ArmFacts) => ({ name: armName(arm), funnel });
  const several = models
    .map(({ model }) => ({ name: `all of ${model}`, arms: arms.filter((each) => each.arm.model === model) }))
    .filter((each) => each.arms.length > 1)
    .map((each) => ({ name: each.name, funnel: sum(each.arms) }));
  return [{ name: 'all', funnel: sum(arms) }, ...several, ...arms.map(one)];
}

function sum(arms: readonly ArmFacts[]): Funnel {
  const total: Funnel = { proposed: 0, parsed: 0, novel: 0, evaluated: 0, valid: 0, improved: 0, best: 0 };
  for (const { funnel } of arms) for (const stage of stages) total[stage] += funnel[stage];
  return total;
}
