import { ask } from '../search/step.ts';
import { withoutThoughts } from '../search/thoughts.ts';
import { dialogue } from './dialogue.ts';
import { howToAnswer, joined, opening } from './prompt.ts';
import { improve, type Way } from './way.ts';

/**
 * Asks for a plan, and then, in the same conversation, for the program that follows it (Jiang et al., *Self-planning
 * code generation with large language models*, 2023). Optional, since it costs two answers instead of one.
 */
export const plan: Way = {
  form: 'whole',
  parents: 1,
  inspirations: 20,
  optional: true,
  *propose(task) {
    const wanted = { ...improve(task, following), form: plan.form };
    const question = opening(task, { ...wanted, request: planning });
    const heard = yield* ask(question, 'plan');
    if ('unheard' in heard) return { malformed: heard.unheard };
    const text = withoutThoughts(heard.text)?.trim();
    if (!text) return { malformed: 'Expected a plan, got none.' };
    const next = joined([howToAnswer(wanted, task), { title: 'Now', text: wanted.request }]);
    return yield* dialogue(task, wanted, [
      ...question,
      { role: 'assistant', text },
      { role: 'user', text: next },
    ]);
  },
};

const planning =
  'Plan a change before you write it. Name what limits the score, compare two or three ways to overcome it, and choose one. Then list the steps that carry it out. Write at most 15 lines and no code.';

const following =
  'Write the program that follows your plan. Where a step of the plan proves wrong, correct it.';
