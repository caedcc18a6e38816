import { gamma } from './gamma.ts';
import type { Random } from './random.ts';

/** An instruction to models that is on trial, and how children made by it did. */
export interface PromptVariant {
  /** Empty: what the operator itself says. */
  readonly text: string;
  /** Settled trials that followed it. */
  readonly pulls: number;
  /** Sum of their gains. */
  readonly gain: number;
}

/** What every search begins with: each operator's own words. */
export const defaultVariants: readonly PromptVariant[] = [{ text: '', pulls: 0, gain: 0 }];

/** Most instructions that are tried beside the built-in ones; the latest are kept. */
const onTrial = 6;

/** The instruction in a lesson: its line `TRY: ...`, at most 300 characters; undefined where there is none. */
export function variantIn(lesson: string): string | undefined {
  return /^\W*TRY:\W*(.{10,})$/m.exec(lesson)?.[1]?.trim().slice(0, 300);
}

/** The list with one more instruction, unless it is there already. */
export function addVariant(
  list: readonly PromptVariant[],
  text: string | undefined,
): readonly PromptVariant[] {
  if (text === undefined || list.some((each) => each.text === text)) return list;
  return [...list, { text, pulls: 0, gain: 0 }];
}

/** The list after a trial that followed number `index` settled. */
export function countFollowed(
  list: readonly PromptVariant[],
  index: number,
  gain: number,
): readonly PromptVariant[] {
  return list.map((each, i) =>
    i === index ? { ...each, pulls: each.pulls + 1, gain: each.gain + gain } : each,
  );
}

/** Which instruction the next trial follows: probability matching (Thompson 1933) on the rate of gain. */
export function chooseVariant(list: readonly PromptVariant[], random: Random): number {
  let chosen = 0;
  let most = -1;
  for (const [i, { pulls, gain }] of list.entries()) {
    if (i > 0 && i < list.length - onTrial) continue;
    const rate = gamma(0.5 + gain, random) / (1 + pulls);
    if (rate > most) [chosen, most] = [i, rate];
  }
  return chosen;
}
