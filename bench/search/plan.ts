/** What a sweep makes: problems with evaluations that take some ten to thirty seconds of one core, and strategies. */
import type { Settings } from '../../core/search/settings.ts';
import { findProblem } from '../../ui/run/find-problem.ts';
import type { Wanted } from './records.ts';

/** Evaluations of one search, by problem. */
const budgets: Readonly<Record<string, number>> = {
  'circle-packing-26': 100,
  'minmax-ratio-16': 100,
  'heilbronn-triangle-11': 100,
  'erdos-overlap': 100,
  'autocorrelation-1': 100,
  'matmul-3x3': 200,
  'cap-set-8': 1000,
  'bin-packing-or3': 2000,
  'bin-packing-weibull': 1000,
  'tsp-construct-50': 500,
  'symbolic-regression': 3000,
};

/** Evaluations of a problem that the table does not know. */
const otherwise = 500;

interface Strategy {
  /** How it is called where a person reads it. */
  readonly title: string;
  /** Extra ones are run only where they are named. */
  readonly kind: 'engine' | 'baseline' | 'extra' | 'ablation';
  settings(evaluations: number): Partial<Settings>;
}

const baseline = (title: string, strategy: Settings['strategy']): Strategy => ({
  title,
  kind: 'baseline',
  settings: () => ({ strategy }),
});
const without = (title: string, settings: Partial<Settings>): Strategy => ({
  title,
  kind: 'ablation',
  settings: () => settings,
});

/** The engine, what it is compared with, and the engine without one of its parts. */
export const strategies = {
  atoll: { title: 'Atoll', kind: 'engine', settings: () => ({}) },
  random: baseline('random search', 'random'),
  'hill-climbing': baseline('hill climbing (1+1)', 'hill-climbing'),
  'best-of-n': baseline('best of N', 'best-of-n'),
  generational: {
    title: 'generational GP',
    kind: 'baseline',
    // A hundred programs at a time, or fewer so that a small budget has generations enough.
    settings: (evaluations) => ({
      strategy: 'generational',
      capacity: Math.max(10, Math.min(100, Math.round(1.5 * Math.sqrt(evaluations)))),
    }),
  },
  // The textbook's climber does not fit numbers within a step: would it be better off?
  'fitting-climber': {
    title: 'hill climbing that fits numbers',
    kind: 'extra',
    settings: () => ({ strategy: 'hill-climbing', 'operators.disabled': 'usual' }),
  },
  // With the operators that are left out by default.
  'all-operators': {
    title: 'all operators',
    kind: 'extra',
    settings: () => ({ 'operators.disabled': 'none' }),
  },
  // As many programs as four islands hold.
  'one-island': without('islands', { islands: 1, migration: 'none', capacity: 160 }),
  'no-novelty': without('novelty', { novelty: 'off' }),
  'uniform-bandit': without('bandit', { bandit: 'uniform' }),
  'no-crossover': without('crossover', { 'operators.disabled': 'usual,crossover' }),
  'no-tuning': without('tuning', { 'operators.disabled': 'usual,searching' }),
} satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;

/** Names of the strategies of a kind. */
export function named(...kinds: Strategy['kind'][]): StrategyName[] {
  return (Object.keys(strategies) as StrategyName[]).filter((name) => kinds.includes(strategies[name].kind));
}

/** What a person may ask for; the rest is as the tables have it. */
export interface Asked {
  readonly problems?: readonly string[] | undefined;
  readonly strategies?: readonly string[] | undefined;
  readonly seeds?: number | undefined;
  readonly evaluations?: number | undefined;
  /** Times the evaluations of the table. */
  readonly scale?: number | undefined;
  readonly minutes?: number | undefined;
}

/**
 * The searches of a sweep, seed by seed, so that one cut short has as many of each. By the clock only the engine is
 * run, on two cores, with five seeds.
 */
export async function searches(asked: Asked): Promise<Wanted[]> {
  const minutes = asked.minutes ?? null;
  const usual = minutes === null ? named('engine', 'baseline', 'ablation') : ['atoll'];
  const names = asked.strategies ?? usual;
  const wrong = names.find((name) => !(name in strategies));
  if (wrong) throw new Error(`Expected strategies among ${Object.keys(strategies).join(', ')}, got ${wrong}`);
  const problems = asked.problems ?? (await there(Object.keys(budgets)));
  const seeds = Array.from({ length: asked.seeds ?? (minutes === null ? 10 : 5) }, (_, i) => i + 1);
  return seeds.flatMap((seed) =>
    problems.flatMap((problem) =>
      (names as StrategyName[]).map((strategy): Wanted => {
        const evaluations = minutes === null ? (asked.evaluations ?? scaled(problem, asked.scale)) : null;
        const settings = strategies[strategy].settings(evaluations ?? 100_000) as Wanted['settings'];
        const workers = minutes === null ? 1 : 2;
        return { problem, strategy, seed, settings, evaluations, minutes, workers };
      }),
    ),
  );
}

function scaled(problem: string, scale = 1): number {
  return Math.round(scale * (budgets[problem] ?? otherwise));
}

/** Those that this checkout has. */
async function there(names: readonly string[]): Promise<string[]> {
  const found = await Promise.allSettled(names.map(findProblem));
  return names.filter((_, i) => found[i]!.status === 'fulfilled');
}
