import type { Language } from '../search/language.ts';
import { random } from '../search/random.ts';
import type { Task } from '../search/roles.ts';
import { type Settings, settings } from '../search/settings.ts';

/** The limits that a search has where nothing else is said. */
const usual = {
  maxProgramSize: settings.maxProgramSize.initial,
  maxPromptTokens: settings.maxPromptTokens.initial,
};

/** What an operator is told that is told of its parents alone: for a prompt outside of a search. */
export function bareTask(
  problem: Task['problem'],
  language: Language,
  parents: Task['parents'],
  { maxProgramSize, maxPromptTokens }: Pick<Settings, 'maxProgramSize' | 'maxPromptTokens'> = usual,
): Task {
  return {
    problem,
    language,
    comparable: false,
    samples: [],
    parents,
    inspirations: [],
    attempts: [],
    historySize: 0,
    lesson: '',
    notes: [],
    suggests: false,
    drawsLesson: false,
    embeds: false,
    asksNoveltyModel: false,
    allowance: 1,
    maxProgramSize,
    maxPromptTokens: maxPromptTokens,
    maxTurns: 1,
    random: random('bare'),
  };
}
