import type { Operator, Task } from '../../roles.ts';
import { described, onCases } from './describe.ts';
import { dialogue } from './dialogue.ts';
import { fenced } from './fence.ts';
import { type Ask, background, type Section } from './prompt.ts';

/** A way to ask: the operator but for its model. */
type Way = Pick<Operator, 'parents' | 'inspirations' | 'mends'> & { asking(task: Task): Ask };

/** Makes one focused change, as SEARCH/REPLACE blocks. */
const diff: Way = {
  parents: 1,
  inspirations: 20,
  asking: (task) => improve(task, 'diff', 'Improve the program by one well-founded change.'),
};

/** Writes the program anew, with one of several intentions (ShinkaEvolve, Lange, Imajuku and Cetin 2025, has such flavours). */
const whole: Way = {
  parents: 1,
  inspirations: 20,
  asking(task) {
    const several = task.parents[0]!.outcome.verdicts.length > 1;
    return improve(task, 'whole', task.random.pick(several ? [...flavours, weakCases] : flavours));
  },
};

/** Rewrites one or more functions. */
const part: Way = {
  parents: 1,
  inspirations: 20,
  asking: (task) => improve(task, 'part', 'Find the function that holds the score back, and write it anew.'),
};

const flavours = [
  'Write the program anew on a different principle from the one it has now; keep nothing for its own sake.',
  'Write the program anew, combining what is strongest in it with what the other programs do better.',
  'Keep the method of the program and restructure it: what it computes more than once, what it never uses, what it decides too early.',
  'Keep the structure of the program and choose its constants, thresholds and weights better, with a reason for each.',
];

const weakCases =
  'Look at the cases on which the program does worst, find what they have in common, and write the program so that it does well on them too.';

/** Breeds two programs. */
const cross: Way = {
  parents: 2,
  inspirations: 1,
  asking(task) {
    const [first, second] = task.parents as [Task['parents'][0], Task['parents'][0]];
    return {
      form: 'whole',
      base: first.source,
      background: background(task, first),
      subject: [
        { title: 'The second program', text: about(described(second), onCases(second)) },
        { title: 'The first program', text: about(described(first), onCases(first)) },
      ],
      request:
        'Write one program that joins the strengths of both: where their methods can work together, let them; where they cannot, choose.',
    };
  },
};

/** Mends a child that failed, from its error. */
const repair: Way = {
  parents: 1,
  mends: 'failed',
  asking: (task) =>
    mend(
      task,
      'It failed',
      'Find the cause of the failure and mend it, keeping the idea of the change if it is sound.',
    ),
};

/** Goes on with a child that missed by little. */
const refine: Way = {
  parents: 1,
  mends: 'missed',
  asking: (task) =>
    mend(
      task,
      `It scores ${task.attempt!.score}, which is no better`,
      'The change may be a good one that is not finished. Find what holds it back and go on with it, until it beats the program it was made from.',
    ),
};

const ways: Record<string, Way> = { diff, whole, part, cross, repair, refine };

/** The ways in which a model may be asked, by name. */
export const wayNames: readonly string[] = Object.keys(ways);

/** The operators that ask a model, one for each of `names`, which are among `wayNames`. */
export function asking(model: string, names: readonly string[]): Operator[] {
  return names.map((name) => {
    const { asking, ...way } = ways[name]!;
    return {
      ...way,
      name,
      model,
      runs: { least: 0, most: 0 },
      propose: (task) => dialogue(task, asking),
    };
  });
}

function improve(task: Task, form: Ask['form'], request: string): Ask {
  const parent = task.parents[0]!;
  return {
    form,
    base: parent.source,
    background: background(task, parent),
    subject: [{ title: 'The program to improve', text: about(described(parent), onCases(parent)) }],
    request: task.guidance ?? request,
  };
}

function mend(task: Task, what: string, request: string): Ask {
  const { parent, source, feedback, note } = task.attempt!;
  const subject: Section[] = [
    { title: 'A program that works', text: described(parent) },
    {
      title: 'The program to change',
      text: `It was made from the one above${note ? `: ${note}` : ''}. ${what}.${feedback ? `\n\n${feedback}` : ''}\n\n${fenced(source!)}`,
    },
  ];
  return { form: 'diff', base: source!, background: background(task, parent), subject, request };
}

function about(program: string, cases: string): string {
  return cases ? `${program}\n\n${cases}` : program;
}
