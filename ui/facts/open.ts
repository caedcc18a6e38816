import { type Arm, seedArm } from '../../core/search/arm.ts';
import type { Opened } from '../../core/search/event.ts';
import { betterFinal } from '../../core/search/final.ts';
import { objectivesAmong } from '../../core/search/objectives.ts';
import { sizeOf } from '../../core/search/program.ts';
import { compare, level } from '../../core/search/ranking.ts';
import { emptyTally } from '../../core/search/tally.ts';
import { noAnswers } from './answers.ts';
import { admit } from './entries.ts';
import type { ArmFacts, Entry, Facts, FinalFacts, ModelFacts } from './facts.ts';

/** The facts of a search as it opens: its seeds. At least one is scored. */
export function openFacts({ problem, settings, arms, models, seeds }: Opened): Facts {
  const evaluations = seeds.length;
  const entries: Entry[] = [];
  let residents: readonly Entry[] = [];
  let chosen: FinalFacts | null = null;
  for (const { id, source, outcome, admission, validation } of seeds) {
    if (outcome.status !== 'scored') continue;
    const { score } = outcome;
    const size = sizeOf(source);
    const objectives = objectivesAmong(problem, outcome.measures);
    const shared = { trial: 0, island: null, arm: seedArm, parents: [], evaluations };
    const entry = { id, score, objectives, size, ...shared };
    entries.push(entry);
    if (validation !== undefined) {
      const seed = { entry, validation };
      chosen = chosen ? betterFinal(chosen, seed) : seed;
    }
    residents = admit(residents, entry, admission);
  }
  const baseline = entries.sort(compare)[0]!;
  const { score } = baseline;
  return {
    problem,
    settings,
    counts: {
      begun: 0,
      settled: 0,
      evaluations,
      calls: 0,
      tokens: 0,
      dollars: 0,
      milliseconds: 0,
      rounds: 0,
    },
    baseline,
    best: baseline,
    chosen,
    finalist: null,
    curve: [{ evaluations, dollars: 0, milliseconds: 0, score, trial: 0 }],
    leaders: entries.filter((entry, i) => i === 0 || !level(entry, entries[i - 1]!)),
    islands: Array.from({ length: settings.islands }, () => ({ residents, admitted: 0, arrivals: 0 })),
    migrations: [],
    arms: arms.map(blankArm),
    models: models.map(modelOf),
    answers: noAnswers(),
    pending: [],
    prompts: [],
    recent: [],
    notes: [],
    training: [],
    closed: null,
  };
}

/** A model that was not asked yet. */
export function modelOf(model: string): ModelFacts {
  return { model, calls: 0, answers: 0, faults: 0, tokens: 0, dollars: 0, milliseconds: 0 };
}

/** An arm without a record. */
export function blankArm(arm: Arm): ArmFacts {
  return {
    arm,
    pulls: 0,
    gain: 0,
    evaluations: 0,
    dollars: 0,
    seconds: 0,
    discounted: { arm, ...emptyTally },
    share: 0,
    funnel: { proposed: 0, parsed: 0, novel: 0, evaluated: 0, valid: 0, improved: 0, best: 0 },
    verdicts: { malformed: 0, duplicate: 0, failed: 0, scored: 0, improved: 0, best: 0 },
  };
}
