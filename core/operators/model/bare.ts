import { type Settings, settings } from '../../config.ts';
import type { Language } from '../../language.ts';
import { random } from '../../random.ts';
import type { Task } from '../../roles.ts';

/** The limits that a search has where nothing else is said. */
const usual = {
  sizeLimit: settings.sizeLimit.initial,
  promptTokens: settings.promptTokens.initial,
};

/** What an operator is told that is told of its parents alone: for a prompt outside of a search. */
export function bareTask(
  problem: Task['problem'],
  language: Language,
  parents: Task['parents'],
  { sizeLimit, promptTokens }: Pick<Settings, 'sizeLimit' | 'promptTokens'> = usual,
): Task {
  return {
    problem,
    language,
    comparable: false,
    samples: [],
    parents,
    inspirations: [],
    attempts: [],
    attemptsShown: 0,
    lesson: '',
    notes: [],
    suggests: false,
    reflects: false,
    embeds: false,
    judges: false,
    allowance: 1,
    sizeLimit,
    promptLimit: promptTokens,
    turns: 1,
    random: random('bare'),
  };
}
