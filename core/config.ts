import { ConfigError, expected } from './errors.ts';
import { usualWays, wayNames } from './operators/model/operators.ts';
import { suggestion } from './suggestion.ts';

/** All that decides how a search goes; journaled with it. One table below holds every default. */
export interface Settings {
  readonly seed: number;
  readonly order: 'strict' | 'arrival';
  readonly concurrency: number;
  readonly islands: number;
  /** Names of the tables in islands/population.ts, which also check them. */
  readonly archive: string;
  readonly capacity: number;
  readonly gridBins: number;
  readonly parents: string;
  readonly tournamentSize: number;
  readonly migration: string;
  readonly migrationEvery: number;
  readonly bandit: 'ucb' | 'thompson' | 'uniform' | 'odds';
  readonly banditProbabilities: string;
  readonly banditExploration: number;
  readonly banditHorizon: number;
  readonly banditCostUnit: 'evaluation' | 'dollar' | 'second';
  readonly banditCostWeight: number;
  readonly strategy: 'islands' | 'best-of-n' | 'sequential' | 'hill-climbing' | 'random' | 'generational';
  readonly 'operators.builtin': 'on' | 'off';
  readonly 'operators.disabled': string;
  readonly 'tune.maxEvaluations': number;
  readonly 'regress.minShare': number;
  readonly 'link.minShare': number;
  readonly 'operators.prompts': string;
  readonly learning: 'off' | 'table' | 'network';
  readonly 'research.learningScope': 'residuals' | 'everywhere';
  readonly 'learning.maxProposals': number;
  readonly 'learning.batch': number;
  readonly 'learning.rate': number;
  readonly 'learning.divergence': number;
  readonly 'learning.minShare': number;
  readonly 'research.learningSignal': 'rewards' | 'shuffled' | 'nothing';
  readonly 'training.every': number;
  readonly 'training.objective': 'entropic' | 'ttt' | 'grpo' | 'dr-grpo' | 'dapo' | 'rloo' | 'cispo';
  readonly maxTurns: number;
  readonly maxRetries: number;
  readonly inspirations: number;
  readonly historySize: number;
  readonly maxPromptTokens: number;
  readonly novelty: 'near' | 'exact' | 'off';
  readonly embeddingModel: string | null;
  readonly similarityThreshold: number;
  readonly noveltyModel: string | null;
  readonly reflectEvery: number;
  readonly promptVariants: 'fixed' | 'evolving';
  readonly maxProgramSize: number;
  readonly isolation: 'context' | 'isolate';
  readonly patience: number;
  readonly evaluations: number | null;
  readonly calls: number | null;
  readonly tokens: number | null;
  readonly dollars: number | null;
  readonly minutes: number | null;
  readonly target: number | null;
}

interface Setting<T> {
  readonly initial: T;
  /** The default of a search that asks a model, where it is another. */
  readonly asking?: T;
  /** For the help text and the error: what it may be. */
  readonly may: string;
  readonly what: string;
  accepts(value: unknown): boolean;
}

const whole = (least: number, most = Number.MAX_SAFE_INTEGER) => ({
  may:
    most === Number.MAX_SAFE_INTEGER
      ? `a whole number of at least ${least}`
      : `a whole number from ${least} to ${most}`,
  accepts: (value: unknown) =>
    Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most,
});
/** A part of all. */
const share = {
  may: 'a number from 0 to 1',
  accepts: (value: unknown) => Number.isFinite(value) && (value as number) >= 0 && (value as number) <= 1,
};

const above = (limit: number) => ({
  may: `a number above ${limit}`,
  accepts: (value: unknown) => Number.isFinite(value) && (value as number) > limit,
});
/** What can be unset: null in code and in journals, `none` in words. */
const orNull = (range: Pick<Setting<unknown>, 'may' | 'accepts'>, unset: string) => ({
  may: `${range.may}, or none ${unset}`,
  accepts: (value: unknown) => value === null || range.accepts(value),
});
const orUnlimited = (range: Pick<Setting<unknown>, 'may' | 'accepts'>) => orNull(range, 'for no limit');
const noneOr = (range: Pick<Setting<unknown>, 'may' | 'accepts'>) => ({
  may: `none, or ${range.may}`,
  accepts: (value: unknown) => value === 'none' || range.accepts(value),
});
const oneOf = (...names: string[]) => ({
  may: `one of ${names.join(', ')}`,
  accepts: (value: unknown) => names.includes(value as string),
});

