import type { Answer, Model } from '../search/model.ts';
import { type Environment, keyNames, keysOf } from './client.ts';
import { parseSpec } from './spec.ts';

/** Fewest characters of a key. A shorter one is a placeholder for a server without keys, and may occur in any text. */
const shortestKey = 8;

/** Most characters of a fault. */
const longestFault = 500;

/** The keys of an environment, which must not be written anywhere, the longest first. */
export function keysIn(env: Environment): readonly string[] {
  const keys = keyNames.map((name) => env[name]?.trim() ?? '').filter((key) => key.length >= shortestKey);
  return [...new Set(keys)].sort((a, b) => b.length - a.length);
}

/** A line for the user on each key of a model that is too short to be redacted. @throws ConfigError */
export function shortKeys(spec: string, env: Environment): string[] {
  return keysOf[parseSpec(spec).kind].flatMap((name) => {
    const { length } = env[name]?.trim() ?? '';
    if (length === 0 || length >= shortestKey) return [];
    return `${name} has ${length} ${length === 1 ? 'character' : 'characters'}, too few for a key: it is sent, but logs and the journal may hold it (keys have at least ${shortestKey})`;
  });
}

/**
 * A model none of whose answers and faults contains a key. Faults are redacted. An answer is used unchanged or not at
 * all, since the journal holds what is used: one with a key in it is a fault with the answer's cost.
 */
export function guarded(model: Model, keys: readonly string[]): Model {
  if (keys.length === 0) return model;
  const forms = keys.flatMap((key) => [
    ...new Set([key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)]),
  ]);
  return {
    name: model.name,
    quote: (messages) => model.quote(messages),
    slot: (signal) => model.slot(signal),
    waits: () => model.waits?.() ?? [],
    async ask(messages, signal, call): Promise<Answer> {
      const answer = await model.ask(messages, signal, call);
      if ('fault' in answer) {
        const fault = forms.reduce((text, form) => text.replaceAll(form, '[key]'), answer.fault);
        return { ...answer, fault: fault.slice(0, longestFault) };
      }
      if (!forms.some((form) => answer.text.includes(form))) return answer;
      const { usage, cost } = answer;
      const fault = `Expected an answer of ${model.name}, got one with a key in it, which is neither used nor kept`;
      return { fault, kind: 'unfit', ...(usage ? { usage } : {}), cost };
    },
    [Symbol.asyncDispose]: () => model[Symbol.asyncDispose](),
  };
}
