import type { Message } from '../search/model.ts';
import type { Proposal, Reply, Step, Task } from '../search/roles.ts';
import { ask, screened } from '../search/step.ts';
import { applyReply } from '../text/patch/patch.ts';
import { rejectionOf } from './novelty.ts';
import { type Ask, prompt } from './prompt.ts';

/**
 * Asks for a child, and asks again with the reason while the answer is not worth an evaluation: it cannot be parsed or
 * applied, changes nothing, or is a duplicate. Asks at most `task.maxTurns` times; the last answer then stands.
 * @param opening the conversation that asks for the child.
 */
export function* dialogue(
  task: Task,
  wanted: Ask,
  opening: readonly Message[] = prompt(task, wanted),
): Generator<Step, Proposal, Reply> {
  const messages: Message[] = [...opening];
  let last: Proposal | undefined;
  let rejected: string | undefined;
  for (let turn = 1; turn <= task.maxTurns; turn++) {
    const heard = yield* ask([...messages], 'propose', rejected);
    if ('unheard' in heard) return last ?? { malformed: heard.unheard };
    const { text, ended } = heard;
    const { proposal, why } = yield* read(task, wanted, text, ended === 'length');
    if (why === undefined) return proposal;
    last = proposal;
    rejected = why;
    messages.push({ role: 'assistant', text }, { role: 'user', text: again(why) });
  }
  return last!;
}

/** The proposal of an answer, and the reason to ask again, if any. */
function* read(
  task: Task,
  { form, base }: Ask,
  text: string,
  cut: boolean,
): Generator<Step, { readonly proposal: Proposal; readonly why?: string }, Reply> {
  const made = applyReply(form, base, text, task.language, cut);
  if ('source' in made) {
    const rejection = yield* rejectionOf(task, made.source);
    if (!rejection) return { proposal: made };
    const { verdict, why } = rejection;
    if (verdict === 'malformed') return { proposal: made, why };
    return {
      proposal: { ...made, duplicate: why },
      why: `The program is a duplicate: ${why}. Make a different change.`,
    };
  }
  const { malformed: why, unchanged } = made;
  if (!unchanged) return { proposal: { malformed: why }, why };
  // Screened like any child, so that the journal distinguishes it from a malformed answer.
  yield* screened(base);
  return { proposal: { source: base, note: '', duplicate: why }, why };
}

function again(why: string): string {
  return `Your answer was not applied, and nothing was run. The reason:\n\n${why}\n\nAnswer again in full, in the same format.`;
}