/** A name of a table elsewhere, which knows what there is. */
const nameOf = (what: string) => ({
  may: `the name of ${what}`,
  accepts: (value: unknown) => typeof value === 'string' && /^[a-z][a-z0-9-]*$/.test(value),
});

const spec = {
  may: 'a model such as openai:NAME (docs/models.md)',
  accepts: (value: unknown) => typeof value === 'string' && value.includes(':'),
};

/** Whether a text names some of the names, separated by commas. */
const someOf = (...names: string[]) => ({
  may: `some of ${names.join(', ')}, separated by commas`,
  accepts: (value: unknown) =>
    typeof value === 'string' && value.split(',').every((each) => names.includes(each)),
});

/** The operators that need no model (core/operators/builtin/). */
const builtinOperators = [
  'constants',
  'swap',
  'replace',
  'insert',
  'delete',
  'move',
  'specialise',
  'crossover',
  'exchange',
  'tune',
  'blend',
  'regress',
  'link',
];

/** Operators that the searches we measured did better without (docs/baselines.md). */
const idle = 'move,specialise,exchange';

/** Percentages by operator, written `crossover:90,swap:5`: no more than 100 together. */
const percentages = {
  may: `none, or percentages such as crossover:90 for some of ${builtinOperators.join(', ')}, separated by commas, up to 100 together`,
  accepts(value: unknown) {
    if (value === 'none') return true;
    if (typeof value !== 'string') return false;
    const odds = probabilitiesOf(value);
    const percents = [...odds.values()];
    return (
      odds.size === value.split(',').length &&
      [...odds.keys()].every((name) => builtinOperators.includes(name)) &&
      percents.every((percent) => percent >= 0) &&
      percents.reduce((sum, percent) => sum + percent, 0) <= 100
    );
  },
};

