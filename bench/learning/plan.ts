/** The searches that are compared: one with a policy that learns, and others that each lack one part of it. */
import type { Settings } from '../../core/search/settings.ts';

/** An arm of the comparison. */
interface Arm {
  readonly title: string;
  readonly settings: Partial<Settings>;
  /** Runs only if it is named. */
  readonly extra?: true;
}

const noFits = { 'operators.disabled': 'usual,searching' };

/** Adds the policy also where it is not an arm by default. */
const everywhere = { 'research.learningScope': 'everywhere' } as const;

/** Arms by name; `off` is the baseline of all others, and `off-plain` of those that end in `-plain`. */
export const arms = {
  off: { title: 'the same search without a policy', settings: { learning: 'off' } },
  table: { title: 'a table that learns', settings: { ...everywhere, learning: 'table' } },
  frozen: {
    title: 'the table, frozen',
    settings: { ...everywhere, learning: 'table', 'research.learningSignal': 'nothing' },
  },
  shuffled: {
    title: 'shuffled rewards',
    settings: { ...everywhere, learning: 'table', 'research.learningSignal': 'shuffled' },
  },
  network: {
    title: 'a network that learns',
    settings: { ...everywhere, learning: 'network', 'learning.rate': 0.01 },
    extra: true,
  },
  'off-plain': { title: 'without policy and fits', settings: { learning: 'off', ...noFits }, extra: true },
  'table-plain': {
    title: 'learns, without fits',
    settings: { ...everywhere, learning: 'table', ...noFits },
    extra: true,
  },
  'frozen-plain': {
    title: 'frozen, without fits',
    settings: { ...everywhere, learning: 'table', 'research.learningSignal': 'nothing', ...noFits },
    extra: true,
  },
  'shuffled-plain': {
    title: 'shuffled, without fits',
    settings: { ...everywhere, learning: 'table', 'research.learningSignal': 'shuffled', ...noFits },
    extra: true,
  },
} satisfies Record<string, Arm>;

export type ArmName = keyof typeof arms;

/** Arms that run by default. */
export const usual = (Object.keys(arms) as ArmName[]).filter((name) => !('extra' in arms[name]));

/** Problems with the evaluations of a search; one of packing or tours takes milliseconds to tens of milliseconds. */
export const problems: Readonly<Record<string, number>> = {
  'symbolic-regression-lorentz-force': 4000,
  'symbolic-regression-relativistic-mass': 4000,
  'symbolic-regression-velocity-addition': 4000,
  'bin-packing-or3': 1000,
  'tsp-construct-50': 400,
};

/** The baseline of an arm. */
export function againstOf(arm: ArmName): ArmName {
  return arm.endsWith('-plain') ? 'off-plain' : 'off';
}
