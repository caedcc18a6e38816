import { JournalError } from '../search/errors.ts';
import type { Event } from '../search/event.ts';
import { applyEvent } from '../search/fold.ts';
import type { Language } from '../search/language.ts';
import type { Elite, ProgramId } from '../search/program.ts';
import { better } from '../search/ranking.ts';
import { childOf, initialState, type State } from '../search/state.ts';

/** The lineages and scores in a journal, with which answers can be rewarded without evaluation. */
export interface Lineages {
  /** Each from a seed to one of the best programs by first parents, the best program's first; at least one step long. */
  readonly lines: readonly (readonly Elite[])[];
  /** Scores of programs that were evaluated, by their canonical hash. */
  readonly scores: ReadonlyMap<string, number>;
}

/** The lineages of up to `most` of a run's best programs; none is part of another. */
export async function lineagesIn(
  events: AsyncIterable<Event>,
  language: Language,
  most: number,
): Promise<Lineages> {
  const programs = new Map<ProgramId, Elite>();
  const scores = new Map<string, number>();
  let state: State | undefined;
  const keep = (elite: Elite): void => {
    programs.set(elite.id, elite);
    const form = language.canonical(elite.source);
    if ('hash' in form) scores.set(form.hash, elite.outcome.score);
  };
  for await (const event of events) {
    if (event.type === 'opened') {
      state = initialState(event);
      for (const { elite } of state.islands[0]!.elites) keep(elite);
      continue;
    }
    if (!state) throw new JournalError(`Expected a journal to begin with \`opened\`, got \`${event.type}\``);
    const child = event.type === 'settled' ? childOf(state.pending.get(event.trial)!) : undefined;
    if (child) keep(child);
    applyEvent(state, event);
  }
  return { lines: longest([...programs.values()].sort(better), programs, most), scores };
}

function longest(
  byScore: readonly Elite[],
  programs: ReadonlyMap<ProgramId, Elite>,
  most: number,
): Elite[][] {
  const lines: Elite[][] = [];
  const shown = new Set<ProgramId>();
  for (const best of byScore) {
    if (lines.length === most) break;
    if (shown.has(best.id)) continue;
    const line: Elite[] = [];
    for (let next: Elite | undefined = best; next; next = programs.get(next.parents[0] ?? '')) {
      line.unshift(next);
      shown.add(next.id);
    }
    if (line.length > 1) lines.push(line);
  }
  return lines;
}
