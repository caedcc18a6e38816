import { expected } from './errors.ts';

/** All that decides how a search goes; journaled with it. One table below holds every default. */
export interface Settings {
  readonly seed: number;
  readonly order: 'strict' | 'arrival';
  readonly concurrency: number;
  readonly islands: number;
  readonly archive: 'top' | 'grid';
  readonly capacity: number;
  readonly bins: number;
  readonly parents: 'power-law' | 'weighted' | 'tournament' | 'uniform';
  readonly migration: 'ring' | 'random' | 'reset' | 'none';
  readonly migrationEvery: number;
  readonly bandit: 'ucb' | 'thompson' | 'uniform';
  readonly exploration: number;
  readonly memory: number;
  readonly 'operators.builtin': 'on' | 'off';
  readonly 'operators.tune': number;
  readonly sizeLimit: number;
  readonly isolation: 'context' | 'isolate';
  readonly patience: number;
  readonly evaluations: number | null;
  readonly minutes: number | null;
  readonly target: number | null;
}

interface Setting<T> {
  readonly initial: T;
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
const above = (limit: number) => ({
  may: `a number above ${limit}`,
  accepts: (value: unknown) => Number.isFinite(value) && (value as number) > limit,
});
const orNone = (range: Pick<Setting<unknown>, 'may' | 'accepts'>) => ({
  may: `${range.may}, or null for no limit`,
  accepts: (value: unknown) => value === null || range.accepts(value),
});
const oneOf = (...names: string[]) => ({
  may: `one of ${names.join(', ')}`,
  accepts: (value: unknown) => names.includes(value as string),
});

/** Every setting with its default, what it may be, and what it does. */
export const settings: { readonly [K in keyof Settings]: Setting<Settings[K]> } = {
  seed: { initial: 1, ...whole(0), what: 'Key of every draw: one seed, one search.' },
  order: {
    initial: 'strict',
    ...oneOf('strict', 'arrival'),
    what: 'strict: trials settle by number, so a seed gives one journal; arrival: as they finish.',
  },
  concurrency: { initial: 8, ...whole(1, 1024), what: 'Trials under way at a time.' },
  islands: { initial: 4, ...whole(1, 1000), what: 'Populations that breed apart.' },
  archive: {
    initial: 'top',
    ...oneOf('top', 'grid'),
    what: 'Who lives on an island: the best, or the best of each cell.',
  },
  capacity: { initial: 40, ...whole(1, 10_000), what: 'Elites an island of kind top holds.' },
  bins: { initial: 10, ...whole(2, 1000), what: 'Cells along each axis of a grid.' },
  parents: {
    initial: 'power-law',
    ...oneOf('power-law', 'weighted', 'tournament', 'uniform'),
    what: 'How parents are drawn from an island.',
  },
  migration: {
    initial: 'ring',
    ...oneOf('ring', 'random', 'reset', 'none'),
    what: 'How islands share: the best goes to the next or to a random one, or the weakest half starts anew.',
  },
  migrationEvery: { initial: 400, ...whole(1), what: 'Trials between migrations.' },
  bandit: {
    initial: 'ucb',
    ...oneOf('ucb', 'thompson', 'uniform'),
    what: 'How the arm of a trial is chosen.',
  },
  exploration: { initial: 0.5, ...above(0), what: 'Weight of the unknown in the bandit.' },
  memory: { initial: 1000, ...above(1), what: 'Trials after which a gain counts for 1/e in the bandit.' },
  'operators.builtin': {
    initial: 'on',
    ...oneOf('on', 'off'),
    what: 'Whether operators without a model are arms.',
  },
  'operators.tune': {
    initial: 60,
    ...whole(0, 100_000),
    what: 'Most evaluations one tuning of constants may use; 0: never.',
  },
  sizeLimit: { initial: 20_000, ...whole(1, 100_000), what: 'Characters a program may have.' },
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
    ...orNone(whole(1)),
    what: 'Programs to evaluate, runs of operators among them.',
  },
  minutes: {
    initial: null,
    ...orNone(above(0)),
    what: 'Wall clock of the whole search, resumed time included.',
  },
  target: {
    initial: null,
    ...orNone({ may: 'a number', accepts: Number.isFinite }),
    what: 'Score at which to stop; the problem’s own if it has one.',
  },
};

/**
 * Settings from what was given, the rest by default.
 * @throws ConfigError naming the setting, what it may be, and what was given.
 */
export function configure(given: Readonly<Record<string, unknown>>): Settings {
  const result: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(settings)) result[name] = setting.initial;
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const setting = (settings as Record<string, Setting<unknown> | undefined>)[name];
    if (!setting) throw expected(`a setting among ${Object.keys(settings).join(', ')}`, name);
    if (!setting.accepts(value)) throw expected(`\`${name}\` to be ${setting.may}`, value);
    result[name] = value;
  }
  return result as unknown as Settings;
}

/** What a word of the command line means: a number if it reads as one. */
export function readSetting(text: string): string | number {
  return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}
