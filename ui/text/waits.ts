import type { Wait } from '../../core/search/model.ts';
import { clockTime } from './words.ts';

/** What a search waits for, as `waits for desk/0001.answer.md` or `waits until 14:03:20 for openai:gpt-5`; empty for nothing. */
export function waitsIn(waits: readonly Wait[], most = 3): string {
  const said = waits.map(({ what, until }) =>
    until === undefined ? `waits for ${what}` : `waits until ${clockTime(until)} for ${what}`,
  );
  const told = [...new Set(said)];
  const rest = told.length > most ? `, and ${told.length - most} more` : '';
  return told.slice(0, most).join(', ') + rest;
}
