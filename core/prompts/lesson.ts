import type { Message } from '../search/model.ts';
import type { Reply, Step, Task } from '../search/roles.ts';
import { ask } from '../search/step.ts';
import { withoutThoughts } from '../search/thoughts.ts';
import { attempted, described, wholeLines } from './describe.ts';
import { lessonLimit } from './prompt.ts';
import { tokensIn } from './tokens.ts';
import { usualRequest } from './way.ts';

/**
 * Asks the model for a lesson from recent attempts, and returns the task with it: the scratchpad of ShinkaEvolve
 * (Lange, Imajuku and Cetin 2025), paid by the arm that first uses it. Without an answer, the old lesson stays.
 */
export function* reflect(task: Task): Generator<Step, Task, Reply> {
  const heard = yield* ask(lessonPrompt(task), 'lesson');
  const lesson = 'text' in heard && withoutThoughts(heard.text)?.trim();
  return lesson ? { ...task, lesson } : task;
}

const suggestion = `End with one line \`TRY: ...\`: one general instruction for the next change of a program, better than "${usualRequest}" The search tries it out and keeps it if it leads to higher scores.`;

/** The prompt for a lesson. */
export function lessonPrompt(task: Task): readonly Message[] {
  const { problem, attempts, lesson, maxPromptTokens } = task;
  const [best] = [...task.parents, ...task.inspirations].toSorted(
    (a, b) => b.outcome.score - a.outcome.score,
  );
  const worked = attempts.filter(({ verdict }) => verdict === 'improved' || verdict === 'best');
  const failed = attempts.filter(({ verdict }) => verdict !== 'improved' && verdict !== 'best');
  const list = (some: typeof attempts): string => some.map(attempted).join('\n') || 'None.';
  const parts = [
    `# Problem\n\n${problem.brief.trim()}`,
    `# Current notes\n\n${wholeLines(lesson, lessonLimit) || 'None.'}`,
    `# Recent changes that improved a program\n\n${list(worked)}`,
    `# Recent changes that did not\n\n${list(failed)}`,
  ];
  const program = `# The best of the programs at hand\n\n${described(best!, task.language)}`;
  if (tokensIn(parts.join('') + program) < maxPromptTokens) parts.push(program);
  parts.push(
    '# Now\n\nRewrite the notes for the model that changes these programs next. Write at most ten short points: what works and why, what fails and why, and what is promising but untried. Be specific. Drop points that proved wrong. Answer with the notes only.',
  );
  if (task.suggests) parts.push(suggestion);
  return [
    { role: 'system', text: 'You keep the notes of a search for better programs.' },
    { role: 'user', text: parts.join('\n\n') },
  ];
}
