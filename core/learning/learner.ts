import type { Language } from '../search/language.ts';
import type { Learner } from '../search/learner.ts';
import { learn } from './fold.ts';
import type { PolicyTrainer } from './policy-trainer.ts';
import { PolicyTraining } from './policy-training.ts';
import { type Candidate, fewestCases, promotionOf } from './promotion.ts';
import type { CasesProvided, PolicyProvided } from './provided.ts';
import type { LearningState } from './state.ts';

/** The parts of a search that learn: an in-process policy, an externally trained model, or both. */
export interface LearnerParts {
  /** The learning state of the journal so far; the learner keeps it up to date. */
  readonly learning: LearningState;
  /** The language of the programs. */
  readonly language: Language;
  /** Trains the in-process policy. */
  readonly trainer?: PolicyTrainer | undefined;
  /** The newest weights of the external trainer. */
  readonly external?: { readonly candidate: Candidate | undefined } | undefined;
  /** Milliseconds that the search has run. */
  elapsed(): number;
}

/** The learner of a search. */
export function learnerOf({ learning, language, trainer, external, elapsed }: LearnerParts): Learner {
  const training = trainer && new PolicyTraining(learning, trainer, elapsed);
  /** External weights that are neither promoted nor refused. */
  const open = (): Candidate | undefined => {
    const candidate = external?.candidate;
    return candidate && candidate.version > learning.external.decided ? candidate : undefined;
  };
  /** Whether a trial has measured them. */
  const measured = ({ model }: Candidate): boolean => learning.external.audit?.model === model;
  return {
    observe: (event, before) => learn(learning, event, before),
    async step(state, signal) {
      const trained = await training?.step(state, signal);
      const candidate = open();
      const { audit } = learning.external;
      const promotion =
        candidate && audit && measured(candidate)
          ? promotionOf(candidate, audit, language, learning.external)
          : undefined;
      return [trained, promotion].filter((event) => event !== undefined);
    },
    plan() {
      const candidate = open();
      const measurable = candidate && !measured(candidate) && learning.external.heldOut.length >= fewestCases;
      return {
        training: learning.buffer.batch !== undefined,
        ...(measurable
          ? { audit: { arm: { operator: 'audit', model: candidate.model }, evaluations: fewestCases + 1 } }
          : {}),
      };
    },
    provide(trial) {
      const { policies, settled, cases } = learning.trials.get(trial)!;
      if (cases) return { kind: 'cases', cases } satisfies CasesProvided;
      if (!trainer) return undefined;
      const { met } = learning.buffer;
      return {
        kind: 'policy',
        policy: trainer.at(policies.get(trainer.policy)),
        met: (key) => (met.get(key) ?? Number.POSITIVE_INFINITY) <= settled,
      } satisfies PolicyProvided;
    },
    async [Symbol.asyncDispose]() {
      await trainer?.[Symbol.asyncDispose]();
    },
  };
}
