import type { Message } from '../../model.ts';
import type { Source } from '../../program.ts';
import type { Reply, Step, Task } from '../../roles.ts';
import { ask, screened } from '../steps.ts';
import { fenced } from './fence.ts';

/**
 * Why a child need not be evaluated, the cheapest question first: what the screen says for nothing; then, where there
 * are embeddings, whether it lies close to a program met before; and where a judge may be asked, in case of doubt its
 * word. Undefined for a child that is new. Who does not answer stops nobody.
 */
export function* turnedAway(task: Task, source: Source): Generator<Step, string | undefined, Reply> {
  let reply = yield* screened(source);
  if ('passes' in reply && task.embeds) {
    const heard = yield* ask([{ role: 'user', text: Object.values(source).join('\n') }], 'embed');
    if ('text' in heard) reply = yield* screened(source, heard.text);
  }
  if ('verdict' in reply) return reply.why;
  const { doubt } = reply;
  if (!doubt || !task.judges) return doubt?.why;
  const word = yield* ask(question(doubt.rival, source), 'judge');
  return 'text' in word && /^\W*SAME\b/.test(word.text)
    ? `${doubt.why}, and by its judge the same`
    : undefined;
}

function question(first: Source, second: Source): readonly Message[] {
  const text = `# First program

${fenced(first)}

# Second program

${fenced(second)}

# Now

Does the second program do anything that could give it another score than the first: another method, formula, order or number that matters? Answer with one word, NEW or SAME, and one line that says why.`;
  return [
    { role: 'system', text: 'You compare two programs.' },
    { role: 'user', text },
  ];
}
