/**
 * Searches with a scripted model behind a real HTTP server, killed with -9 at random moments and resumed each time;
 * then holds the server's own log against the journal. `node bench/model-kills.ts [kills=50] [calls=400] [problem=circle-packing-26]`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJournal } from '../core/journal/segments.ts';
import type { Event } from '../core/search/event.ts';
import { type ModelServer, openModelServer } from '../test/fixtures/model-server.ts';
import { killed } from './kills.ts';
import { scripted } from './scripted.ts';

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

/** What the journal and the server say of the calls of a run. */
export interface Audit {
  /** Recorded before they were made. */
  readonly asked: number;
  /** That reached the server. */
  readonly served: number;
  /** Answers in the journal. */
  readonly answers: number;
  /** Calls cut off by a kill. */
  readonly lost: number;
  /** Prompts that the server saw more often than the journal says they were asked. */
  readonly unrecorded: number;
  /** Steps that were asked again although their answer was recorded. */
  readonly twice: number;
  readonly dollars: number;
}

/** Holds a server's log against a run's journal. */
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

if (import.meta.main) {
  const [kills = '50', calls = '400', problem = 'circle-packing-26'] = process.argv.slice(2);
  const folder = mkdtempSync(join(tmpdir(), 'atoll-model-kills-'));
  try {
    await using server = await openScriptedServer(7, 60);
    const dir = join(folder, 'run');
    const model = `compatible:editor@${server.url}#price=1/4,tokens=2000`;
    const settings = ['--set', 'operators.builtin=off', '--set', 'concurrency=16', '--set', 'maxRetries=20'];
    const args = [problem, '--plain', '--seed', '3', '--model', model, '--calls', calls, ...settings];
    const done = await killed(args, dir, Number(kills), 1200);
    const { asked, served, answers, lost, unrecorded, twice, dollars } = await audit(dir, server);
    console.log(`${problem}: killed -9 ${done} times`);
    console.log(
      `calls recorded before they were made ${asked} (budget ${calls}), seen by the server ${served}`,
    );
    console.log(`answers recorded ${answers}, calls cut off by a kill ${lost}, $${dollars.toFixed(4)}`);
    console.log(`calls the journal does not know ${unrecorded}, recorded answers asked for again ${twice}`);
    if (unrecorded > 0 || twice > 0 || asked > Number(calls) || served > asked) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
