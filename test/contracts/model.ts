import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Message, Model } from '../../core/search/model.ts';

/** A model, and what its other side does and saw. */
export interface Asked extends AsyncDisposable {
  readonly model: Model;
  /** What comes of the next calls: an answer, a failure, or nothing until they are cut. */
  next(what: 'answers' | 'fails' | 'stays'): void | Promise<void>;
  /** How many calls reached the other side, or would have; undefined where there is no other side. */
  readonly calls: number | undefined;
  /** Resolves once a call is running at the other side. */
  inFlight(): Promise<void>;
}

/** What an implementation leaves out. */
export interface Exceptions {
  /** It has no calls that stay running. */
  readonly atOnce?: true;
}

const never = new AbortController().signal;
const kinds = ['busy', 'broken', 'unfit', 'wrong'];
const question = (text: string): readonly Message[] => [
  { role: 'system', text: 'Be brief.' },
  { role: 'user', text },
];

/** Every implementation of a model keeps to this. `text`: what an answer to `question('...')` is, checked by the caller. */
export function modelContract(
  name: string,
  open: () => Promise<Asked>,
  isAnswer: (text: string, question: string) => boolean,
  { atOnce }: Exceptions = {},
): void {
  const costsAtMost = (answer: Answer, { model }: Asked, text: string): void => {
    const quote = model.quote(question(text));
    for (const part of ['tokens', 'dollars'] as const) {
      assert.ok(Number.isFinite(answer.cost[part]) && answer.cost[part] >= 0, JSON.stringify(answer.cost));
      assert.ok(answer.cost[part] <= quote[part], `${answer.cost[part]} ${part} of ${quote[part]}`);
    }
    const { usage } = answer;
    if (!usage) return;
    assert.ok(Object.values(usage).every((each) => Number.isSafeInteger(each) && each >= 0));
    assert.ok(usage.cached <= usage.input && usage.reasoning <= usage.output);
  };

  test(`${name}: an answer is the text that was given, for no more than the quote, by one call`, async () => {
    await using it = await open();
    await it.next('answers');
    const before = it.calls;
    const answer = await it.model.ask(question('one'), never, '1/0/1');
    assert.ok('text' in answer, JSON.stringify(answer));
    assert.ok(isAnswer(answer.text, 'one'), answer.text);
    costsAtMost(answer, it, 'one');
    if (before !== undefined) assert.equal(it.calls, before + 1);
  });

  test(`${name}: calls side by side get their own answers`, async () => {
    await using it = await open();
    await it.next('answers');
    const words = ['one', 'two', 'three'];
    const answers = await Promise.all(
      words.map(async (word, i) => {
        using _slot = await it.model.slot(never);
        return it.model.ask(question(word), never, `${i + 1}/0/1`);
      }),
    );
    for (const [i, answer] of answers.entries()) {
      assert.ok('text' in answer && isAnswer(answer.text, words[i]!), JSON.stringify(answer));
    }
  });

  test(`${name}: a call that fails is data, in one line, by one call; the next may succeed`, async () => {
    await using it = await open();
    await it.next('fails');
    const before = it.calls;
    const fault = await it.model.ask(question('one'), never, '1/0/1');
    assert.ok('fault' in fault, JSON.stringify(fault));
    assert.match(fault.fault, /^Expected [^\n]+, got [^\n]+$/);
    assert.ok(kinds.includes(fault.kind));
    costsAtMost(fault, it, 'one');
    if (before !== undefined) assert.equal(it.calls, before + 1);
    await it.next('answers');
    assert.ok('text' in (await it.model.ask(question('one'), never, '1/0/2')));
  });

  test(`${name}: a call with a signal that is aborted already is not made`, async () => {
    await using it = await open();
    await it.next('answers');
    const before = it.calls;
    const reason = new Error('enough');
    await assert.rejects(
      it.model.ask(question('one'), AbortSignal.abort(reason)),
      (error) => error === reason,
    );
    assert.equal(it.calls, before);
  });

  test(`${name}: a call running that is aborted throws the reason itself`, { skip: atOnce }, async () => {
    await using it = await open();
    await it.next('stays');
    const abort = new AbortController();
    const asked = it.model.ask(question('one'), abort.signal);
    await it.inFlight();
    const reason = new Error('enough');
    abort.abort(reason);
    await assert.rejects(asked, (error) => error === reason);
  });

  test(`${name}: a slot may be given back twice, and is given again after that`, async () => {
    await using it = await open();
    for (let i = 0; i < 100; i++) {
      const slot = await it.model.slot(never);
      slot[Symbol.dispose]();
      slot[Symbol.dispose]();
    }
    assert.deepEqual(it.model.waits?.() ?? [], []);
  });

  test(`${name}: a longer conversation and a larger answer are never quoted at less`, async () => {
    await using it = await open();
    const [short, long] = [it.model.quote(question('x')), it.model.quote(question('x'.repeat(10_000)))];
    assert.ok(short.tokens > 0 && long.tokens >= short.tokens && long.dollars >= short.dollars);
  });
}
