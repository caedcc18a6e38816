import type { Fact } from '../../core/search/event.ts';
import type { Answer } from '../../core/search/model.ts';
import { objectivesAmong } from '../../core/search/objectives.ts';
import { sizeOf } from '../../core/search/program.ts';
import type { Facts, ModelFacts, RunningTrial } from './facts.ts';

/** The trial after it found something out, and what models come to by it. */
export function advance(facts: Facts, fact: Fact): void {
  const { counts, models, pending } = facts;
  const trial = pending.find((each) => each.trial === fact.trial)!;
  switch (fact.type) {
    case 'asked':
      trial.stage = 'asking';
      trial.model = fact.model;
      trial.calls += 1;
      counts.calls += 1;
      modelOf(models, trial).calls += 1;
      break;
    case 'answered': {
      const { answer, milliseconds } = fact;
      trial.stage = 'proposing';
      trial.dollars += answer.cost.dollars;
      trial.milliseconds += milliseconds;
      addAnswer(counts, modelOf(models, trial), answer, milliseconds);
      break;
    }
    case 'replied':
      trial.evaluations += fact.evaluations;
      break;
    case 'proposed':
      trial.stage = 'screening';
      if ('source' in fact) {
        const size = sizeOf(fact.source);
        trial.child = { size, passed: false, evaluated: false, score: null, objectives: {} };
      }
      break;
    case 'passed':
      trial.stage = 'evaluating';
      trial.child = { ...trial.child!, passed: true };
      break;
    case 'evaluated': {
      const { outcome, milliseconds } = fact;
      trial.stage = 'settling';
      trial.evaluations += 1;
      trial.milliseconds += milliseconds;
      trial.child = { ...trial.child!, evaluated: true };
      if (outcome.status !== 'scored') break;
      const objectives = objectivesAmong(facts.problem, outcome.measures);
      trial.child = { ...trial.child, score: outcome.score, objectives };
    }
  }
}

/** Adds a call that is over to the sums of the search and of its model. */
export function addAnswer(
  counts: Facts['counts'],
  model: ModelFacts,
  answer: Answer,
  milliseconds: number,
): void {
  const { tokens, dollars } = answer.cost;
  counts.tokens += tokens;
  counts.dollars += dollars;
  model['text' in answer ? 'answers' : 'faults'] += 1;
  model.tokens += tokens;
  model.dollars += dollars;
  model.milliseconds += milliseconds;
}

function modelOf(models: readonly ModelFacts[], { model }: RunningTrial): ModelFacts {
  return models.find((each) => each.model === model)!;
}
