import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ConfigError, ModelError } from '../search/errors.ts';
import type { Answer, Cost, Message, Model } from '../search/model.ts';

/** One line of a cassette. */
interface Call {
  readonly model: string;
  /** The name that the search gave it, if any. */
  readonly call?: string;
  readonly messages: readonly Message[];
  /** Missing for a call that the end of the search cut off. */
  readonly answer?: Answer;
}

/** A model whose every call is recorded in a file, on disk before the answer is returned. Several models may share a file. */
export function recording(model: Model, file: string): Model {
  mkdirSync(dirname(file), { recursive: true });
  return {
    name: model.name,
    quote: (messages) => model.quote(messages),
    slot: (signal) => model.slot(signal),
    waits: () => model.waits?.() ?? [],
    async ask(messages, signal, call) {
      const about = { model: model.name, ...(call === undefined ? {} : { call }), messages };
      try {
        const answer = await model.ask(messages, signal, call);
        await append(file, { ...about, answer });
        return answer;
      } catch (error) {
        if (signal.aborted) await append(file, about);
        throw error;
      }
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}

/**
 * A model that replays a cassette: to the same messages the answer of the call of the same name, else the first unused
 * one, faults included. A call that was cut off has no answer in a replay either, until it is cut off again. `ask`
 * throws ModelError for a call that was not recorded.
 * @throws ConfigError when there is no such file or it is no cassette.
 */
export function replaying(name: string, file: string, quote: Model['quote']): Model {
  const left = new Map<string, Call[]>();
  const calls = read(file);
  for (const call of calls) {
    const key = keyOf(call.model, call.messages);
    left.set(key, [...(left.get(key) ?? []), call]);
  }
  return {
    name,
    quote,
    slot: async () => ({ [Symbol.dispose]() {} }),
    async ask(messages, signal, call) {
      signal.throwIfAborted();
      const fitting = left.get(keyOf(name, messages)) ?? [];
      const answered = fitting.filter(({ answer }) => answer !== undefined);
      const found = answered.find((each) => each.call !== undefined && each.call === call) ?? answered[0];
      if (found) {
        fitting.splice(fitting.indexOf(found), 1);
        return priced(found.answer!, quote(messages));
      }
      if (fitting.length > 0) return aborted(signal);
      const question = messages.at(-1)!.text.trim().split('\n').at(-1)!.slice(0, 100);
      throw new ModelError(
        `Expected a recorded answer of ${name} in ${file}, got none among its ${calls.length} calls for a prompt that ends \`${question}\``,
      );
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** The answer; an invalid cost is replaced by its quote. */
function priced(answer: Answer, quote: Cost): Answer {
  const { tokens, dollars } = answer.cost ?? {};
  const fine = Number.isFinite(tokens) && Number.isFinite(dollars) && tokens >= 0 && dollars >= 0;
  return fine ? answer : { ...answer, cost: quote };
}

/** Never resolves. @throws `signal.reason` once it is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function keyOf(model: string, messages: readonly Message[]): string {
  return createHash('sha256')
    .update(JSON.stringify([model, messages]))
    .digest('hex');
}

async function append(file: string, call: Call): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.appendFile(`${JSON.stringify(call)}\n`);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** The calls of a file; a last line without an end was cut off by a crash, and its answer never returned. */
function read(file: string): Call[] {
  if (!existsSync(file)) throw new ConfigError(`Expected ${file} to hold recorded calls, got no such file`);
  const lines = readFileSync(file, 'utf8').split('\n');
  lines.pop();
  return lines.flatMap((line, i) => {
    try {
      const call: Call = JSON.parse(line);
      if (typeof call.model === 'string' && Array.isArray(call.messages)) return call;
    } catch {
      // Reported below, as for a line of JSON that is no call.
    }
    throw new ConfigError(
      `Expected line ${i + 1} of ${file} to be a recorded call, got \`${line.slice(0, 80)}\``,
    );
  });
}
