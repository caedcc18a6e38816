import type { ProgramId } from '../../core/search/program.ts';
import { programExtent } from './frame.ts';
import type { KeyContext } from './keys.ts';
import { rowsOf as funnelRows } from './panes/funnel.ts';
import type { FrameInput, Size } from './scene.ts';
import type { PaneName } from './view.ts';

/** What keys are read against, at a moment. */
export function keyContextOf(scene: FrameInput, size: Size): KeyContext {
  const { facts, standing, details } = scene;
  const { kind, state } = standing;
  return {
    state: kind === 'watch' ? 'watching' : state === 'interrupted' ? 'stopping' : state,
    rows: {
      curve: 0,
      leaders: facts.leaders.length,
      islands: facts.islands.length,
      arms: facts.arms.length,
      funnel: funnelRows(facts).length,
      workers: scene.seats.length,
      budgets: 0,
      events: facts.recent.length,
      training: facts.training.length,
    },
    programAt: (pane, row) => programAt(scene, pane, row),
    parentOf(id) {
      const detail = details.get(id);
      return typeof detail === 'object' && 'id' in detail ? detail.parents[0] : undefined;
    },
    childOf: (id) => facts.leaders.find(({ parents }) => parents[0] === id)?.id,
    ...programExtent(scene, size),
  };
}

function programAt({ facts, seats }: FrameInput, pane: PaneName, row: number): ProgramId | undefined {
  const ofTrial = (trial: number | null | undefined): ProgramId | undefined =>
    trial ? `trial-${trial}` : undefined;
  switch (pane) {
    case 'leaders':
      return facts.leaders[row]?.id;
    case 'islands':
      return facts.islands[row]?.residents[0]?.id;
    case 'workers':
      return ofTrial(seats[row]);
    case 'events':
      return ofTrial(facts.recent.at(-1 - row)?.trial);
    default:
      return undefined;
  }
}
