import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asking } from '../../../core/prompts/operators.ts';
import { seedArm } from '../../../core/search/arm.ts';
import type { ModelReply } from '../../../core/search/model.ts';
import { outcomeOf } from '../../../core/search/outcome.ts';
import { type Elite, mainFile } from '../../../core/search/program.ts';
import type { Proposal, Reply, Step, Task } from '../../../core/search/roles.ts';
import { taskOf } from './task.ts';

const source = { 'program.js': 'export function f(x) {\n  return x * 2;\n}\n' };
const outcome = outcomeOf([{ case: 'c', score: 1 }]) as Elite['outcome'];
const parent: Elite = { id: 'seed-1', source, outcome, parents: [], arm: seedArm, size: 40 };
const said = (text: string, ended: ModelReply['ended'] = 'stop'): ModelReply => ({ text, ended });
const block = (to: string) =>
  `NOTE: ${to}\n\n<<<<<<< SEARCH\n  return x * 2;\n=======\n  return ${to};\n>>>>>>> REPLACE\n`;

/** Tells the story of `diff` with these replies; what it wanted at each step, and what came of it. */
function tell(replies: readonly Reply[], given: Partial<Task> = {}): { steps: Step[]; proposal: Proposal } {
  const story = asking('m', ['diff'])[0]!.propose(taskOf({ parents: [parent], ...given }));
  const steps: Step[] = [];
  let turn = story.next();
  for (let i = 0; !turn.done; i++) {
    steps.push(turn.value);
    assert.ok(i < replies.length, `a step more than expected: ${JSON.stringify(turn.value)}`);
    turn = story.next(replies[i]!);
  }
  assert.equal(steps.length, replies.length);
  return { steps, proposal: turn.value };
}
const last = (step: Step | undefined): string => (step && 'ask' in step ? step.ask.at(-1)!.text : '');

test('an answer that applies and passes the screen is the child', () => {
  const { proposal } = tell([said(block('x * 3')), { passes: true }]);
  assert.ok('source' in proposal && mainFile(proposal.source).text.includes('x * 3'));
  assert.equal(proposal.note, 'x * 3');
});

test('an answer that does not apply goes back with the reason, in one conversation', () => {
  const { steps, proposal } = tell([
    said(block('x * 3').replace('return x * 2', 'return y')),
    said(block('x * 4')),
    { passes: true },
  ]);
  assert.ok('source' in proposal);
  const [, second] = steps;
  assert.ok(second && 'ask' in second && second.ask.length === 4 && second.ask[2]!.role === 'assistant');
  assert.match(last(second), /The reason:.*return y/s);
});

test('a duplicate goes back with its name before it is evaluated, and on the last turn stays a duplicate', () => {
  const duplicate = { verdict: 'duplicate', why: 'says nearly the same as trial 7' } as const;
  const { steps, proposal } = tell([said(block('x * 3')), duplicate, said(block('x * 5')), duplicate], {
    maxTurns: 2,
  });
  assert.match(last(steps[2]), /says nearly the same as trial 7/);
  assert.ok('source' in proposal && mainFile(proposal.source).text.includes('x * 5'));
  assert.equal(proposal.duplicate, duplicate.why);
});

test('an answer that changes nothing is screened as any child, and on the last turn is a duplicate of its parent', () => {
  const duplicate = { verdict: 'duplicate', why: 'the same program as a seed' } as const;
  for (const reply of [duplicate, { passes: true } as const]) {
    const { steps, proposal } = tell([said(block('x * 2')), reply, said(block('x * 2')), reply], {
      maxTurns: 2,
    });
    assert.ok('screen' in steps[1]! && steps[1].screen === source);
    assert.match(last(steps[2]), /changed nothing/);
    assert.ok('source' in proposal && proposal.source === source);
    assert.match(proposal.duplicate!, /changed nothing/);
  }
});

test('where the budget ends between two answers, what became of the first stands', () => {
  const over = { unheard: 'no calls left for one more call', model: 'm', because: 'calls' } as const;
  const { proposal } = tell([said('I would use a cubic.'), over]);
  assert.ok('malformed' in proposal && /SEARCH\/REPLACE/.test(proposal.malformed));
});

test('after the last turn what cannot be read is malformed, with the reason', () => {
  const { proposal } = tell([said('I would rather not.'), said('Still not.')], { maxTurns: 2 });
  assert.ok('malformed' in proposal && /SEARCH\/REPLACE/.test(proposal.malformed));
});

