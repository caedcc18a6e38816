import { instructions } from '../../code/patch/instructions.ts';
import type { Form } from '../../code/patch/patch.ts';
import { editable } from '../../code/regions.ts';
import type { Message } from '../../model.ts';
import { type Elite, mainFile, type Source } from '../../program.ts';
import type { Task } from '../../roles.ts';
import { attempted, described } from './describe.ts';
import { goalsOf } from './goals.ts';
import { tokensIn } from './tokens.ts';

/** What a prompt says besides what every prompt says. */
export interface Ask {
  readonly form: Form;
  /** The program to change. */
  readonly base: Source;
  /** What the model has to work on; never left out. */
  readonly subject: readonly Section[];
  /** What it may know, the most useful first; left out from the end where the prompt would be too long. */
  readonly background: readonly Section[];
  /** What it is to do. */
  readonly request: string;
}

/** A stretch of a prompt. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** The conversation that opens with a prompt of about `task.promptLimit` tokens at most. */
export function prompt(task: Task, { form, base, subject, background, request }: Ask): readonly Message[] {
  const system = join([
    {
      title: 'Task',
      text: 'You improve a program. What you write is run and scored by a judge that you cannot talk to; only a higher score counts.',
    },
    { title: 'Problem', text: task.problem.brief.trim() },
    ...goalsOf(task.problem),
    { title: 'Rules', text: rules(task, base) },
    { title: 'How to answer', text: instructions[form](base, task.language) },
  ]);
  const goal = { title: 'Now', text: request };
  let left = task.promptLimit - tokensIn(system) - tokensIn(join([...subject, goal]));
  const shown = background.filter(({ title, text }) => {
    const tokens = tokensIn(`${title}${text}`) + 4;
    if (!text || tokens > left) return false;
    left -= tokens;
    return true;
  });
  return [
    { role: 'system', text: system },
    { role: 'user', text: join([...shown.toReversed(), ...subject, goal]) },
  ];
}

/** What is known besides the program at hand: the person's notes, the lesson, what was tried, and other programs. */
export function background(task: Task, home: Elite): Section[] {
  const { notes, lesson, attempts, attemptsShown, inspirations } = task;
  const own = attempts.filter(({ parent }) => parent.id === home.id);
  const others = attempts.filter(({ parent }) => parent.id !== home.id);
  const lines = (list: typeof attempts): string =>
    list
      .slice(Math.max(0, list.length - attemptsShown))
      .map(attempted)
      .join('\n');
  return [
    { title: 'Notes of the person who runs this search', text: notes.map((each) => `- ${each}`).join('\n') },
    { title: 'Lessons from earlier trials', text: lesson.slice(0, 4000) },
    { title: 'Lately tried on this very program', text: lines(own) },
    ...inspirations.map((each, i) => ({
      title: `Another program to learn from (${i + 1})`,
      text: described(each),
    })),
    { title: 'Lately tried on other programs', text: lines(others) },
  ];
}

function rules({ problem, language, sizeLimit }: Task, base: Source): string {
  const { path } = mainFile(base);
  const marked = editable(base, language).some(
    ({ path: each, regions }) => regions[0]!.end < base[each]!.length,
  );
  const lines = [
    `- The program is ${language.prompt.program(path, problem.entry)}.`,
    `- It runs in a sandbox: ${language.prompt.imports}, no network, no disk, no clock; chance is the same in every run.`,
    `- It has at most ${sizeLimit} characters.`,
  ];
  if (marked) {
    lines.push(
      '- Only what stands between an EVOLVE-BLOCK-START and an EVOLVE-BLOCK-END comment may change; the rest stays as it is.',
    );
  }
  return lines.join('\n');
}

function join(sections: readonly Section[]): string {
  return sections.map(({ title, text }) => `# ${title}\n\n${text}`).join('\n\n');
}
