import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Event, Opened } from '../../../core/search/event.ts';
import type { Answer } from '../../../core/search/model.ts';
import type { Purpose } from '../../../core/search/roles.ts';
import { answersOf, noAnswers, noteAnswer } from '../../../ui/facts/answers.ts';
import { answersLine, madeIn, reasonsIn } from '../../../ui/text/answers.ts';
import { waitsIn } from '../../../ui/text/waits.ts';

type After = Exclude<Event, Opened>;
const cost = { tokens: 1, dollars: 0 };
const begun = (trial: number, more = {}): After => ({
  ...{
    type: 'begun',
    trial,
    island: 0,
    arm: { operator: 'diff', model: 'm' },
    parents: ['seed-1'],
    allowance: 1,
  },
  ...more,
});
const asked = (trial: number, step: number, purpose: Purpose = 'propose', rejected?: string): After => ({
  ...{ type: 'asked', trial, step, attempt: step + 1, model: 'm', purpose, messages: [], quote: cost },
  ...(rejected === undefined ? {} : { rejected }),
});
const answered = (trial: number, step: number, answer: Partial<Answer> = { text: 'x' }): After => ({
  ...{ type: 'answered', trial, step, attempt: step + 1, milliseconds: 1 },
  answer: { ended: 'stop', cost, ...answer } as Answer,
});
const evaluated = (trial: number, status: 'scored' | 'crashed'): After => ({
  ...{ type: 'evaluated', trial, milliseconds: 1 },
  outcome:
    status === 'scored'
      ? { status, score: 1, measures: {}, verdicts: [], feedback: '' }
      : { status, feedback: 'boom' },
});
type Settled = Extract<Event, { type: 'settled' }>;
const settled = (trial: number, verdict: Settled['verdict'], why?: string): After => ({
  ...{ type: 'settled', trial, verdict, admission: { admitted: false }, gain: 0, evaluations: 1 },
  ...(why === undefined ? {} : { why }),
});

const counted = (...events: readonly After[]) => {
  const facts = noAnswers();
  for (const event of events) noteAnswer(facts, event);
  return facts;
};

test('every answer to the question for a program is counted once, by what became of it', () => {
  const facts = counted(
    ...[
      begun(1),
      asked(1, 0),
      answered(1, 0),
      asked(1, 1, 'propose', 'Block 1: no `a` (line 3).'),
      answered(1, 1),
    ],
    ...[begun(2), asked(2, 0), answered(2, 0), evaluated(2, 'crashed'), settled(2, 'failed')],
    settled(1, 'malformed', 'Block 2: no `bcd` (line 14).'),
    ...[begun(3), asked(3, 0), answered(3, 0), settled(3, 'duplicate', 'the same program as trial 2')],
    ...[begun(4), asked(4, 0), answered(4, 0), evaluated(4, 'scored'), settled(4, 'best')],
    ...[begun(5), asked(5, 0), answered(5, 0), evaluated(5, 'scored'), settled(5, 'scored')],
  );
  assert.deepEqual(answersOf(facts), {
    total: 6,
    scored: 2,
    improved: 1,
    reasons: [
      { end: 'malformed', why: 'Block #: no … (line #)', count: 2 },
      { end: 'failed', why: 'crashed', count: 1 },
      { end: 'duplicate', why: 'the same program as trial #', count: 1 },
    ],
  });
  assert.deepEqual(facts.open, {});
  assert.equal(madeIn(facts), '2 of 6 answers scored, 1 better than the parents');
  assert.equal(answersLine(facts), '2 of 6 answers scored, 2 not usable: Block #: no … (line #)');
});

test('a call without an answer is counted by its cause, and no call for a lesson or a vector is an answer', () => {
  const fault = {
    fault: 'Expected an answer of m at host:1, got status 503: down for 12 s',
    kind: 'broken',
  } as const;
  const facts = counted(
    ...[begun(1), asked(1, 0, 'lesson'), answered(1, 0), asked(1, 1), answered(1, 1, fault)],
    ...[asked(1, 2), answered(1, 2), asked(1, 3, 'embed'), answered(1, 3), evaluated(1, 'scored')],
    settled(1, 'improved'),
  );
  const { total, scored, reasons } = facts;
  assert.deepEqual([total, scored], [1, 1]);
  assert.deepEqual(reasons, [{ end: 'fault', why: 'status 503: down for # s', count: 1 }]);
  assert.deepEqual(reasonsIn(facts, 1), ['1 no answer: status 503: down for # s']);
});

test('the budget that kept a second answer away does not hide what was wrong with the first', () => {
  const facts = counted(
    begun(1),
    asked(1, 0),
    answered(1, 0),
    settled(1, 'malformed', 'no code block in it'),
  );
  assert.deepEqual(reasonsIn(facts, 3), ['1 not usable: no code block in it']);
});

test('trials that measure a new model do not count, and reasons without end are bounded', () => {
  const word = (i: number) =>
    `reason ${String.fromCharCode(97 + (i % 26))}${String.fromCharCode(97 + Math.floor(i / 26))}`;
  const many = Array.from({ length: 200 }, (_, i) => i + 2).flatMap((trial) => [
    ...[begun(trial), asked(trial, 0), answered(trial, 0), settled(trial, 'malformed', word(trial))],
  ]);
  const facts = counted(
    begun(1, { audits: 'm2' }),
    asked(1, 0),
    answered(1, 0),
    ...many,
    settled(1, 'malformed'),
  );
  assert.equal(facts.total, 200);
  assert.ok(facts.reasons.length <= 30, `${facts.reasons.length}`);
  assert.equal(
    facts.reasons.reduce((sum, each) => sum + each.count, 0),
    200,
  );
});

test('waits are shown with what is awaited and until when', () => {
  const until = new Date(new Date().setHours(23, 4, 5, 0)).getTime();
  assert.equal(waitsIn([]), '');
  assert.equal(
    waitsIn([{ what: 'desk/0001.answer.md' }, { what: 'another call of m', until }]),
    'waits for desk/0001.answer.md, waits until 23:04:05 for another call of m',
  );
  const many = Array.from({ length: 5 }, (_, i) => ({ what: `desk/000${i}.answer.md` }));
  assert.match(waitsIn(many), /, and 2 more$/);
  const later = new Date(2099, 0, 2, 3, 4, 5).getTime();
  assert.equal(waitsIn([{ what: 'm', until: later }]), 'waits until 2099-01-02 03:04:05 for m');
});
