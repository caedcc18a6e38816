import type { Language } from '../search/language.ts';
import { random } from '../search/random.ts';
import type { Task } from '../search/roles.ts';
import { type Settings, settings } from '../search/settings.ts';

/** The default limits of a search. */
const usual = {
  maxProgramSize: settings.maxProgramSize.initial,
  maxPromptTokens: settings.maxPromptTokens.initial,
};

/** A task that has nothing but parents: for a prompt outside of a search. */
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
