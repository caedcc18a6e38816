import type { Elite } from '../search/program.ts';
import type { Operator, Task } from '../search/roles.ts';
import type { Form } from '../text/patch/patch.ts';
import { described, onCases } from './describe.ts';
import { dialogue } from './dialogue.ts';
import { type Ask, background, type Section } from './prompt.ts';

/** A way to ask a model for a child: an operator without name and model. */
export interface Way extends Pick<Operator, 'parents' | 'inspirations' | 'retries' | 'propose'> {
  /** How the answer that makes the child states its change. */
  readonly form: Form;
  /** Not an arm unless `operators.prompts` names it. */
  readonly optional?: true;
}

/** The default instruction. */
export const usualRequest = 'Make one well-founded change that raises the score.';

/** A way that asks one question, and asks again while the answer is rejected. */
export function single(way: Omit<Way, 'propose'> & { asks(task: Task): Omit<Ask, 'form'> }): Way {
  const { asks, ...rest } = way;
  return { ...rest, propose: (task) => dialogue(task, { ...asks(task), form: way.form }) };
}

/** Asks for a better version of the parent. `beside`: another program that is always in the prompt. */
export function improve(task: Task, request: string, beside?: Elite): Omit<Ask, 'form'> {
  const parent = task.parents[0]!;
  const others = task.inspirations.filter((each) => each !== beside);
  return {
    base: parent.source,
    background: background(task, parent, others),
    subject: [
      ...(beside ? [program('The other program', beside, task)] : []),
      program('The program to improve', parent, task),
    ],
    request: task.guidance ?? request,
  };
}

/** The section on a program with its score and feedback. */
export function program(title: string, elite: Elite, { problem, language }: Task): Section {
  const cases = onCases(elite.outcome, problem);
  return { title, text: cases ? `${described(elite, language)}\n\n${cases}` : described(elite, language) };
}
