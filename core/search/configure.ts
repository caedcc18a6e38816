import { ConfigError, expected } from './errors.ts';
import { formerNames } from './former-settings.ts';
import type { Setting } from './setting.ts';
import { type Settings, settings } from './settings.ts';
import { suggestion } from './suggestion.ts';

/** What all baselines do without: whatever makes a search more than one line of descent, or a search within. */
const plain = {
  islands: 1,
  migration: 'none',
  bandit: 'uniform',
  novelty: 'exact',
  inspirations: 0,
  learning: 'off',
  reflectEvery: 0,
  'operators.prompts': 'diff,whole,part',
  'operators.disabled': 'usual,searching',
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
    bandit: 'fixed',
    banditProbabilities: 'crossover:90',
    historySize: 0,
  },
};

/** Fewest evaluations for which an island of its own pays (docs/baselines.md). */
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
  if (Object.hasOwn(formerNames, name)) {
    const is = formerNames[name];
    return new ConfigError(
      `Expected a setting (docs/settings.md), got \`${name}\`, which is called \`${is}\` now`,
    );
  }
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

/** A value as an error shows it: a text that reads as a number is shown in quotes. */
function shown(value: unknown): unknown {
  return typeof value === 'string' && typeof readSetting(value) === 'number' ? JSON.stringify(value) : value;
}

/** What a word of the command line means: a number if it reads as one. */
export function readSetting(text: string): string | number {
  return text.trim() !== '' && !Number.isNaN(Number(text)) ? Number(text) : text;
}
