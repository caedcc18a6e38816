import { type Island, settle } from './archive.ts';
import { armOf, seedArm } from './arm.ts';
import type { Components } from './components.ts';
import { ConfigError } from './errors.ts';
import type { Opened } from './event.ts';
import type { Outcome } from './outcome.ts';
import type { Problem } from './problem.ts';
import { type Elite, sizeOf } from './program.ts';
import type { Settings } from './settings.ts';
import { evaluate } from './steps.ts';
import { validationOf } from './validation.ts';

/**
 * Scores the seeds and says how the search starts.
 * @throws ConfigError when a seed is too long or does not parse, none is scored, or there is nothing that could make a child.
 */
export async function open(
  world: Components,
  settings: Settings,
  hash: string,
  signal: AbortSignal,
): Promise<Opened> {
  const { problem } = world;
  if (world.operators.size === 0) {
    throw new ConfigError(
      'Expected at least one operator, got none: built-in ones are off or left out and there is no model',
    );
  }
  checkSizes(problem, settings);
  const evaluations = await Promise.all(
    problem.seeds.map((seed, i) => evaluate(seed, 'scored', `seed-${i + 1}/scored`, world, signal)),
  );
  const outcomes = evaluations.map(({ outcome }) => outcome);
  if (!outcomes.some((outcome) => outcome.status === 'scored')) {
    const [first] = outcomes as [Exclude<Outcome, { status: 'scored' }>];
    throw new ConfigError(
      `Expected a seed of ${problem.name} to be scored, got \`${first.status}\`: ${first.feedback}`,
    );
  }
  const validations = await Promise.all(
    problem.seeds.map((seed, i) => validationOf(`seed-${i + 1}`, seed, world, signal)),
  );
  let island: Island = { elites: [] };
  const seeds = problem.seeds.map((source, i) => {
    const form = world.language.canonical(source);
    if ('error' in form)
      throw new ConfigError(`Expected seed ${i + 1} of ${problem.name} to parse, got ${form.error}`);
    const outcome = outcomes[i]!;
    const validation = validations[i];
    const sketch = world.nearDuplicates?.sketch(source);
    const seed = {
      id: `seed-${i + 1}`,
      source,
      canonical: form.hash,
      ...(sketch === undefined ? {} : { sketch }),
      outcome,
      ...(validation === undefined ? {} : { validation }),
    };
    if (outcome.status !== 'scored') return { ...seed, admission: { admitted: false } as const };
    const { id } = seed;
    const elite: Elite = { id, source, outcome, parents: [], arm: seedArm, size: sizeOf(source) };
    const admission = world.archive.admit(island, elite);
    island = settle(island, elite, admission);
    return { ...seed, admission };
  });
  return {
    type: 'opened',
    version: 3,
    problem: { name: problem.name, hash, ...(problem.objectives ? { objectives: problem.objectives } : {}) },
    settings,
    arms: Array.from(world.operators.values(), armOf),
    models: [...world.models.keys()],
    seeds,
  };
}

/**
 * Makes sure that children of the seeds can be no longer than a program may be: else every one would be rejected.
 * @throws ConfigError
 */
export function checkSizes(
  { name, seeds }: Pick<Problem, 'name' | 'seeds'>,
  { maxProgramSize }: Pick<Settings, 'maxProgramSize'>,
): void {
  for (const [i, seed] of seeds.entries()) {
    const size = sizeOf(seed);
    if (size <= maxProgramSize) continue;
    throw new ConfigError(
      `Expected seed ${i + 1} of ${name} to have at most ${maxProgramSize} characters, as programs may have, got ${size}: ` +
        `shorten it, or allow more (--set maxProgramSize=N, up to 100000)`,
    );
  }
}
