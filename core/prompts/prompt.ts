import type { Language } from '../search/language.ts';
import type { Message } from '../search/model.ts';
import type { Briefing } from '../search/problem.ts';
import { type Elite, mainFile, type Source } from '../search/program.ts';
import type { Task } from '../search/roles.ts';
import { instructions } from '../text/patch/instructions.ts';
import type { Form } from '../text/patch/patch.ts';
import { editable } from '../text/regions.ts';
import { abbreviated } from './abbreviate.ts';
import { attempted, described, wholeLines } from './describe.ts';
import { goalsOf } from './goals.ts';
import { tokensIn } from './tokens.ts';

/** The parts of a prompt that differ between ways. */
export interface Ask {
  readonly form: Form;
  /** The program to change. */
  readonly base: Source;
  /** What the model works on; never left out. */
  readonly subject: readonly Section[];
  /** Further knowledge, the most useful first; left out from the end where the prompt would be too long. */
  readonly background: readonly Section[];
  /** The instruction. */
  readonly request: string;
}

/** A section of a prompt. */
export interface Section {
  readonly title: string;
  readonly text: string;
}

/** Most characters of a lesson in a prompt. */
export const lessonLimit = 4000;

/** The opening of a conversation, of about `task.maxPromptTokens` tokens at most. */
export function prompt(task: Task, wanted: Ask): readonly Message[] {
  return opening(task, wanted, [howToAnswer(wanted, task)]);
}

/**
 * The same for any request: `closing` says how to answer, and is empty where the request is not for a change. The
 * common part of all prompts of a search comes first, so that providers can cache it.
 */
export function opening(
  task: Task,
  { base, subject, background, request }: Omit<Ask, 'form'>,
  closing: readonly Section[] = [],
): readonly Message[] {
  const { problem } = task;
  const system = joined([
    {
      title: 'Task',
      text: 'You improve a program. Each program that you write is run on test cases and scored. Only a higher score counts.',
    },
    { title: 'Problem', text: problem.brief.trim() },
    ...goalsOf(problem),
    ...known(problem),
    ...example(problem),
    { title: 'Rules', text: rules(task, base) },
    ...closing,
  ]);
  const goal = { title: 'Now', text: request };
  let left = task.maxPromptTokens - tokensIn(system) - tokensIn(joined([...subject, goal]));
  const shown = background.filter(({ title, text }) => {
    const tokens = tokensIn(`${title}${text}`) + 4;
    if (!text || tokens > left) return false;
    left -= tokens;
    return true;
  });
  return [
    { role: 'system', text: system },
    { role: 'user', text: joined([...shown.toReversed(), ...subject, goal]) },
  ];
}

/** The section on the form of the answer. */
export function howToAnswer({ form, base }: Pick<Ask, 'form' | 'base'>, { language }: Task): Section {
  return { title: 'How to answer', text: instructions[form](base, language) };
}

/** Knowledge besides the parent: the user's notes, the lesson, recent attempts, and other programs. */
export function background(task: Task, home: Elite, inspirations = task.inspirations): Section[] {
  const { notes, lesson, attempts, historySize } = task;
  const own = attempts.filter(({ parent }) => parent.id === home.id);
  const others = attempts.filter(({ parent }) => parent.id !== home.id);
  const lines = (list: typeof attempts): string =>
    list
      .slice(Math.max(0, list.length - historySize))
      .map(attempted)
      .join('\n');
  return [
    { title: 'Notes of the user who runs this search', text: notes.map((each) => `- ${each}`).join('\n') },
    { title: 'Lessons from earlier changes', text: wholeLines(lesson, lessonLimit) },
    { title: 'Recent changes of this program', text: lines(own) },
    ...inspirations.map((each, i) =>
      another(each, task.language, inspirations.length > 1 ? ` ${i + 1}` : ''),
    ),
    { title: 'Recent changes of other programs', text: lines(others) },
  ];
}

/** The section on another program. */
function another(elite: Elite, language: Language, number = ''): Section {
  return { title: `Another program${number}`, text: described(elite, language) };
}

/** Sections as one text. */
export function joined(sections: readonly Section[]): string {
  return sections.map(({ title, text }) => `# ${title}\n\n${text}`).join('\n\n');
}

/** Most known scores in a prompt. */
const mostReferences = 12;

function known({ references = [], target }: Briefing): Section[] {
  const lines = references
    .slice(0, mostReferences)
    .map(({ name, score, on }) => `- ${name}: ${score}${on === 'held-out' ? ' on held-out cases' : ''}`);
  if (target !== undefined) lines.push(`- target, at which the search ends: ${target}`);
  return lines.length > 0 ? [{ title: 'Known scores', text: lines.join('\n') }] : [];
}

function example({ shown: [first] = [] }: Briefing): Section[] {
  if (!first) return [];
  const text = `What the judge is given for the case \`${first.id}\` (long values are shortened):\n\n${abbreviated(first.input)}`;
  return [{ title: 'Example case', text }];
}

function rules({ problem, language, maxProgramSize }: Task, base: Source): string {
  const { path } = mainFile(base);
  const { limits, entry } = problem;
  const several = Object.keys(base).length > 1;
  const marked = editable(base, language).some(
    ({ path: each, regions }) => regions[0]!.end < base[each]!.length,
  );
  const lines = [
    `- The program is ${language.prompt.program(path, entry)}.`,
    limits &&
      `- All cases together may take ${limits.cpuMs} ms of processor time, ${limits.wallMs} ms of wall-clock time and ${limits.memoryMb} MiB of memory. A program that exceeds a limit gets no score.`,
    '- It runs in a sandbox without network, files, timers or a clock. Its random numbers are the same in every run.',
    `- It may import ${several ? 'its own files and ' : ''}${language.prompt.imports}.`,
    `- It may have up to ${maxProgramSize} characters.`,
    marked &&
      '- Change only the code between EVOLVE-BLOCK-START and EVOLVE-BLOCK-END comments. Leave the comments and everything else as they are.',
  ];
  return lines.filter(Boolean).join('\n');
}
