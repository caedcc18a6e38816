import type { Message } from '../../model.ts';
import type { Reply, Step, Task } from '../../roles.ts';
import { ask } from '../steps.ts';
import { attempted, described } from './describe.ts';
import { tokensIn } from './tokens.ts';

/**
 * Has the model draw a lesson from what was tried lately, and go on with it: the scratchpad of ShinkaEvolve (Lange,
 * Imajuku and Cetin 2025), told by the arm that first uses it and on its account. Without an answer, the old lesson
 * stays.
 */
export function* reflect(task: Task): Generator<Step, Task, Reply> {
  const heard = yield* ask(lessonPrompt(task), 'lesson');
  return 'text' in heard ? { ...task, lesson: heard.text } : task;
}

const suggestion =
  'End with one line `TRY: ...`: a single instruction, in general words, that would make whoever changes a program next do better than `Improve the program by one well-founded change.` It is tried on others, and kept if it pays.';

/** What a model is asked when it is to draw a lesson. */
export function lessonPrompt(task: Task): readonly Message[] {
  const { problem, attempts, lesson, promptLimit } = task;
  const [best] = [...task.parents, ...task.inspirations].toSorted(
    (a, b) => b.outcome.score - a.outcome.score,
  );
  const worked = attempts.filter(({ verdict }) => verdict === 'improved' || verdict === 'best');
  const failed = attempts.filter(({ verdict }) => verdict !== 'improved' && verdict !== 'best');
  const list = (some: typeof attempts): string => some.map(attempted).join('\n') || 'Nothing.';
  const parts = [
    `# Problem\n\n${problem.brief.trim()}`,
    `# Notes so far\n\n${lesson.slice(0, 4000) || 'None.'}`,
    `# What improved on its parent lately\n\n${list(worked)}`,
    `# What did not\n\n${list(failed)}`,
  ];
  const program = `# The best program at hand\n\n${described(best!)}`;
  if (tokensIn(parts.join('') + program) < promptLimit) parts.push(program);
  parts.push(
    '# Now\n\nRewrite the notes: at most ten short points that help whoever improves these programs next. What works and why, what does not and why, and what is promising and was not tried yet. Be specific; drop what proved wrong. Answer with the notes alone.',
  );
  if (task.suggests) parts.push(suggestion);
  return [
    { role: 'system', text: 'You keep the notes of a search for better programs.' },
    { role: 'user', text: parts.join('\n\n') },
  ];
}
