import { defineProblem } from '../../../core/languages/define-problem.ts';
import { languageNamed } from '../../../core/languages/registry.ts';
import { byArm, type Components } from '../../../core/search/components.ts';
import { configure } from '../../../core/search/configure.ts';
import type { Event } from '../../../core/search/event.ts';
import { applyEvent } from '../../../core/search/fold.ts';
import type { Journal } from '../../../core/search/journal.ts';
import { open } from '../../../core/search/open.ts';
import { outcomeOf } from '../../../core/search/outcome.ts';
import { type Elite, mainFile, type Source, withMain } from '../../../core/search/program.ts';
import type { Evaluator, Operator, Proposal } from '../../../core/search/roles.ts';
import { search } from '../../../core/search/search.ts';
import type { Settings } from '../../../core/search/settings.ts';
import { initialState, type State } from '../../../core/search/state.ts';
import type { SteeringInbox } from '../../../core/search/steering.ts';
import { run } from '../../../core/search/step.ts';
import { ringMigration } from '../../../islands/migration.ts';
import { isDuplicate } from '../../../islands/novelty/duplicate.ts';
import { powerLaw } from '../../../islands/parents.ts';
import { ucb } from '../../../islands/selection/bandit.ts';
import { topArchive } from '../../../islands/top.ts';

const valueIn = (source: Source): number => Number(/return (-?[\d.]+)/.exec(mainFile(source).text)?.[1]);
const withValue = (source: Source, value: number): Source =>
  withMain(source, mainFile(source).text.replace(/return -?[\d.]+/, `return ${value}`));

/** What numbers are worth in a toy world, where that is not how close they are to 100. */
interface ToyScores {
  readonly search?: (value: number) => number;
  /** On the validation cases, null for a failure; left out: there are none. */
  readonly validation?: (value: number) => number | null;
}

/** A world whose programs return a number, the best of which is 100; evaluated in this process, with some delay. */
export function toyWorld(
  evaluate?: (source: Source) => void,
  { search: worth = (value) => -Math.abs(100 - value), validation }: ToyScores = {},
): Components & { readonly evaluated: Source[]; readonly validated: number[] } {
  const problem = defineProblem<null, number>({
    name: 'toy',
    brief: 'Return 100.',
    language: 'javascript',
    entry: 'f',
    seeds: [{ 'program.js': 'export function f() {\n  return 1;\n}\n' }],
    cases: [
      { id: 'only', input: null, use: 'scored' },
      ...(validation ? [{ id: 'other', input: null, use: 'validation' } as const] : []),
    ],
    judge: (_, output) => ({ score: worth(output) }),
  });
  const evaluated: Source[] = [];
  const validated: number[] = [];
  const evaluator: Evaluator = {
    async evaluate(source, use, _job, signal) {
      const value = valueIn(source);
      await new Promise((done) => setTimeout(done, Math.abs(value) % 3));
      signal?.throwIfAborted();
      evaluate?.(source);
      if (use === 'validation') {
        validated.push(value);
        const score = validation!(value);
        return {
          outcome:
            score === null ? { status: 'invalid', feedback: 'no' } : outcomeOf([{ case: 'other', score }]),
        };
      }
      evaluated.push(source);
      if (value % 7 === 3) return { outcome: { status: 'crashed', feedback: 'unlucky' } };
      return { outcome: outcomeOf([{ case: 'only', ...problem.judge(null, value) }]) };
    },
    measure: (...asked) => evaluator.evaluate(...asked),
    async [Symbol.asyncDispose]() {},
  };
  return {
    problem,
    language: languageNamed(problem.language),
    evaluator,
    evaluated,
    validated,
    operators: byArm([step, probe, both]),
    archive: topArchive({ capacity: 5, sample: powerLaw(1) }),
    migrate: ringMigration,
    bandit: ucb(0.5),
    models: new Map(),
    inspire: () => [],
    samples: [],
    closest: () => undefined,
    sleep: async () => {},
    isDuplicate,
    elapsed: () => 0,
    stopClock: () => ({ [Symbol.dispose]() {} }),
  };
}

/** A story without a step. */
// biome-ignore lint/correctness/useYield: an operator that runs nothing
function* atOnce(proposal: Proposal): Generator<never, Proposal> {
  return proposal;
}

/** Moves the number a little. */
const step: Operator = {
  name: 'step',
  parents: 1,
  runs: { least: 0, most: 0 },
  propose: ({ parents, random }) => {
    const parent = parents[0]!.source;
    if (random.next() < 0.05) return atOnce({ malformed: 'had no idea' });
    return atOnce({ source: withValue(parent, valueIn(parent) + random.int(9) - 4), note: 'a step' });
  },
};

/** Runs a few neighbours and takes the best. */
const probe: Operator = {
  name: 'probe',
  parents: 1,
  runs: { least: 2, most: 6 },
  *propose({ parents, random, allowance }) {
    const parent = parents[0]!.source;
    let best: { value: number; score: number } | undefined;
    for (let left = allowance - 1; left > 0; left -= 2) {
      const values = Array.from({ length: Math.min(2, left) }, () => valueIn(parent) + random.int(41) - 20);
      const reply = yield* run(values.map((value) => withValue(parent, value)));
      for (const [i, outcome] of reply.entries()) {
        if (outcome.status === 'scored' && outcome.score > (best?.score ?? -1e9)) {
          best = { value: values[i]!, score: outcome.score };
        }
      }
    }
    return best ? { source: withValue(parent, best.value), note: 'probed' } : { malformed: 'nothing ran' };
  },
};

/** The mean of two parents. */
const both: Operator = {
  name: 'both',
  parents: 2,
  runs: { least: 0, most: 0 },
  propose: ({ parents }) => {
    const [a, b] = parents as [Elite, Elite];
    const mean = Math.round((valueIn(a.source) + valueIn(b.source)) / 2);
    return atOnce({ source: withValue(a.source, mean), note: 'between' });
  },
};

interface ToyOptions {
  readonly world?: ReturnType<typeof toyWorld>;
  /** Events of an earlier search to go on from. */
  readonly before?: readonly Event[];
  readonly signal?: AbortSignal;
  /** Where events are kept, the opening among them. */
  readonly journal?: Pick<Journal, 'append'>;
  readonly steering?: SteeringInbox;
  /** Told of every event, once it is folded. */
  readonly observe?: (event: Event) => void;
}

/** Searches in the toy world from the start, or on from the events of an earlier search. */
export async function toySearch(
  given: Partial<Settings>,
  {
    world = toyWorld(),
    before = [],
    signal = new AbortController().signal,
    journal = { append: async () => {} },
    steering,
    observe,
  }: ToyOptions = {},
): Promise<{ events: Event[]; state: State; world: ReturnType<typeof toyWorld> }> {
  const events = [...before];
  const [first] = before.length > 0 ? before : [await open(world, configure(given), 'hash', signal)];
  if (first?.type !== 'opened') throw new Error('a journal begins with opened');
  if (before.length === 0) {
    events.push(first);
    await journal.append(first);
  }
  const state = initialState(first);
  for (const event of before.slice(1)) if (event.type !== 'opened') applyEvent(state, event);
  const told = (event: Event): void => {
    events.push(event);
    observe?.(event);
  };
  await search(state, world, journal, told, signal, steering);
  return { events, state, world };
}

/** An event without the times that it tells, which differ from run to run. */
export function timeless(event: Event): Event {
  if (event.type === 'settled') return { ...event, elapsed: 0 };
  if (event.type !== 'evaluated') return event;
  const { usage: _, ...rest } = event;
  return { ...rest, milliseconds: 0 };
}
