import type { Language } from '../search/language.ts';
import type { Source } from '../search/program.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../search/roles.ts';
import type { Form } from '../text/patch/patch.ts';
import { editable } from '../text/regions.ts';
import { described, whatCame } from './describe.ts';
import { fenced } from './fence.ts';
import { reflect } from './lesson.ts';
import { plan } from './plan.ts';
import { type Ask, background, type Section } from './prompt.ts';
import { tokensIn } from './tokens.ts';
import { improve, program, single, usualRequest, type Way } from './way.ts';

/** Makes one focused change, as SEARCH/REPLACE blocks. */
const diff = single({
  form: 'diff',
  parents: 1,
  inspirations: 20,
  asks: (task) => improve(task, usualRequest),
});

/** Rewrites the program, with one of several intentions (flavours, as in ShinkaEvolve, Lange, Imajuku and Cetin 2025). */
const whole = single({
  form: 'whole',
  parents: 1,
  inspirations: 20,
  asks(task) {
    const fitting = flavours.filter(({ fits }) => fits(task));
    const { request, combines } = task.random.pick(fitting);
    return improve(task, request, combines ? task.inspirations[0] : undefined);
  },
});

/** Rewrites one or more functions. */
const part = single({
  form: 'part',
  parents: 1,
  inspirations: 20,
  asks: (task) => improve(task, 'Find the function that limits the score most, and rewrite it.'),
});

/** An intention for a rewrite, and whether it makes sense for the parent. */
interface Flavour {
  readonly request: string;
  fits(task: Task): boolean;
  /** It mentions another program, which then must be in the prompt. */
  readonly combines?: true;
}

/** Fewest characters of editable code to restructure, and fewest different numbers to choose. */
const [leastCode, leastNumbers] = [300, 3];

const flavours: readonly Flavour[] = [
  {
    request:
      'Rewrite the program on a different principle. Keep nothing of the old method unless the new one needs it.',
    fits: () => true,
  },
  {
    request: 'Rewrite the program so that it combines its strengths with those of the other program.',
    // The other program is always in the prompt, so it must leave room for the rest.
    fits: ({ inspirations: [first], maxPromptTokens, language }) =>
      first !== undefined && tokensIn(described(first, language)) < maxPromptTokens / 4,
    combines: true,
  },
  {
    request:
      'Keep the method and restructure the program: remove computation that is repeated or unused, and defer decisions that it makes too early.',
    fits: ({ parents: [parent], language }) => codeOf(parent!.source, language).length >= leastCode,
  },
  {
    request:
      'Keep the structure of the program and choose better constants, thresholds and weights. Have a reason for each.',
    fits: ({ parents: [parent], language }) => {
      const numbers =
        codeOf(parent!.source, language).match(/(?<![\w.$])\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi) ?? [];
      return new Set(numbers).size >= leastNumbers;
    },
  },
  {
    request:
      'Study the cases with the lowest scores, find what they have in common, and rewrite the program so that it does well on them too.',
    fits({ parents: [parent] }) {
      const scores = parent!.outcome.verdicts.map((verdict) => ('score' in verdict ? verdict.score : 0));
      return new Set(scores).size > 1;
    },
  },
];

/** The code of a program that may change, without its comments. */
function codeOf(source: Source, language: Language): string {
  const texts = editable(source, language).flatMap(({ path, regions }) =>
    regions.map(({ start, end }) => source[path]!.slice(start, end)),
  );
  return texts.join('\n').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
}

/** Combines two programs. */
const cross = single({
  form: 'whole',
  parents: 2,
  inspirations: 1,
  asks(task) {
    const [first, second] = task.parents as [Task['parents'][0], Task['parents'][0]];
    return {
      base: first.source,
      background: background(task, first),
      subject: [program('The second program', second, task), program('The first program', first, task)],
      request:
        'Write one program that combines the strengths of both. Where their methods are compatible, use both. Otherwise choose the better one.',
    };
  },
});

/** Repairs a child that failed, from its error. */
const repair = single({
  form: 'diff',
  parents: 1,
  retries: 'failed',
  asks: (task) =>
    retry(
      task,
      'It failed',
      'Find the cause of the failure and fix it. Keep the idea of the change if it is sound.',
    ),
});

/** Continues with a child that scored almost as high as its parent. */
const refine = single({
  form: 'diff',
  parents: 1,
  retries: 'missed',
  asks: (task) =>
    retry(
      task,
      `It scores ${task.attempt!.score}, which is no better`,
      'The change may be sound but unfinished. Find what holds it back, and develop it until the program scores higher than the parent.',
    ),
});

/** Every way to ask a model. Settings, held-out questions and exports take names and forms from here. */
const ways: Readonly<Record<string, Way>> = { diff, whole, part, cross, repair, refine, plan };

/** The names of all ways to ask a model. */
export const wayNames: readonly string[] = Object.keys(ways);

/** The names of the default ways. */
export const usualWays: readonly string[] = wayNames.filter((name) => !ways[name]!.optional);

/** The form of an answer's change in the way of that name. */
export function formOf(name: string): Form | undefined {
  return ways[name]?.form;
}

/** The same for ways that start from a parent; undefined for those that retry a child. */
export function formAlone(name: string): Form | undefined {
  return ways[name]?.retries ? undefined : formOf(name);
}

/** The operators that ask a model, one for each of `names`, which are among `wayNames`. They draw a lesson first where one is due. */
export function asking(model: string, names: readonly string[]): Operator[] {
  return names.map((name) => {
    const { parents, inspirations, retries, propose } = ways[name]!;
    return {
      name,
      model,
      parents,
      ...(inspirations === undefined ? {} : { inspirations }),
      ...(retries ? { retries } : {}),
      runs: { least: 0, most: 0 },
      propose: (task) => withLesson(task, propose),
    };
  });
}

function* withLesson(task: Task, propose: Way['propose']): Generator<Step, Proposal, Reply> {
  return yield* propose(task.drawsLesson ? yield* reflect(task) : task);
}

function retry(task: Task, what: string, request: string): Omit<Ask, 'form'> {
  const { parent, source, note } = task.attempt!;
  const came = whatCame(task.attempt!, task.problem);
  const subject: Section[] = [
    { title: 'The parent program', text: described(parent, task.language) },
    {
      title: 'The program to change',
      text: `It was made from the parent program${note ? `: ${note}` : ''}. ${what}.${came ? `\n\n${came}` : ''}\n\n${fenced(source!, task.language)}`,
    },
  ];
  return { base: source!, background: background(task, parent), subject, request };
}