test('an answer that was cut off is not applied in part', () => {
  const cut = block('x * 3').slice(0, -20);
  const { proposal } = tell([said(cut, 'length')], { maxTurns: 1 });
  assert.ok('malformed' in proposal);
});

test('without an answer there is no child', () => {
  const { proposal } = tell([
    { unheard: 'no dollars left for one more call', model: 'm', because: 'dollars' },
  ]);
  assert.deepEqual(proposal, { malformed: 'no dollars left for one more call' });
});

test('a lesson is drawn first and is in the prompt that follows; without one the story goes on', () => {
  const { steps } = tell([said('- Try x squared.'), said(block('x ** 2')), { passes: true }], {
    drawsLesson: true,
  });
  assert.ok('purpose' in steps[0]! && steps[0].purpose === 'lesson');
  assert.match(last(steps[1]), /# Lessons from earlier changes\n\n- Try x squared\./);
  const silent = { unheard: 'gone', model: 'm', because: 'silent' } as const;
  assert.ok(
    'source' in tell([silent, said(block('x ** 2')), { passes: true }], { drawsLesson: true }).proposal,
  );
});

const rival = { 'program.js': 'export function f(x) {\n  return 3 * x;\n}\n' };
const doubt = { passes: true, doubt: { why: 'much like trial 7 (cosine 0.9990)', rival } } as const;

test('with embeddings a child is screened a second time by its vector, and goes back where it is much like another', () => {
  const { steps, proposal } = tell(
    [
      said(block('x * 3')),
      { passes: true },
      said('AACAPw=='),
      doubt,
      said(block('x ** 3')),
      { passes: true },
      said('AAAAPw=='),
      { passes: true },
    ],
    { embeds: true },
  );
  assert.deepEqual(
    [steps[2], steps[3]].map(
      (step) => step && ('ask' in step ? step.purpose : 'vector' in step && step.vector),
    ),
    ['embed', 'AACAPw=='],
  );
  assert.match(last(steps[4]), /much like trial 7/);
  assert.ok('source' in proposal && mainFile(proposal.source).text.includes('x ** 3'));
});

test('in doubt the novelty model decides, and one that is silent rejects no child', () => {
  const judged = (word: Reply) =>
    tell([said(block('x * 3')), doubt, word], { asksNoveltyModel: true, maxTurns: 1 });
  const { steps, proposal } = judged(said('NEW: it multiplies the other way.'));
  assert.ok('ask' in steps[2]! && steps[2].purpose === 'judge' && /return 3 \* x/.test(last(steps[2])));
  assert.ok('source' in proposal);
  assert.ok('source' in judged({ unheard: 'gone', model: 'j', because: 'silent' }).proposal);
  const again = tell(
    [said(block('x * 3')), doubt, said('**SAME**: no'), said(block('x - 1')), { passes: true }],
    { asksNoveltyModel: true },
  );
  assert.match(last(again.steps[3]), /a model judged it to be the same/);
});

test('what a judge or the embeddings call the same is never evaluated, whatever the turns', () => {
  for (const turns of [1, 2]) {
    const screenings = [said(block('x * 3')), { passes: true } as const, said('AACAPw=='), doubt];
    const replies = Array.from({ length: turns }, () => screenings).flat();
    const { proposal } = tell(replies, { embeds: true, maxTurns: turns });
    assert.ok('source' in proposal && proposal.duplicate === doubt.doubt.why);
  }
  const thinking = '<think>NEW? No.</think>\nSAME: it only swaps the factors.';
  const { proposal } = tell([said(block('x * 3')), doubt, said(thinking)], {
    asksNoveltyModel: true,
    maxTurns: 1,
  });
  assert.ok('source' in proposal && /a model judged it to be the same/.test(proposal.duplicate!));
});

test('a lesson is read without what was thought of it, and one that is all thought is none', () => {
  const drawn = (text: string) =>
    last(
      tell([said(text), said(block('x ** 2')), { passes: true }], { drawsLesson: true, lesson: '- Old.' })
        .steps[1],
    );
  assert.match(drawn('<think>Hm.</think>- New.'), /# Lessons from earlier changes\n\n- New\.\n/);
  assert.match(drawn('<think>Hm.'), /# Lessons from earlier changes\n\n- Old\.\n/);
});
