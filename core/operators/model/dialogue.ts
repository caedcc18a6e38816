import { applyReply } from '../../code/patch/patch.ts';
import type { Message } from '../../model.ts';
import type { Proposal, Reply, Step, Task } from '../../roles.ts';
import { ask } from '../steps.ts';
import { reflect } from './lesson.ts';
import { turnedAway } from './novelty.ts';
import { type Ask, prompt } from './prompt.ts';

/**
 * Asks for a child, and again with the reason while nothing came of it that is worth an evaluation: a reply that
 * cannot be read, a change that does not apply, a twin. At most `task.turns` times.
 */
export function* dialogue(given: Task, asking: (task: Task) => Ask): Generator<Step, Proposal, Reply> {
  const task = given.reflects ? yield* reflect(given) : given;
  const wanted = asking(task);
  const messages: Message[] = [...prompt(task, wanted)];
  let rejected: string | undefined;
  for (let turn = 1; ; turn++) {
    const heard = yield* ask([...messages], 'propose', rejected);
    // What is wrong with an answer is told before what kept another from being asked for.
    if ('unheard' in heard) return { malformed: rejected ?? heard.unheard };
    const { text, ended } = heard;
    const made = applyReply(wanted.form, wanted.base, text, task.language, ended === 'length');
    const why = 'malformed' in made ? made.malformed : yield* turnedAway(task, made.source);
    // On the last turn a twin goes the way of all children, and is turned away as what it is.
    if (why === undefined || turn >= task.turns) return made;
    rejected = why;
    messages.push({ role: 'assistant', text }, { role: 'user', text: again(why) });
  }
}

function again(why: string): string {
  return `Nothing was run. The reason: ${why}\n\nAnswer again in the same form; what you wrote before was not applied.`;
}
