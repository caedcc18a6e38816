import type { Settings } from './settings.ts';

/** Names that a setting had in earlier versions. */
export const formerNames: Readonly<Record<string, keyof Settings>> = {
  per: 'banditCostUnit',
  thrift: 'banditCostWeight',
  exploration: 'banditExploration',
  memory: 'banditHorizon',
  odds: 'banditProbabilities',
  tournament: 'tournamentSize',
  bins: 'gridBins',
  turns: 'maxTurns',
  retries: 'maxRetries',
  attempts: 'historySize',
  promptTokens: 'maxPromptTokens',
  lessons: 'reflectEvery',
  guidance: 'promptVariants',
  judge: 'noveltyModel',
  embeddings: 'embeddingModel',
  similarity: 'similarityThreshold',
  sizeLimit: 'maxProgramSize',
  'operators.without': 'operators.disabled',
  'operators.tune': 'tune.maxEvaluations',
  'operators.regress': 'regress.minShare',
  'operators.link': 'link.minShare',
  'operators.model': 'operators.prompts',
  'learning.where': 'research.learningScope',
  'learning.from': 'research.learningSignal',
  'learning.proposals': 'learning.maxProposals',
  'learning.share': 'learning.minShare',
  'learning.every': 'training.every',
  'learning.objective': 'training.objective',
};

/** Values that a setting had in earlier versions. */
const formerValues: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  archive: { lean: 'parsimony' },
  parents: { eager: 'greedy' },
  bandit: { odds: 'fixed' },
};

/** Settings as an earlier version wrote them, in today's names and values. */
export function withCurrentNames(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(given).map(([former, value]) => {
      const name = Object.hasOwn(formerNames, former) ? formerNames[former]! : former;
      return [name, formerValues[name]?.[String(value)] ?? value];
    }),
  );
}
