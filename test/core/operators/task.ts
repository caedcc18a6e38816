import { languageNamed } from '../../../core/languages/registry.ts';
import { random } from '../../../core/random.ts';
import type { Task } from '../../../core/roles.ts';

/** A task in which nothing is out of the ordinary, but for what is given. */
export function taskOf(given: Partial<Task> & Pick<Task, 'parents'>): Task {
  return {
    problem: { name: 'p', brief: 'Do better.', language: 'javascript', entry: 'f' },
    language: languageNamed(given.problem?.language ?? 'javascript'),
    inspirations: [],
    attempts: [],
    attemptsShown: 8,
    lesson: '',
    notes: [],
    reflects: false,
    suggests: false,
    embeds: false,
    judges: false,
    comparable: false,
    samples: [],
    allowance: 1,
    sizeLimit: 20_000,
    promptLimit: 16_000,
    turns: 3,
    random: random('task'),
    ...given,
  };
}
