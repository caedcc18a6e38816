import type { Message } from '../../search/model.ts';

/** How a conversation becomes one text: what a chat model was trained on. */
export interface Chat {
  /** The text after which the model is to go on. */
  text(messages: readonly Message[]): string;
  /** What ends the model's turn. */
  readonly stop: string;
}

const turns = (messages: readonly Message[], turn: (message: Message) => string): string =>
  messages.map(turn).join('');

/** The forms of conversations that are known, by name. */
export const chats = {
  /** ChatML, as Qwen and many others have it. */
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
  /** No form at all, for a model that never saw one: texts and blank lines, ended by the token of a line of its own. */
  plain: {
    text: (messages) => turns(messages, ({ text }) => `${text}\n\n`),
    stop: '<end>',
  },
} as const satisfies Record<string, Chat>;

export type ChatName = keyof typeof chats;
