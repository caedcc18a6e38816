import {
  above,
  atLeast,
  between,
  nameOf,
  namesOf,
  number,
  oneOf,
  orNone,
  orNull,
  orUnlimited,
  type Range,
  setting,
  share,
  spec,
  whole,
} from './setting.ts';

// One idea: the table of every setting with its default, what it may be, and what it does.

/** Percentages by operator, written `crossover:90,swap:5`: no more than 100 together. */
const percentages: Range<string> = {
  may: 'none, or percentages by operator such as crossover:90,swap:5, up to 100 together',
  accepts(value) {
    if (value === 'none') return true;
    if (typeof value !== 'string') return false;
    const probabilities = probabilitiesOf(value);
    const percents = [...probabilities.values()];
    return (
      probabilities.size === value.split(',').length &&
      percents.every((percent) => percent >= 0) &&
      percents.reduce((sum, percent) => sum + percent, 0) <= 100
    );
  },
};

/** Every setting. A name of a table elsewhere (archives, operators, prompts, ...) is checked where that table is. */
export const settings = {
  seed: setting(1, whole(0), 'Seed of the random numbers: one seed, one search.'),
  order: setting(
    'strict',
    oneOf('strict', 'arrival'),
    'strict: trials settle by number, so that a seed gives one journal; arrival: as they finish.',
    'arrival',
  ),
  concurrency: setting(8, whole(1, 1024), 'Trials that run at the same time.'),
  islands: setting(
    4,
    whole(1, 1000),
    'Separate populations; by default at most one for each 100 evaluations of the budget.',
    2,
  ),
  archive: setting(
    'top',
    nameOf('an archive'),
    'Which programs an island keeps: top (the best), parsimony (the best for their size), grid (the best of each cell, MAP-Elites); seeds, latest, single, recent and generations are for baselines.',
  ),
  capacity: setting(
    40,
    whole(1, 10_000),
    'Programs that an island with the archive top, parsimony or recent holds, or programs of one generation.',
  ),
  gridBins: setting(10, whole(2, 1000), 'Cells along each axis of the archive grid.'),
  parents: setting(
    'power-law',
    nameOf('a parent sampler'),
    'How parents are sampled from an island: power-law (by rank), greedy (the best first, less often the longer it brings nothing), weighted (by score), tournament, uniform.',
    'greedy',
  ),
  tournamentSize: setting(3, whole(1, 1000), 'Programs in a tournament, where parents are sampled by one.'),
  migration: setting(
    'ring',
    nameOf('a migration'),
    'How islands share programs: ring (the best goes to the next island), random (to a random one), reset (the weakest half of the islands restarts), none.',
  ),
  migrationEvery: setting(400, whole(1), 'Trials between migrations.', 50),
  bandit: setting(
    'ucb',
    oneOf('ucb', 'thompson', 'uniform', 'fixed'),
    'How the arm of a trial is chosen: ucb and thompson by its record, uniform at random, fixed by `banditProbabilities`.',
  ),
  banditProbabilities: setting(
    'none',
    percentages,
    'Percentage of the trials for each operator with the bandit fixed; other arms share the rest equally.',
  ),
  banditExploration: setting(0.5, above(0), 'Weight of the exploration term of UCB.'),
  banditHorizon: setting(
    1000,
    above(1),
    'Trials after which a gain counts for 1/e in the bandit (discounted UCB).',
    150,
  ),
  banditCostUnit: setting(
    'dollar',
    oneOf('evaluation', 'dollar', 'second'),
    'What the bandit divides gains by, besides evaluations: nothing more, money, or time.',
  ),
  banditCostWeight: setting(
    0.5,
    between('a number from 0 to 0.99', (value) => value >= 0 && value <= 0.99),
    'How much that cost counts: 0 not at all, near 1 almost exclusively.',
  ),
  strategy: setting(
    'islands',
    oneOf('islands', 'best-of-n', 'sequential', 'hill-climbing', 'random', 'generational'),
    'The search itself, or a baseline to compare it with (docs/baselines.md).',
  ),
  'operators.builtin': setting('on', oneOf('on', 'off'), 'Whether operators without a model are arms.'),
  'operators.disabled': setting(
    'usual',
    orNone(namesOf('operators')),
    'Operators without a model that are left out. usual: those that the language leaves out by default; searching: those that run programs of their own.',
  ),
  'tune.maxEvaluations': setting(
    60,
    whole(0, 100_000),
    'Most evaluations that one fit of constants may use; 0 disables fitting.',
  ),
  'regress.minShare': setting(
    0.1,
    share,
    'Share of the evaluations that regress gets at least, on problems with residuals.',
  ),
  'link.minShare': setting(
    0.5,
    share,
    'Share of the evaluations that link gets at least, on problems with residuals.',
  ),
  'operators.prompts': setting(
    'usual',
    namesOf('prompts'),
    'How models are asked: diff, whole, part, cross, repair, refine, plan; usual: all of them but plan.',
  ),
  learning: setting(
    'table',
    oneOf('off', 'table', 'network'),
    'Whether a policy proposes expressions and is trained on their rewards during the search, and what represents it.',
  ),
  'learning.maxProposals': setting(
    40,
    whole(2, 10_000),
    'Most expressions of the policy that one trial runs, on problems with residuals; elsewhere 1.',
  ),
  'learning.batch': setting(
    30,
    whole(1, 10_000),
    'Proposals of the policy after which it is trained; trials are not split.',
  ),
  'learning.rate': setting(0.05, above(0), 'Learning rate of the policy (Adam).'),
  'learning.divergence': setting(
    0.6,
    between('a number above 0 and below 1', (value) => value > 0 && value < 1),
    'KL divergence of the advantage weights from uniform, as a fraction of its maximum ln K; higher concentrates on the best rollouts.',
  ),
  'learning.minShare': setting(
    0.1,
    share,
    'Share of the evaluations that the policy gets at least, on problems with residuals.',
  ),
  'training.every': setting(
    64,
    whole(2, 100_000),
    'Answers of a model after which the external trainer (`--trainer`) makes a step.',
  ),
  'training.objective': setting(
    'entropic',
    oneOf('entropic', 'ttt', 'grpo', 'dr-grpo', 'dapo', 'rloo', 'cispo'),
    'The objective of such a step (docs/training.md).',
  ),
  'research.learningScope': setting(
    'residuals',
    oneOf('residuals', 'everywhere'),
    'On which problems the policy is an arm: those with residuals, or all.',
  ),
  'research.learningSignal': setting(
    'rewards',
    oneOf('rewards', 'shuffled', 'nothing'),
    'What the policy is trained on: its rewards, or, as controls, shuffled rewards or nothing.',
  ),
  maxTurns: setting(
    3,
    whole(1, 100),
    'Most requests to a model for one child: after an answer that cannot be used it is asked again, with the reason.',
  ),
  maxRetries: setting(
    4,
    whole(0, 100),
    'Most times that a failed call is repeated before its trial gives up.',
  ),
  inspirations: setting(3, whole(0, 20), 'Other programs that a prompt shows beside the parent.'),
  historySize: setting(
    8,
    whole(0, 40),
    'Most recent changes that a prompt lists of the parent, and as many of other programs.',
  ),
  maxPromptTokens: setting(
    16_000,
    whole(500),
    'Approximate token limit of a prompt: the least important sections are left out first.',
  ),
  novelty: setting(
    'exact',
    oneOf('near', 'exact', 'off'),
    'Which children are rejected unrun: exact duplicates, also near-duplicates, or none.',
    'near',
  ),
  embeddingModel: setting(
    null,
    orNull(spec),
    'Model whose embeddings find children of models that resemble an earlier program.',
  ),
  similarityThreshold: setting(
    0.995,
    between('a number above 0 and up to 1', (value) => value > 0 && value <= 1),
    'Cosine similarity of two embeddings from which two programs are taken to be similar.',
  ),
  noveltyModel: setting(
    null,
    orNull(spec),
    'Model that decides whether a child that resembles another program is new.',
  ),
  reflectEvery: setting(
    20,
    whole(0),
    'Trials of models after which a model summarizes what worked and what failed; 0: never.',
  ),
  promptVariants: setting(
    'fixed',
    oneOf('fixed', 'evolving'),
    'Instructions in prompts: the built-in ones, or also those that reflection suggests, chosen by their gain.',
  ),
  maxProgramSize: setting(20_000, whole(1, 100_000), 'Most characters of a program.'),
  isolation: setting(
    'context',
    oneOf('context', 'isolate'),
    'What is fresh for each evaluation: a context (fast) or a whole isolate.',
  ),
  patience: setting(5000, whole(1), 'Consecutive trials without a new program after which the search ends.'),
  evaluations: setting(
    null,
    orUnlimited(whole(1)),
    'Programs to evaluate, those that operators run included.',
  ),
  calls: setting(null, orUnlimited(whole(0)), 'Calls to models, failed and repeated ones included.'),
  tokens: setting(null, orUnlimited(whole(0)), 'Input and output tokens of models.'),
  dollars: setting(null, orUnlimited(atLeast(0)), 'Cost of models in dollars.'),
  minutes: setting(
    null,
    orUnlimited(above(0)),
    'Wall-clock minutes of the whole search, over all its sessions.',
  ),
  target: setting(null, orUnlimited(number), 'Score at which the search ends.'),
};

/** All that decides how a search goes; it is journaled with the search. */
export type Settings = { readonly [K in keyof typeof settings]: (typeof settings)[K]['initial'] };

/** The percentages that the setting `banditProbabilities` states; NaN for what is none. */
export function probabilitiesOf(text: string): ReadonlyMap<string, number> {
  if (text === 'none') return new Map();
  return new Map(
    text.split(',').map((each) => {
      const [, name = '', percent = 'NaN'] = /^([a-z]+):(\d+(?:\.\d+)?)$/.exec(each) ?? [];
      return [name, Number(percent)] as const;
    }),
  );
}
