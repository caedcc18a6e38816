import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { link, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import type { Answer, Message, Model } from '../search/model.ts';
import { free, quoteOf } from './prices.ts';
import { joinLimiter } from './rate-limiter.ts';
import type { Spec } from './spec.ts';
import { transcript } from './transcript.ts';

/** Milliseconds between two polls for an answer. */
const glance = 200;

/** Milliseconds after which a returned answer is certainly in the journal. */
const settled = 1000;

/**
 * A person or another program as a model: `0001.prompt.md` is written to a folder, and `0001.answer.md` is awaited
 * there. After a restart, a prompt that is still there, answered or not, is not written a second time.
 */
export function manualModel(options: Pick<Spec, 'name' | 'target' | 'calls' | 'timeout' | 'tokens'>): Model {
  const { name, target: dir, calls, timeout, tokens } = options;
  const place = joinLimiter(name, { calls });
  /** Numbers of prompts that this process has asked. */
  const taken = new Set<string>();
  /** Answers that were returned and are not marked yet: a kill may still keep them out of the journal. */
  const handed = new Map<string, NodeJS.Timeout>();
  const markUsed = (number: string): void => {
    clearTimeout(handed.get(number));
    handed.delete(number);
    writeFileSync(mark(dir, number), '');
  };
  /** Files of awaited answers. */
  const awaited = new Set<string>();
  const quote = (messages: readonly Message[]) => quoteOf(messages, tokens, free);
  return {
    name,
    quote,
    slot: (signal) => place.slot(signal),
    waits: () => [...awaited].map((what) => ({ what })),
    async ask(messages, signal) {
      signal.throwIfAborted();
      const prompt = transcript(messages);
      await mkdir(dir, { recursive: true });
      const number = (await standing(dir, prompt, taken)) ?? (await post(dir, prompt));
      taken.add(number);
      const file = join(dir, `${number}.answer.md`);
      awaited.add(file);
      const text = await answer(file, timeout, signal).finally(() => awaited.delete(file));
      if (text !== undefined) handed.set(number, setTimeout(() => markUsed(number), settled).unref());
      const bytes = Buffer.byteLength(prompt + (text ?? ''));
      const cost = { tokens: Math.min(quote(messages).tokens, Math.ceil(bytes / 4)), dollars: 0 };
      return text === undefined ? silence(name, dir, number, timeout) : { text, ended: 'stop', cost };
    },
    async [Symbol.asyncDispose]() {
      place[Symbol.dispose]();
      for (const number of handed.keys()) markUsed(number);
    },
  };
}

function silence(name: string, dir: string, number: string, timeout: number): Answer {
  const file = join(dir, `${number}.answer.md`);
  return {
    fault: `Expected ${file} from ${name} within ${timeout / 1000} s, got nothing`,
    kind: 'broken',
    cost: { tokens: 0, dollars: 0 },
  };
}

/** The number of a prompt with the same text that an earlier session wrote and did not use. */
async function standing(
  dir: string,
  prompt: string,
  taken: ReadonlySet<string>,
): Promise<string | undefined> {
  const names = (await readdir(dir)).filter((name) => /^\d{4,}\.prompt\.md$/.test(name)).sort();
  for (const name of names) {
    const number = name.slice(0, name.indexOf('.'));
    if (taken.has(number) || existsSync(mark(dir, number))) continue;
    if (hash(await readFile(join(dir, name), 'utf8')) === hash(prompt)) return number;
  }
  return undefined;
}

/** Marks a returned answer as used, so that the same question is written again when it is asked later. */
const mark = (dir: string, number: string): string => join(dir, `${number}.used`);

/** Writes the prompt under the next free number; it appears whole or not at all, and no two writers share a number. */
async function post(dir: string, prompt: string): Promise<string> {
  const draft = join(dir, `.draft-${process.pid}-${hash(prompt + performance.now()).slice(0, 8)}`);
  await writeFile(draft, prompt);
  try {
    const numbers = (await readdir(dir)).map((name) => Number.parseInt(name, 10) || 0);
    for (let next = Math.max(0, ...numbers) + 1; ; next++) {
      const number = String(next).padStart(4, '0');
      try {
        await link(draft, join(dir, `${number}.prompt.md`));
        return number;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } finally {
    await rm(draft, { force: true });
  }
}

/** The answer once its file exists and no longer grows; undefined after `timeout` milliseconds. */
async function answer(file: string, timeout: number, signal: AbortSignal): Promise<string | undefined> {
  const until = performance.now() + timeout;
  let before = '';
  while (performance.now() < until) {
    const now = await readFile(file, 'utf8').catch(() => '');
    if (now.trim() && now === before) return now;
    before = now;
    await rest(glance, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
  return undefined;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