/** Every setting with its default, what it may be, and what it does. */
export const settings: { readonly [K in keyof Settings]: Setting<Settings[K]> } = {
  seed: { initial: 1, ...whole(0), what: 'Seed of the random numbers: one seed, one search.' },
  order: {
    initial: 'strict',
    asking: 'arrival',
    ...oneOf('strict', 'arrival'),
    what: 'strict: trials settle by number, so a seed gives one journal; arrival: as they finish.',
  },
  concurrency: { initial: 8, ...whole(1, 1024), what: 'Trials under way at a time.' },
  islands: {
    initial: 4,
    asking: 2,
    ...whole(1, 1000),
    what: 'Populations that breed apart; by default no more than one for each 100 evaluations that are budgeted.',
  },
  archive: {
    initial: 'top',
    ...nameOf('an archive'),
    what: 'Who lives on an island: the best, the best of each cell; for baselines the seeds alone, the latest, one that gives way to its equal, the last ones, or two generations.',
  },
  capacity: {
    initial: 40,
    ...whole(1, 10_000),
    what: 'Elites that an island of kind top, lean or recent holds, or programs of a generation.',
  },
  gridBins: { initial: 10, ...whole(2, 1000), what: 'Cells along each axis of a grid.' },
  parents: {
    initial: 'power-law',
    asking: 'eager',
    ...nameOf('a parent sampler'),
    what: 'How parents are drawn from an island.',
  },
  tournamentSize: {
    initial: 3,
    ...whole(1, 1000),
    what: 'Entrants of a tournament, where parents are drawn by one.',
  },
  migration: {
    initial: 'ring',
    ...nameOf('a migration'),
    what: 'How islands share: the best goes to the next or to a random one, or the weakest half starts anew.',
  },
  migrationEvery: { initial: 400, asking: 50, ...whole(1), what: 'Trials between migrations.' },
  bandit: {
    initial: 'ucb',
    ...oneOf('ucb', 'thompson', 'uniform', 'odds'),
    what: 'How the arm of a trial is chosen: by its record, each alike, or by `odds`.',
  },
  banditProbabilities: {
    initial: 'none',
    ...percentages,
    what: 'Shares of trials where the bandit goes by odds; arms not named share the rest alike.',
  },
  banditExploration: { initial: 0.5, ...above(0), what: 'Weight of the unknown in the bandit.' },
  banditHorizon: {
    initial: 1000,
    asking: 150,
    ...above(1),
    what: 'Trials after which a gain counts for 1/e in the bandit.',
  },
  banditCostUnit: {
    initial: 'dollar',
    ...oneOf('evaluation', 'dollar', 'second'),
    what: 'What the bandit weighs gains against besides evaluations: nothing, money, or time.',
  },
  banditCostWeight: {
    initial: 0.5,
    may: 'a number from 0 to 0.99',
    accepts: (value) => Number.isFinite(value) && (value as number) >= 0 && (value as number) <= 0.99,
    what: 'How much that price counts: 0 not at all, near 1 hardly anything else.',
  },
  strategy: {
    initial: 'islands',
    ...oneOf('islands', 'best-of-n', 'sequential', 'hill-climbing', 'random', 'generational'),
    what: 'The search itself, or a baseline to compare it with (docs/baselines.md).',
  },
  'operators.builtin': {
    initial: 'on',
    ...oneOf('on', 'off'),
    what: 'Whether operators without a model are arms.',
  },
  'operators.disabled': {
    initial: idle,
    ...noneOr(someOf(...builtinOperators)),
    what: 'Operators without a model that are left out, separated by commas.',
  },
  'tune.maxEvaluations': {
    initial: 60,
    ...whole(0, 100_000),
    what: 'Most evaluations one tuning of constants may use; 0: never.',
  },
  'regress.minShare': {
    initial: 0.1,
    ...share,
    what: 'Share of the evaluations that regress gets at least, where residuals are given.',
  },
  'link.minShare': {
    initial: 0.5,
    ...share,
    what: 'Share of the evaluations that link gets at least, where residuals are given.',
  },
  'operators.prompts': {
    initial: usualWays.join(','),
    ...someOf(...wayNames),
    what: 'The ways in which models are asked, separated by commas.',
  },
  learning: {
    initial: 'table',
    ...oneOf('off', 'table', 'network'),
    what: 'Whether a policy proposes expressions and learns from what became of them, and what holds what it learnt.',
  },
  'research.learningScope': {
    initial: 'residuals',
    ...oneOf('residuals', 'everywhere'),
    what: 'On which problems the policy is an arm: those that give residuals, or all.',
  },
  'learning.maxProposals': {
    initial: 40,
    ...whole(2, 10_000),
    what: 'Most expressions that the policy has run in one trial, where residuals are given; elsewhere one.',
  },
  'learning.batch': {
    initial: 30,
    ...whole(1, 10_000),
    what: 'Proposals of the policy after which it is trained, whole trials of them.',
  },
  'learning.rate': { initial: 0.05, ...above(0), what: 'Step of a training (Adam).' },
  'learning.divergence': {
    initial: 0.6,
    may: 'a number above 0 and below 1',
    accepts: (value) => Number.isFinite(value) && (value as number) > 0 && (value as number) < 1,
    what: 'How sharply the best of a trial are sought: nats from equal weights, as a share of the most there can be.',
  },
  'learning.minShare': {
    initial: 0.1,
    ...share,
    what: 'Share of the evaluations that the policy gets at least, where residuals are given.',
  },
  'research.learningSignal': {
    initial: 'rewards',
    ...oneOf('rewards', 'shuffled', 'nothing'),
    what: 'What the policy learns from; shuffled rewards and nothing are there to compare with.',
  },
  'training.every': {
    initial: 64,
    ...whole(2, 100_000),
    what: 'Answers of a model after which a trainer outside (`--trainer`) learns from them.',
  },
  'training.objective': {
    initial: 'entropic',
    ...oneOf('entropic', 'ttt', 'grpo', 'dr-grpo', 'dapo', 'rloo', 'cispo'),
    what: 'How such answers are turned into a step (docs/training.md).',
  },
  maxTurns: {
    initial: 3,
    ...whole(1, 100),
    what: 'Most times a model is asked for one child: again with the reason when nothing came of it.',
  },
  maxRetries: {
    initial: 4,
    ...whole(0, 100),
    what: 'Times a call that failed is made again before its trial gives up.',
  },
  inspirations: { initial: 3, ...whole(0, 20), what: 'Programs shown to a model beside the parent.' },
  historySize: {
    initial: 8,
    ...whole(0, 40),
    what: 'Changes tried lately that a model is told of: so many of the parent, so many of others.',
  },
  maxPromptTokens: {
    initial: 16_000,
    ...whole(500),
    what: 'Most tokens of a prompt, about: what matters least is left out first.',
  },
  novelty: {
    initial: 'exact',
    asking: 'near',
    ...oneOf('near', 'exact', 'off'),
    what: 'Which twins are turned away unrun: the same program, also one that says nearly the same, or none.',
  },
  embeddingModel: {
    initial: null,
    ...orNull(spec, 'to ask no such model'),
    what: 'Model whose embeddings tell children of models that are much like a program met before.',
  },
  similarityThreshold: {
    initial: 0.995,
    may: 'a number above 0 and up to 1',
    accepts: (value) => Number.isFinite(value) && (value as number) > 0 && (value as number) <= 1,
    what: 'Cosine of two embeddings from which on two programs are much alike.',
  },
  noveltyModel: {
    initial: null,
    ...orNull(spec, 'to ask no such model'),
    what: 'Model that is asked whether a child is new where it is much like another program.',
  },
  reflectEvery: {
    initial: 20,
    ...whole(0),
    what: 'Trials of models after which a model sums up what worked and what failed; 0: never.',
  },
  promptVariants: {
    initial: 'fixed',
    ...oneOf('fixed', 'evolving'),
    what: 'What models are told to do: the words of each operator, or also those that lessons suggest, by their gain.',
  },
  maxProgramSize: { initial: 20_000, ...whole(1, 100_000), what: 'Characters a program may have.' },
  isolation: {
    initial: 'context',
    ...oneOf('context', 'isolate'),
    what: 'What is new for each evaluation: a context (fast) or a whole isolate.',
  },
  patience: {
    initial: 5000,
    ...whole(1),
    what: 'Trials in a row with nothing new to evaluate after which the search ends.',
  },
  evaluations: {
    initial: null,
    ...orUnlimited(whole(1)),
    what: 'Programs to evaluate, runs of operators among them.',
  },
  calls: {
    initial: null,
    ...orUnlimited(whole(0)),
    what: 'Calls to models, those that fail and are made again among them.',
  },
  tokens: { initial: null, ...orUnlimited(whole(0)), what: 'Tokens read and written by models.' },
  dollars: {
    initial: null,
    ...orUnlimited({
      may: 'a number of at least 0',
      accepts: (value) => Number.isFinite(value) && (value as number) >= 0,
    }),
    what: 'Dollars that models may cost.',
  },
  minutes: {
    initial: null,
    ...orUnlimited(above(0)),
    what: 'Wall clock of the whole search, resumed time included.',
  },
  target: {
    initial: null,
    ...orNull({ may: 'a number', accepts: Number.isFinite }, 'for none but the problem’s own'),
    what: 'Score at which to stop.',
  },
};

