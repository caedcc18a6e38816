import { floorOf, halves } from '../preferences/halves.ts';
import { mutual, mutualPairs, type Pair } from '../preferences/mutual.ts';
import { first } from './diverse.ts';
import { type Group, groupsOf } from './groups.ts';
import { assistantTurn, type Choosing, type Kind, preferenceOf, viewOf } from './kind.ts';
import type { TrialSummary } from './mark.ts';
import type { Plan } from './plan.ts';

/**
 * Of a pair by speed: the maximum difference of trust, the minimum factor between processor times, and their minimum
 * difference in milliseconds, since an evaluation is a single measurement and smaller differences are noise.
 */
const [margin, ratio, slower] = [0.05, 2, 50];

const shared = {
  takes: 'have an answer, and are no duplicates',
  compares: true,
  accepts: ({ exchange, source, verdict }) =>
    verdict !== 'duplicate' && (exchange !== undefined || source !== undefined),
  plans: pairs,
} satisfies Partial<Kind>;

/** Preference pairs, in the shape of TRL's DPOTrainer. */
export const dpo: Kind = {
  name: 'dpo',
  what: 'preference pairs: TRL DPOTrainer',
  ...shared,
  rows(plan, rendered) {
    const [chosen, rejected] = rendered.map((each) => viewOf(each, plan));
    const row = {
      prompt: chosen!.prompt,
      chosen: assistantTurn(chosen!.completion),
      rejected: assistantTurn(rejected!.completion),
    };
    return [preferenceOf(row, plan, rendered)];
  },
};

/** The same pairs in the shape that OpenAI, Azure and Fireworks share. */
export const openai: Kind = {
  name: 'openai',
  what: 'the same pairs in the shape that OpenAI, Azure and Fireworks take',
  ...shared,
  rows(plan, rendered) {
    const [better, worse] = rendered.map((each) => viewOf(each, plan));
    const row = {
      input: { messages: better!.prompt },
      preferred_output: assistantTurn(better!.completion),
      non_preferred_output: assistantTurn(worse!.completion),
    };
    return [preferenceOf(row, plan, rendered)];
  },
};

/**
 * Pairs within one prompt: the better half against the worse, and scored against failed answers, if the better one is above the
 * 70th percentile of its problem (EvoTune, Surina 2025) and no less trusted by mutual scores of programs and cases (CodeDPO,
 * Zhang 2024); and between equal scores fast against slow programs, by processor time, since wall-clock time includes the
 * wait for a sandbox.
 */
function pairs(summaries: readonly TrialSummary[], { caps, into }: Choosing): Plan[] {
  const once = into.keep(
    summaries,
    'duplicate',
    'trials',
    'the same program from the same parents as an earlier one',
    first(childIn),
  );
  const floors = new Map(
    Array.from(
      Map.groupBy(once, ({ problem }) => problem),
      ([problem, own]) => [
        problem,
        floorOf(own.flatMap(({ score }) => (score === undefined ? [] : [score]))),
      ],
    ),
  );
  const groups = into.keep(
    groupsOf(once),
    'alone',
    'examples',
    'a prompt with one answer',
    (group) => group.summaries.length > 1,
  );
  return groups.flatMap((group) => {
    const all = pairsIn(group, floors.get(group.summaries[0]!.problem)!, into);
    const best = all.toSorted((a, b) => b.priority - a.priority).slice(0, caps.siblings);
    into.count(
      'siblings',
      'examples',
      `one of a prompt with ${caps.siblings} pairs farther apart`,
      all.length - best.length,
    );
    return best;
  });
}

function pairsIn({ textKind, summaries }: Group, floor: number, into: Choosing['into']): Plan[] {
  const trust = mutual(passes(summaries)).programs.map((each) => (Number.isFinite(each) ? each : 0));
  const scores = summaries.map(({ score }) => score);
  const all = halves(scores, Number.NEGATIVE_INFINITY);
  const high = into.keep(
    all,
    'floor',
    'examples',
    'prefers a score below the 70th percentile of its problem',
    ([chosen]) => scores[chosen]! >= floor,
  );
  const sure = into.keep(
    high,
    'distrusted',
    'examples',
    'prefers what passes fewer of the cases that matter',
    ([chosen, rejected]) => trust[chosen]! >= trust[rejected]!,
  );
  // NaN for an unmeasured program, which no comparison accepts.
  const candidates = summaries.map(({ cpuMs = Number.NaN }, i) => ({
    trust: trust[i]!,
    milliseconds: cpuMs,
  }));
  const fast = mutualPairs(candidates, margin, ratio).speed.filter(
    ([chosen, rejected]) =>
      scores[chosen] !== undefined &&
      scores[chosen] === scores[rejected] &&
      scores[chosen] >= floor &&
      summaries[rejected]!.cpuMs! - summaries[chosen]!.cpuMs! >= slower,
  );
  const plan = ([chosen, rejected]: Pair): Plan => {
    const [better, worse] = [summaries[chosen]!, summaries[rejected]!];
    return { summaries: [better, worse], textKind, priority: better.reward - worse.reward };
  };
  return [...sure, ...fast].map(plan);
}

/** Which programs pass which cases: a score in the upper half of the group's range passes. A failed program passes none. */
function passes(summaries: readonly TrialSummary[]): boolean[][] {
  const scored = summaries.flatMap(({ cases }) => (cases ? [cases] : []));
  const middles = (scored[0] ?? []).map((_, i) => {
    const column = scored.map((cases) => cases[i]!);
    return Math.min(...column) / 2 + Math.max(...column) / 2;
  });
  return summaries.map(({ cases }) => middles.map((middle, i) => cases !== undefined && cases[i]! >= middle));
}

function childIn({ id, parents, form }: TrialSummary): string {
  return form === undefined ? id : `${parents.join('+')} ${form}`;
}
