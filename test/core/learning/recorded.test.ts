import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchOf } from '../../../core/learning/recipes.ts';
import { type Recorded, recordedIn } from '../../../core/learning/recorded.ts';
import type { Event } from '../../../core/search/event.ts';
import { talkingWorld, toyModel } from '../search/talk.ts';
import { toySearch } from '../search/toy.ts';

async function* listed(events: readonly Event[]): AsyncGenerator<Event> {
  yield* events;
}

/** A search in which a model says numbers, some of them twice, and tells what it drew. */
async function spoken(): Promise<{ events: Event[]; answers: readonly Recorded[] }> {
  const said = [
    '50',
    '50',
    '60',
    '1',
    '45',
    'nonsense',
    '70',
    '24',
    '80',
    '90',
    '60',
    '95',
    '31',
    '99',
    '97',
  ];
  const model = toyModel((_, call) => {
    const text = said[(call - 1) % said.length]!;
    return { text, drawn: { tokens: [call], logprobs: [-call] } };
  });
  const settings = {
    order: 'arrival',
    concurrency: 1,
    calls: 15,
    maxTurns: 2,
    reflectEvery: 0,
    islands: 1,
  } as const;
  const { events } = await toySearch(settings, { world: talkingWorld(model) });
  return { events, answers: (await recordedIn(listed(events))).answers };
}

test('every answer is recorded once, with its prompt, its tokens and what the trial came to', async () => {
  const { events, answers } = await spoken();
  const answered = events.filter((event) => event.type === 'answered');
  assert.equal(answers.length, answered.length);
  assert.equal(new Set(answers.map(({ key }) => key)).size, answers.length);
  for (const { key, text, drawn, messages } of answers) {
    const [trial, step] = key.split('/').map(Number);
    const its = answered.find((event) => event.trial === trial && event.step === step);
    assert.ok(its && 'text' in its.answer);
    assert.deepEqual([text, drawn], [its.answer.text, its.answer.drawn]);
    const asked = events.find(
      (event) => event.type === 'asked' && event.trial === trial && event.step === step,
    );
    assert.deepEqual(asked?.type === 'asked' && asked.messages, messages);
  }
});

test('what was said again is unchanged, what failed has crashed, and the better a child the more it is worth', async () => {
  const { answers } = await spoken();
  const of = (text: string): Recorded[] => answers.filter((each) => each.text === text);
  assert.deepEqual(
    of('50').map(({ tier }) => tier),
    ['valid', 'unchanged'],
  );
  assert.deepEqual(
    of('45').map(({ tier, reward }) => [tier, reward]),
    [['crashed', -0.2]],
  );
  assert.deepEqual(
    of('nonsense').map(({ tier, reward }) => [tier, reward]),
    [['invalid', -0.1]],
  );
  const [best] = of('50');
  assert.ok(best!.reward > 0.5 && best!.reward <= 1, 'better than its parent');
});

test('an answer that passed the screen and was asked about again, say for its embedding, is unchanged and not unparsable', async () => {
  const { events } = await spoken();
  const doubted = events.map((event): Event => {
    const duplicate =
      event.type === 'replied' && 'verdict' in event.reply && event.reply.verdict === 'duplicate';
    return duplicate ? { ...event, reply: { passes: true } } : event;
  });
  const { answers } = await recordedIn(listed(doubted));
  assert.deepEqual(
    answers.filter(({ text }) => text === '50').map(({ tier, reward }) => [tier, reward > 0 || reward]),
    [
      ['valid', true],
      ['unchanged', -0.3],
    ],
  );
});

test('a plan is no answer to learn from: only what was to be a child is', async () => {
  const { events, answers } = await spoken();
  const first = events.find((event) => event.type === 'asked')!;
  const planned = events.map(
    (event): Event => (event === first ? ({ ...event, purpose: 'plan' } as Event) : event),
  );
  const { answers: left } = await recordedIn(listed(planned));
  assert.deepEqual(left, answers.slice(1));
});

test('duplicates get the worst reward of their batch, equal rewards make no batch, and versions go by the SPEC', () => {
  const answer = (key: string, reward: number, tier: Recorded['tier'], model = 'm'): Recorded => ({
    key,
    trial: 1,
    model,
    messages: [],
    text: '',
    tier,
    reward,
  });
  const versions = new Map([
    ['m', 0],
    ['m2', 3],
  ]);
  const answers = [
    answer('1/0', 0.9, 'valid'),
    answer('2/0', -0.3, 'unchanged'),
    answer('3/0', -0.4, 'unparsable', 'm2'),
  ];
  // Rewards 0.9, -0.4, -0.4: mean 1/30, so 0.9 is 0.8667 above it and the others 0.4333 below.
  const { samples } = batchOf(answers, 4, 'dr-grpo', versions);
  assert.deepEqual(
    samples.map(({ key, reward, version }) => [key, reward, version]),
    [
      ['1/0', 0.9, 0],
      ['2/0', -0.4, 0],
      ['3/0', -0.4, 3],
    ],
  );
  const wanted = [0.8667, -0.4333, -0.4333];
  for (const [i, { advantage }] of samples.entries()) assert.ok(Math.abs(advantage - wanted[i]!) < 1e-4);
  assert.deepEqual(batchOf([answers[0]!, answers[0]!], 4, 'grpo', versions).samples, []);
});
