import type { Message } from '../../search/model.ts';

/** How a conversation becomes one text, as the chat model was trained. */
export interface Chat {
  /** The text that the model continues. */
  text(messages: readonly Message[]): string;
  /** The end of the model's turn. */
  readonly stop: string;
}

const turns = (messages: readonly Message[], turn: (message: Message) => string): string =>
  messages.map(turn).join('');

/** Chat formats by name. */
export const chats = {
  /** ChatML, of Qwen and many others. */
  chatml: {
    text: (messages) =>
      `${turns(messages, ({ role, text }) => `<|im_start|>${role}\n${text}<|im_end|>\n`)}<|im_start|>assistant\n`,
    stop: '<|im_end|>',
  },
  /** Llama 3. */
  llama3: {
    text: (messages) =>
      `<|begin_of_text|>${turns(
        messages,
        ({ role, text }) => `<|start_header_id|>${role}<|end_header_id|>\n\n${text.trim()}<|eot_id|>`,
      )}<|start_header_id|>assistant<|end_header_id|>\n\n`,
    stop: '<|eot_id|>',
  },
  /** No format, for a base model: texts and blank lines, ended by the token of a line feed alone. */
  plain: {
    text: (messages) => turns(messages, ({ text }) => `${text}\n\n`),
    stop: '<end>',
  },
} as const satisfies Record<string, Chat>;

export type ChatName = keyof typeof chats;