/** What an export keeps where nothing else is said (docs/export.md). */
export const exporting = {
  /** Examples of a data set. */
  limit: 10_000,
  /** Share of them that is held out. */
  heldOut: 0.1,
  /** Children of the same parents, or pairs of one prompt, and programs that differ in numbers alone. */
  caps: { siblings: 8, shape: 4 },
  /** What all calls of one program that is asked about may use together. */
  limits: { wallMs: 5000, cpuMs: 5000, memoryMb: 128, outputBytes: 100_000 },
} as const;

/** Operators that search by themselves: with them, hill climbing would be something else. */
const fits = 'tune,blend,regress,link';

/** What all baselines do without: whatever makes a search more than one line of descent, or a search within. */
const plain = {
  islands: 1,
  migration: 'none',
  bandit: 'uniform',
  novelty: 'exact',
  inspirations: 0,
  learning: 'off',
  lessons: 0,
  'operators.prompts': 'diff,whole,part',
  'operators.disabled': `${idle},${fits}`,
} as const;

/** Defaults of each strategy, where they are others. */
const presets: Record<Settings['strategy'], Partial<Settings>> = {
  islands: {},
  'best-of-n': { ...plain, archive: 'seeds', parents: 'uniform', historySize: 0 },
  sequential: { ...plain, archive: 'latest', concurrency: 1 },
  'hill-climbing': { ...plain, archive: 'single', concurrency: 1, historySize: 0 },
  random: { ...plain, archive: 'recent', capacity: 10_000, parents: 'uniform', historySize: 0 },
  generational: {
    ...plain,
    archive: 'generations',
    capacity: 100,
    parents: 'tournament',
    tournamentSize: 7,
    bandit: 'odds',
    banditProbabilities: 'crossover:90',
    historySize: 0,
  },
};

