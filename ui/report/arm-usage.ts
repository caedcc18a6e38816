import { type Arm, armName } from '../../core/search/arm.ts';

/** How the pulls of arms were shared, window after window of settled trials. */
export interface ArmUsage {
  /** Settled trials that a window takes; the last may have fewer. */
  readonly window: number;
  /** By the arm's name: how often it was pulled in each window. */
  readonly counts: ReadonlyMap<string, readonly number[]>;
}

/** The same pulls in windows `times` as wide. */
export function wider({ window, counts }: ArmUsage, times: number): ArmUsage {
  const merged = (list: readonly number[]): number[] =>
    Array.from({ length: Math.ceil(list.length / times) }, (_, i) =>
      list.slice(i * times, (i + 1) * times).reduce((sum, each) => sum + each, 0),
    );
  return {
    window: window * times,
    counts: new Map(Array.from(counts, ([arm, list]) => [arm, merged(list)])),
  };
}

/** Windows beyond which two become one. */
const most = 60;

/** A record of pulls that stays small however many there are. */
export function openArmUsage(arms: readonly Arm[]): ArmUsage & { add(arm: Arm): void } {
  const counts = new Map<string, number[]>(arms.map((arm) => [armName(arm), [0]]));
  let window = 1;
  let last = 0;
  let filled = 0;
  const widen = (): void => {
    for (const [arm, list] of wider({ window, counts }, 2).counts) counts.set(arm, [...list]);
    window *= 2;
    last = most / 2;
  };
  return {
    get window() {
      return window;
    },
    counts,
    add(arm) {
      if (filled === window) {
        filled = 0;
        last += 1;
        if (last === most) widen();
        for (const list of counts.values()) list.push(0);
      }
      filled += 1;
      // Arms of models that are trained meanwhile come in on the way.
      const list = counts.get(armName(arm)) ?? Array.from({ length: last + 1 }, () => 0);
      counts.set(armName(arm), list);
      list[last]! += 1;
    },
  };
}
