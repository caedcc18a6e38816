import type { Verdict } from '../core/search/outcome.ts';
import type { Limits } from '../core/search/problem.ts';

/** Items to be packed in the order in which they arrive. Sizes are whole, from 1 to `capacity`. */
export interface Packing {
  readonly capacity: number;
  readonly items: readonly number[];
}

/** How much an item that just arrived wants a bin with that much room: highest wins. Any number but NaN. */
export type Priority = (item: number, remaining: number, capacity: number) => number;

/** An honest rule needs some 10 ms of processor time for all cases; the rest is for busy machines. */
export const limits: Partial<Limits> = { wallMs: 2000, cpuMs: 500, memoryMb: 64, outputBytes: 200_000 };

/**
 * Packs online (Romera-Paredes 2023): each item goes to the bin of highest priority among the opened bins that
 * have room and one fresh bin; the lowest bin number wins ties. Gives the bin number of each item. Equal
 * arguments are asked about once in all the cases of an evaluation (the harness remembers, as a property of its own),
 * which makes the rule a pure function of them. Throws where it is not a number.
 * One idea: the game's loop and the lists of bins by room that it keeps; it is sent as one text.
 */
export function harness(priority: Priority, input: Packing): number[] {
  // biome-ignore lint/suspicious/noRedundantUseStrict: sent as text; else `caller.arguments` shows items to come
  'use strict';
  const { capacity, items } = input;
  const width = capacity + 1;
  const memory = harness as typeof harness & { rule?: Priority; answers?: Float64Array };
  if (memory.rule !== priority || memory.answers?.length !== width * width) {
    memory.rule = priority;
    memory.answers = new Float64Array(width * width).fill(NaN);
  }
  const asked = memory.answers;
  const ask = (item: number, remaining: number): number => {
    const answer = priority(item, remaining, capacity);
    if (typeof answer !== 'number' || Number.isNaN(answer)) {
      throw new TypeError(
        `Expected priority(${item}, ${remaining}, ${capacity}) to be a number, got ${typeof answer === 'number' ? 'NaN' : typeof answer}`,
      );
    }
    asked[item * width + remaining] = answer;
    return answer;
  };

  // Bins with equal room are told apart by number only, so the lowest stands for all of them.
  const numbers: number[][] = Array.from({ length: width }, () => []);
  const heads = new Int32Array(width);
  const lowest = new Int32Array(width).fill(-1);
  // The rooms that some bin has, in no order: far fewer than there could be.
  const rooms = new Int32Array(width);
  const placeOf = new Int32Array(width);
  let count = 1;
  let fresh = 0;
  rooms[0] = capacity;
  lowest[capacity] = fresh;

  const take = (remaining: number): number => {
    if (remaining === capacity) {
      lowest[capacity] = fresh + 1;
      return fresh++;
    }
    const list = numbers[remaining]!;
    const bin = list[heads[remaining]!++]!;
    if (heads[remaining]! < list.length) lowest[remaining] = list[heads[remaining]!]!;
    else {
      lowest[remaining] = -1;
      const last = rooms[--count]!;
      rooms[placeOf[remaining]!] = last;
      placeOf[last] = placeOf[remaining]!;
    }
    return bin;
  };
  const put = (remaining: number, bin: number): void => {
    const list = numbers[remaining]!;
    const head = heads[remaining]!;
    let at = list.length;
    while (at > head && list[at - 1]! > bin) {
      list[at] = list[at - 1]!;
      at--;
    }
    list[at] = bin;
    if (lowest[remaining]! < 0) {
      placeOf[remaining] = count;
      rooms[count++] = remaining;
    }
    lowest[remaining] = list[head]!;
  };

  return items.map((item) => {
    let choice = -1;
    let highest = 0;
    for (let at = 0; at < count; at++) {
      const remaining = rooms[at]!;
      if (remaining < item) continue;
      const bin = lowest[remaining]!;
      let answer = asked[item * width + remaining]!;
      if (Number.isNaN(answer)) answer = ask(item, remaining);
      if (choice < 0 || answer > highest || (answer === highest && bin < lowest[choice]!)) {
        choice = remaining;
        highest = answer;
      }
    }
    const bin = take(choice);
    put(choice - item, bin);
    return bin;
  });
}

/**
 * Score: minus the percentage of bins used beyond the bound ceil(sum of items / capacity), at most 0. `output`
 * holds the bin number of each item, from 0 to the number of items less 1; only loads are believed.
 */
export function judge({ capacity, items }: Packing, output: unknown): Verdict {
  if (!Array.isArray(output) || output.length !== items.length) {
    return { invalid: `expected ${items.length} bin numbers, one for each item` };
  }
  const loads = new Float64Array(items.length);
  let bins = 0;
  let total = 0;
  for (let i = 0; i < items.length; i++) {
    const bin: unknown = output[i];
    if (!(typeof bin === 'number' && Number.isInteger(bin) && bin >= 0 && bin < items.length)) {
      return { invalid: `item ${i} is in no bin: expected a whole number from 0 to ${items.length - 1}` };
    }
    if (loads[bin] === 0) bins++;
    loads[bin]! += items[i]!;
    total += items[i]!;
    if (!(loads[bin]! <= capacity)) return { invalid: `bin ${bin} is overfull at item ${i}` };
  }
  const bound = Math.ceil(total / capacity);
  const excess = (100 * (bins - bound)) / bound;
  return {
    score: bins === bound ? 0 : -excess,
    measures: { bins, bound },
    feedback: `${bins} bins, ${bound} is a lower bound`,
  };
}

/** A score as the papers have it. */
export function show(score: number): string {
  return `${(0 - score).toFixed(3)} % excess`;
}

/** The brief's part on the rules of the game; what items there are, each problem adds. */
export const rules = `Write \`priority(item, remaining, capacity)\` for online bin packing.
Items arrive one at a time and are never moved again. For each item, your function is called for every opened bin
that still has room for it and for one fresh bin (remaining = capacity). The item goes where the number returned is
highest; ties go to the bin opened first. All three arguments are integers, item <= remaining <= capacity.
Return a number (not NaN). The function must be pure: it is asked once for each (item, remaining) and the answer is
used again. Use as few bins as possible: the score is minus the mean percentage of bins beyond
ceil(sum of items / capacity).`;
