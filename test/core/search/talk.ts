import { byArm } from '../../../core/search/components.ts';
import type { Answer, Cost, Message, Model } from '../../../core/search/model.ts';
import { mainFile, withMain } from '../../../core/search/program.ts';
import type { Operator } from '../../../core/search/roles.ts';
import { ask, screened } from '../../../core/search/step.ts';
import { toyWorld } from './toy.ts';

/** A model of the toy world: it answers after some delay, and keeps a record of its calls. */
export function toyModel(
  respond: (messages: readonly Message[], call: number) => Partial<Answer>,
  quote: Cost = { tokens: 100, dollars: 0.01 },
): Model & { readonly calls: (readonly Message[])[]; readonly peak: { dollars: number } } {
  const calls: (readonly Message[])[] = [];
  const peak = { dollars: 0 };
  return {
    name: 'toy:one',
    calls,
    peak,
    quote: () => quote,
    slot: async () => ({ [Symbol.dispose]() {} }),
    async ask(messages, signal) {
      calls.push(messages);
      const call = calls.length;
      await new Promise((done) => setTimeout(done, (call * 7) % 5));
      signal.throwIfAborted();
      const cost = { tokens: quote.tokens / 2, dollars: quote.dollars / 2 };
      return { text: '', ended: 'stop', cost, ...respond(messages, call) } as Answer;
    },
    async [Symbol.asyncDispose]() {},
  };
}

/** Asks for a number and puts it in, asking once more when the child would be rejected. */
export const talk: Operator = {
  name: 'talk',
  model: 'toy:one',
  parents: 1,
  runs: { least: 0, most: 0 },
  *propose({ parents, maxTurns, drawsLesson }) {
    const { source } = parents[0]!;
    if (drawsLesson) yield* ask([{ role: 'user', text: 'What have you learnt?' }], 'lesson');
    for (let turn = 1; ; turn++) {
      const heard = yield* ask(
        [{ role: 'user', text: `${turn}: better than ${mainFile(source).text}?` }],
        'propose',
      );
      if ('unheard' in heard) return { malformed: heard.unheard };
      const text = mainFile(source).text.replace(/return -?[\d.]+/, `return ${heard.text}`);
      const child = withMain(source, text);
      if (turn >= maxTurns || 'passes' in (yield* screened(child)))
        return { source: child, note: heard.text };
    }
  },
};

/** The toy world with a model beside, or instead of, what it has. */
export function talkingWorld(model: Model, alone = true): ReturnType<typeof toyWorld> {
  const world = toyWorld();
  const others = alone ? [] : world.operators.values();
  return {
    ...world,
    models: new Map([[model.name, model]]),
    operators: byArm([...others, talk]),
  };
}
