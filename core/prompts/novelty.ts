import type { Language } from '../search/language.ts';
import type { Message } from '../search/model.ts';
import type { Source } from '../search/program.ts';
import type { Rejection, Reply, Step, Task } from '../search/roles.ts';
import { ask, screened } from '../search/step.ts';
import { withoutThoughts } from '../search/thoughts.ts';
import { fenced } from './fence.ts';

/**
 * Why a child need not be evaluated, cheapest check first: the screen, which is free; then, with an embedding model,
 * the similarity to earlier programs; then, in doubt, the answer of a novelty model, if there is one. Undefined for a
 * new child. A model that does not answer rejects nothing.
 */
export function* rejectionOf(task: Task, source: Source): Generator<Step, Rejection | undefined, Reply> {
  let reply = yield* screened(source);
  if ('passes' in reply && task.embeds) {
    const heard = yield* ask([{ role: 'user', text: Object.values(source).join('\n') }], 'embed');
    if ('text' in heard) reply = yield* screened(source, heard.text);
  }
  if ('verdict' in reply) return reply;
  const { doubt } = reply;
  if (!doubt) return undefined;
  if (!task.asksNoveltyModel) return { verdict: 'duplicate', why: doubt.why };
  const heard = yield* ask(question(doubt.rival, source, task.language), 'judge');
  const word = 'text' in heard ? (withoutThoughts(heard.text) ?? '') : '';
  if (!/^\W*SAME\b/.test(word)) return undefined;
  return { verdict: 'duplicate', why: `${doubt.why}, and a model judged it to be the same` };
}

function question(first: Source, second: Source, language: Language): readonly Message[] {
  const text = `# First program

${fenced(first, language)}

# Second program

${fenced(second, language)}

# Now

Could the second program get a different score than the first? Consider its method, formulas, order of operations and constants. Answer with one word, NEW or SAME, and then one line that says why: NEW if it could, SAME if it could not.`;
  return [
    { role: 'system', text: 'You compare two programs.' },
    { role: 'user', text },
  ];
}
