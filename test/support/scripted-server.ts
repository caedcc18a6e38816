import { readJournal } from '../../core/journal/segments.ts';
import type { Event } from '../../core/search/event.ts';
import { type ModelServer, openModelServer } from '../fixtures/model-server.ts';
import { scripted } from './scripted-model.ts';

/** A server whose model edits at random: slow at times, and one call in ten fails in one of the ways in which calls fail. */
export function openScriptedServer(seed: number, delay: number, faults = 0.1): Promise<ModelServer> {
  const reply = scripted({ seed, clumsy: 0.1 });
  const failures = [
    { status: 500 },
    { status: 429, headers: { 'retry-after-ms': '20' } },
    { text: 'a long answer that breaks off', closeAfter: 2 },
    { raw: 'data: {"choices":[{"delta":\n\n' },
  ] as const;
  return openModelServer((_, { body }, number) => {
    if ((number * faults) % 1 < faults - 1e-9)
      return failures[Math.floor(number * faults) % failures.length]!;
    const messages = body.messages.map(({ role, content }: { role: string; content: string }) => ({
      role,
      text: content,
    }));
    const text = reply(messages);
    const tokens = (of: string): number => Math.ceil(of.length / 4);
    const usage = { input: tokens(JSON.stringify(messages)), cached: 0, output: tokens(text), reasoning: 0 };
    return { text, usage, delay: delay * (0.5 + ((number * 0.618) % 1)) };
  });
}

/** The calls of a run by its journal and by the server's log. */
export interface Audit {
  /** Calls recorded before they were made. */
  readonly asked: number;
  /** Calls that reached the server. */
  readonly served: number;
  /** Answers in the journal. */
  readonly answers: number;
  /** Calls cut off by a kill. */
  readonly lost: number;
  /** Prompts that reached the server more often than the journal records. */
  readonly unrecorded: number;
  /** Steps that were asked again although their answer was recorded. */
  readonly twice: number;
  readonly dollars: number;
}

/** Compares a server's log with a run's journal. */
export async function audit(dir: string, server: ModelServer): Promise<Audit> {
  const answered = new Set<string>();
  const prompts = new Map<string, number>();
  const sums = { asked: 0, answers: 0, lost: 0, twice: 0, dollars: 0 };
  const count = (prompt: string, by: number): number => {
    const left = (prompts.get(prompt) ?? 0) + by;
    prompts.set(prompt, left);
    return left;
  };
  for await (const event of readJournal(dir) as AsyncIterable<Event>) {
    if (event.type === 'asked') {
      sums.asked += 1;
      if (answered.has(`${event.trial}/${event.step}`)) sums.twice += 1;
      count(JSON.stringify(event.messages.map(({ text }) => text)), 1);
    } else if (event.type === 'answered') {
      sums.dollars += event.answer.cost.dollars;
      if ('text' in event.answer) {
        sums.answers += 1;
        answered.add(`${event.trial}/${event.step}`);
      } else if (event.answer.fault.startsWith('the engine stopped')) sums.lost += 1;
    }
  }
  let unrecorded = 0;
  for (const { body } of server.requests) {
    const prompt = JSON.stringify(body.messages.map(({ content }: { content: string }) => content));
    if (count(prompt, -1) < 0) unrecorded += 1;
  }
  return { ...sums, served: server.requests.length, unrecorded };
}
