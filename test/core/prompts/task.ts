import { languageNamed } from '../../../core/languages/registry.ts';
import { random } from '../../../core/search/random.ts';
import type { Task } from '../../../core/search/roles.ts';

/** A task in which nothing is out of the ordinary, but for what is given. */
export function taskOf(given: Partial<Task> & Pick<Task, 'parents'>): Task {
  return {
    problem: { name: 'p', brief: 'Do better.', language: 'javascript', entry: 'f' },
    language: languageNamed(given.problem?.language ?? 'javascript'),
    inspirations: [],
    attempts: [],
    historySize: 8,
    lesson: '',
    notes: [],
    drawsLesson: false,
    suggests: false,
    embeds: false,
    asksNoveltyModel: false,
    comparable: false,
    samples: [],
    allowance: 1,
    maxProgramSize: 20_000,
    maxPromptTokens: 16_000,
    maxTurns: 3,
    random: random('task'),
    ...given,
  };
}
