import type { Message } from '../model.ts';

/** A conversation as one text, for a person or a command; a prompt that was answered before keeps its headings. */
export function transcript(messages: readonly Message[]): string {
  const asked = messages.filter(({ role }) => role !== 'system').length;
  const headings = { system: 'Instructions', user: 'Question', assistant: 'Your earlier answer' } as const;
  return `${messages
    .map(({ role, text }) =>
      asked > 1 && role !== 'system' ? `====== ${headings[role]} ======\n\n${text}` : text,
    )
    .join('\n\n')
    .trimEnd()}\n`;
}
