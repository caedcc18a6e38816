import { sameArm } from '../../core/search/arm.ts';
import type { Settled } from '../../core/search/event.ts';
import { tally } from '../../core/search/tally.ts';
import { addPoint } from './curve.ts';
import { admit, updateLeaders } from './entries.ts';
import type { ArmFacts, Entry, Facts, RunningTrial } from './facts.ts';

/** Points of the curve. */
const points = 500;
/** Leaders that are remembered. */
export const leading = 50;

/** The facts after a trial is over. */
export function settle(facts: Facts, event: Settled): void {
  const { counts, pending } = facts;
  const place = pending.findIndex(({ trial }) => trial === event.trial);
  const [trial] = pending.splice(place, 1) as [RunningTrial];
  counts.settled += 1;
  counts.evaluations += event.evaluations;
  counts.milliseconds = event.elapsed ?? counts.milliseconds;
  const arm = facts.arms.find((each) => sameArm(each.arm, trial.arm))!;
  credit(arm, event, trial);
  fade(facts, event, trial);
  const entry = entryOf(trial, counts.evaluations);
  if (entry && event.verdict !== 'duplicate') settleIn(facts, event, entry);
}

/** Puts a program that was scored where it belongs. */
function settleIn(facts: Facts, { trial, verdict, admission, finalist }: Settled, entry: Entry): void {
  const { evaluations, dollars, milliseconds } = facts.counts;
  const island = facts.islands[entry.island!]!;
  island.residents = admit(island.residents, entry, admission);
  if (admission.admitted) island.admitted += 1;
  updateLeaders(facts.leaders, entry, leading);
  if (finalist) facts.finalist = entry;
  if (verdict !== 'best') return;
  facts.best = entry;
  addPoint(facts.curve, { evaluations, dollars, milliseconds, score: entry.score, trial }, points);
}

function entryOf(
  { trial, child, island, arm, parents }: RunningTrial,
  evaluations: number,
): Entry | undefined {
  if (child?.score == null) return undefined;
  const { score, objectives, size } = child;
  return { id: `trial-${trial}`, trial, score, objectives, size, island, arm, parents, evaluations };
}

/** What a settled trial adds to the sums of its arm. */
function credit(arm: ArmFacts, { verdict, gain, evaluations }: Settled, trial: RunningTrial): void {
  arm.pulls += 1;
  arm.gain += gain;
  arm.evaluations += evaluations;
  arm.dollars += trial.dollars;
  arm.seconds += trial.milliseconds / 1000;
  arm.verdicts[verdict] += 1;
  const { funnel } = arm;
  funnel.proposed += 1;
  if (verdict !== 'malformed') funnel.parsed += 1;
  if (trial.child?.passed) funnel.novel += 1;
  if (trial.child?.evaluated) funnel.evaluated += 1;
  const better = verdict === 'improved' || verdict === 'best';
  if (better || verdict === 'scored') funnel.valid += 1;
  if (better) funnel.improved += 1;
  if (verdict === 'best') funnel.best += 1;
}

/** The bandit's own record of all arms, and their shares of it. */
function fade({ arms, settings }: Facts, { gain, evaluations }: Settled, trial: RunningTrial): void {
  const { arm, dollars, milliseconds } = trial;
  const tallies = tally(
    arms.map(({ discounted }) => discounted),
    { arm, gain, evaluations, dollars, seconds: milliseconds / 1000 },
    settings.banditHorizon,
  );
  const pulls = tallies.reduce((sum, each) => sum + each.pulls, 0);
  for (const [i, each] of arms.entries()) {
    each.discounted = tallies[i]!;
    each.share = each.discounted.pulls / pulls;
  }
}
