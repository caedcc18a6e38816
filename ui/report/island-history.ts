import type { Migrated, Opened } from '../../core/search/event.ts';
import type { ProgramId } from '../../core/search/program.ts';

/** The best of each island over time, and when programs migrated. */
export interface IslandHistory {
  /** By island: its best score, each from the given number of evaluations on. */
  readonly bests: readonly (readonly { readonly evaluations: number; readonly score: number }[])[];
  /** Evaluations used when migrations took place. */
  readonly migrations: readonly number[];
}

interface Resident {
  readonly id: ProgramId;
  readonly score: number;
}

/** A record of islands; knows who lives on each by what admissions say. */
export function openIslandHistory(opened: Opened): IslandHistory & {
  admit(island: number, newcomer: Resident, removes: readonly ProgramId[], evaluations: number): void;
  migrate(event: Migrated, evaluations: number): void;
  /** Takes who lives on each island, with scores of another problem. */
  rescore(islands: readonly (readonly Resident[])[], evaluations: number): void;
} {
  const first = new Map<ProgramId, number>();
  for (const { id, outcome, admission } of opened.seeds) {
    if (outcome.status !== 'scored' || !admission.admitted) continue;
    for (const leaver of admission.removes) first.delete(leaver);
    first.set(id, outcome.score);
  }
  const residents = Array.from({ length: opened.settings.islands }, () => new Map(first));
  const bests = residents.map(() => [] as { evaluations: number; score: number }[]);
  const migrations: number[] = [];
  const look = (island: number, evaluations: number): void => {
    let score = -Infinity;
    for (const each of residents[island]!.values()) score = Math.max(score, each);
    const line = bests[island]!;
    if (score > -Infinity && line.at(-1)?.score !== score) line.push({ evaluations, score });
  };
  /** Admits a newcomer; returns whether the best may have changed. */
  const settle = (island: number, { id, score }: Resident, removes: readonly ProgramId[]): boolean => {
    const here = residents[island]!;
    const known = bests[island]!.at(-1)?.score ?? -Infinity;
    const led = removes.some((leaver) => here.get(leaver) === known);
    for (const leaver of removes) here.delete(leaver);
    here.set(id, score);
    return score > known || led;
  };
  for (const island of residents.keys()) look(island, opened.seeds.length);
  return {
    bests,
    migrations,
    admit(island, newcomer, removes, evaluations) {
      if (settle(island, newcomer, removes)) look(island, evaluations);
    },
    rescore(islands, evaluations) {
      for (const [i, here] of residents.entries()) {
        here.clear();
        for (const { id, score } of islands[i]!) here.set(id, score);
        look(i, evaluations);
      }
    },
    migrate({ cleared, moves }, evaluations) {
      const scores = moves.map(({ program, from }) => residents[from]!.get(program)!);
      for (const island of cleared) residents[island]!.clear();
      for (const [i, { program, to, admission }] of moves.entries()) {
        if (admission.admitted) settle(to, { id: program, score: scores[i]! }, admission.removes);
      }
      for (const island of residents.keys()) look(island, evaluations);
      migrations.push(evaluations);
    },
  };
}
