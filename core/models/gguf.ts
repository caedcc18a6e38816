import { ConfigError } from '../search/errors.ts';
import type { Message, Model } from '../search/model.ts';
import { free, quoteOf } from './prices.ts';
import { joinLimiter } from './rate-limiter.ts';
import type { Spec } from './spec.ts';

/** The part of node-llama-cpp (version 3) that is used here. */
interface Llama {
  getLlama(): Promise<{ loadModel(options: { modelPath: string }): Promise<LlamaModel> }>;
  LlamaChatSession: new (options: {
    contextSequence: unknown;
  }) => {
    setChatHistory(history: readonly object[]): void;
    promptWithMeta(text: string, options: object): Promise<{ responseText: string; stopReason: string }>;
    dispose(): void;
  };
}

interface LlamaModel {
  tokenize(text: string): readonly unknown[];
  createContext(): Promise<{ getSequence(): unknown; dispose(): Promise<void> }>;
  dispose(): Promise<void>;
}

/**
 * A GGUF file in this process, through node-llama-cpp where it is installed; one call at a time. Written from
 * the package's documentation: the binaries have hundreds of megabytes and are not part of Atoll's own tests.
 * @throws ConfigError where the package is missing or the file cannot be loaded.
 */
export async function ggufModel(
  options: Pick<Spec, 'name' | 'target' | 'calls' | 'tokens' | 'temperature'>,
  load: () => Promise<unknown> = () => import(packageName),
): Promise<Model> {
  const { name, target: file, calls, tokens, temperature } = options;
  const { getLlama, LlamaChatSession } = await installed(name, load);
  const model = await getLlama()
    .then((llama) => llama.loadModel({ modelPath: file }))
    .catch((error: Error) => {
      throw new ConfigError(`Expected ${file} to be a GGUF model, got ${error.message}`, { cause: error });
    });
  const place = joinLimiter(name, { calls });
  const count = (text: string): number => model.tokenize(text).length;
  return {
    name,
    quote: (messages) => quoteOf(messages, tokens, free),
    slot: (signal) => place.slot(signal),
    waits: () => place.waits(),
    async ask(messages, signal) {
      signal.throwIfAborted();
      const context = await model.createContext();
      try {
        const session = new LlamaChatSession({ contextSequence: context.getSequence() });
        session.setChatHistory(messages.slice(0, -1).map(turn));
        const question = messages.at(-1)!.text;
        const { responseText: text, stopReason } = await session.promptWithMeta(question, {
          signal,
          maxTokens: tokens,
          ...(temperature === undefined ? {} : { temperature }),
        });
        const input = messages.reduce((sum, each) => sum + count(each.text), 0);
        const output = count(text);
        const usage = { input, cached: 0, output, reasoning: 0 };
        const cost = { tokens: input + output, dollars: 0 };
        return { text, ended: stopReason === 'maxTokens' ? 'length' : 'stop', usage, cost };
      } catch (error) {
        signal.throwIfAborted();
        const fault = `Expected an answer from ${name}, got ${(error as Error).message}`;
        return { fault, kind: 'unfit', cost: { tokens: 0, dollars: 0 } };
      } finally {
        await context.dispose();
      }
    },
    async [Symbol.asyncDispose]() {
      place[Symbol.dispose]();
      await model.dispose();
    },
  };
}

/** In a variable, since the package is optional. */
const packageName = 'node-llama-cpp';

async function installed(name: string, load: () => Promise<unknown>): Promise<Llama> {
  try {
    return (await load()) as Llama;
  } catch (error) {
    throw new ConfigError(
      `Expected the package ${packageName} for ${name}, got none: npm install ${packageName}`,
      { cause: error },
    );
  }
}

function turn({ role, text }: Message): object {
  return role === 'assistant' ? { type: 'model', response: [text] } : { type: role, text };
}
