import { armName } from '../../core/search/arm.ts';
import { bars } from '../chart/bars.ts';
import { hues, rest } from '../chart/page.ts';
import { stackedArea } from '../chart/stacked-area.ts';
import type { ArmFacts } from '../facts/facts.ts';
import { wider } from './arm-usage.ts';
import type { Draw } from './charts.ts';
import { formatArm, formatDollars, formatModel } from './format.ts';
import type { RunHistory } from './run-history.ts';

/** Arms that were chosen, most often first, each with its colour; those beyond the last colour share one. */
export function chosenArms({ facts }: Pick<RunHistory, 'facts'>): (ArmFacts & { readonly colour: string })[] {
  const sorted = facts.arms.filter(({ pulls }) => pulls > 0).toSorted((a, b) => b.pulls - a.pulls);
  const own = sorted.length > hues.length ? hues.length - 1 : hues.length;
  return sorted.map((each, i) => ({ ...each, colour: i < own ? hues[i]! : rest }));
}

/** Pulls that a window has at least, so that its shares say something. */
const pullsAWindow = 25;

/** Which arms were chosen, over time. */
export function pulls(history: RunHistory): Draw {
  const { settled } = history.facts.counts;
  const { window, counts } = wider(history.pulls, Math.ceil(pullsAWindow / history.pulls.window));
  const chosen = chosenArms(history).map(({ arm, colour }) => ({
    name: formatArm(arm),
    colour,
    amounts: counts.get(armName(arm))!,
  }));
  const parts = chosen.filter(({ colour }) => colour !== rest);
  const others = chosen.filter(({ colour }) => colour === rest).map(({ amounts }) => amounts);
  const sum = others[0]?.map((_, i) => others.reduce((total, list) => total + list[i]!, 0));
  if (sum) parts.push({ name: `${others.length} more`, colour: rest, amounts: sum });
  const x = { name: 'trials', window, until: settled };
  return (page) =>
    stackedArea({ title: 'Share of trials that each arm got', x, y: 'share of trials', parts }, page);
}

/** How trials end, in the order of how far they came. */
const fates = [
  { name: 'nothing that runs', colour: rest, of: ['malformed'] },
  { name: 'duplicate', colour: '#6d6d6d', of: ['duplicate'] },
  { name: 'failed', colour: hues[1]!, of: ['failed'] },
  { name: 'scored', colour: hues[5]!, of: ['scored'] },
  { name: 'improved', colour: hues[0]!, of: ['improved', 'best'] },
] as const;

/** How the trials of each arm ended. */
export function endings({ facts }: RunHistory): Draw {
  const rows = facts.arms
    .filter(({ pulls }) => pulls > 0)
    .toSorted((a, b) => b.pulls - a.pulls)
    .map(({ arm, verdicts, pulls }) => ({
      name: formatArm(arm),
      amounts: fates.map(({ of }) => of.reduce((sum, each) => sum + verdicts[each], 0)),
      said: pulls.toLocaleString('en-US'),
    }));
  return (page) => bars({ title: 'How the trials of each arm ended', parts: fates, rows, alike: true }, page);
}

/** Evaluations by arm. */
export function spent({ facts }: RunHistory): Draw {
  const rows = facts.arms
    .filter(({ evaluations }) => evaluations > 0)
    .toSorted((a, b) => b.evaluations - a.evaluations)
    .map(({ arm, evaluations }) => ({
      name: formatArm(arm),
      amounts: [evaluations],
      said: evaluations.toLocaleString('en-US'),
    }));
  const parts = [{ name: 'evaluations', colour: hues[0]! }];
  return (page) => bars({ title: 'Evaluations used by each arm', parts, rows }, page);
}

/** Dollars by model. */
export function money({ facts }: RunHistory): Draw {
  const rows = facts.models.map(({ model, dollars, calls }) => ({
    name: formatModel(model),
    amounts: [dollars],
    said: `${formatDollars(dollars)}, ${calls.toLocaleString('en-US')} calls`,
  }));
  return (page) =>
    bars(
      { title: 'Dollars spent on each model', parts: [{ name: 'dollars', colour: hues[2]! }], rows },
      page,
    );
}
