import type { Message } from '../search/model.ts';

const headings = { user: 'Question', assistant: 'Your earlier answer' } as const;

/** A conversation as one text, for a person or a command; with headings if it has several turns. */
export function transcript(messages: readonly Message[]): string {
  const asked = messages.filter(({ role }) => role !== 'system').length;
  return `${messages
    .map(({ role, text }) =>
      asked > 1 && role !== 'system' ? `====== ${headings[role]} ======\n\n${text}` : text,
    )
    .join('\n\n')
    .trimEnd()}\n`;
}
