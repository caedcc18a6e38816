import { amendable, type Budgets, readBudgets } from '../../core/search/amendments.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { Key, KeyResult } from './keys.ts';
import type { Prompt, ViewState } from './view.ts';

/** Characters that a prompt takes. */
const longest = 500;

/** The view after a key while a line is typed: every character is one of the line. */
export function typing(view: ViewState, key: Key, prompt: Prompt): KeyResult {
  const { text } = prompt;
  const edited = (next: string): KeyResult => ({
    view: { ...view, prompt: { ...prompt, text: next, error: null } },
    intents: [],
  });
  if (key === 'escape') return { view: { ...view, prompt: null }, intents: [] };
  if (key === 'backspace') return edited([...text].slice(0, -1).join(''));
  if (key === 'enter') return sent(view, prompt);
  if (typeof key !== 'object') return { view, intents: [] };
  // A line that was pasted with its end is sent.
  const [line, ...rest] = key.typed.split(/[\r\n]/) as [string, ...string[]];
  const next = [...(text + line)].slice(0, longest).join('');
  return rest.length > 0 ? sent(view, { ...prompt, text: next }) : edited(next);
}

function sent(view: ViewState, prompt: Prompt): KeyResult {
  const text = prompt.text.trim();
  const closed = { ...view, prompt: null };
  if (text === '') return { view: closed, intents: [] };
  if (prompt.of === 'note') return { view: closed, intents: [{ type: 'note', text }] };
  try {
    return { view: closed, intents: [{ type: 'amend', budgets: budgetsIn(text), text }] };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { view: { ...view, prompt: { ...prompt, error: error.message } }, intents: [] };
  }
}

/**
 * Budgets as the user types them: `evaluations 5000`, `minutes=10 dollars=2`, `calls none`.
 * @throws ConfigError for what is no budget.
 */
export function budgetsIn(text: string): Budgets {
  const words = text.split(/[\s=:,]+/).filter(Boolean);
  const given: [keyof Budgets, string][] = [];
  for (let i = 0; i < words.length; i += 2) {
    const [word, value] = [words[i]!, words[i + 1]];
    const name = amendable.find((each) => each === word.toLowerCase());
    if (!name) throw new ConfigError(`Expected one of ${amendable.join(', ')}, got \`${word}\``);
    if (value === undefined) throw new ConfigError(`Expected a number after ${name}, got nothing`);
    given.push([name, value]);
  }
  return readBudgets(given);
}