/** Evaluations without which a population of its own comes to nothing (docs/baselines.md). */
const perIsland = 100;

/**
 * Settings from what was given, the rest by default; `asking`: for a search that asks a model.
 * @throws ConfigError naming the setting, what it may be, and what was given.
 */
export function configure(given: Readonly<Record<string, unknown>>, asking = false): Settings {
  const result: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) {
    result[name] = asking && 'asking' in setting ? setting.asking : setting.initial;
  }
  const preset = presets[given.strategy as Settings['strategy']];
  Object.assign(result, preset);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const setting = (settings as Record<string, Setting<unknown> | undefined>)[name];
    if (!setting) throw unknownSetting(name);
    const meant = setting.accepts(value) ? value : unset(setting, value);
    if (meant === undefined) throw expected(`\`${name}\` to be ${setting.may}`, shown(value));
    result[name] = meant;
  }
  const { evaluations, islands } = result as unknown as Settings;
  if (given.islands === undefined && evaluations !== null) {
    result.islands = Math.max(1, Math.min(islands, Math.floor(evaluations / perIsland)));
  }
  return result as unknown as Settings;
}

function unknownSetting(name: string): ConfigError {
  const meant = suggestion(name, Object.keys(settings));
  return meant === undefined
    ? expected(`a setting among ${Object.keys(settings).join(', ')}`, name)
    : new ConfigError(`Expected a setting (docs/settings.md), got \`${name}\`: did you mean \`${meant}\`?`);
}

/** Words that unset a setting, each good for all that can be unset: some keep that as null, some as a word. */
const unsetting: readonly unknown[] = [null, 'null', 'none', 'off'];

/** What such a word means for a setting; undefined for another word, and where there is nothing to unset. */
function unset(setting: Setting<unknown>, value: unknown): unknown {
  return unsetting.includes(value) ? [null, 'none', 'off'].find(setting.accepts) : undefined;
}

/** A value as an error tells of it: a text that reads as a number is told apart from one. */
function shown(value: unknown): unknown {
  return typeof value === 'string' && typeof readSetting(value) === 'number' ? JSON.stringify(value) : value;
}

/** The percentages that the setting `odds` writes; NaN for what is none. */
export function probabilitiesOf(text: string): ReadonlyMap<string, number> {
  if (text === 'none') return new Map();
  return new Map(
    text.split(',').map((each) => {
      const [, name = '', percent = 'NaN'] = /^([a-z]+):(\d+(?:\.\d+)?)$/.exec(each) ?? [];
      return [name, Number(percent)] as const;
    }),
  );
}

/** What a word of the command line means: a number if it reads as one. */
export function readSetting(text: string): string | number {
  return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}
