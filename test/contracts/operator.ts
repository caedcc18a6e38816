import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CasesProvided } from '../../core/learning/provided.ts';
import { seedArm } from '../../core/search/arm.ts';
import type { Elite } from '../../core/search/program.ts';
import { type Random, random } from '../../core/search/random.ts';
import type { Operator, Proposal, Reply, RunOutcome, Step, Task } from '../../core/search/roles.ts';

/** How a world answers the steps of an operator; `left`: evaluations that it may still use. */
export type Answering = (step: Step, draw: Random, left: number) => Reply;

/** Steps beyond which a story is taken to have no end. */
const mostSteps = 5000;

interface Story {
  readonly steps: readonly Step[];
  readonly replies: readonly Reply[];
  readonly proposal: Proposal;
  readonly ran: number;
}

/**
 * What every operator must do. `taskFor` makes the same task of the same key, with a draw of its own each time;
 * `answer`: an answer by which the operator's model would make a child, where it asks one.
 */
export function operatorContract(
  operator: Operator,
  taskFor: (key: string) => Task,
  answer?: (step: Step) => string,
): void {
  const keys = Array.from({ length: 8 }, (_, i) => `${operator.name} ${i}`);
  const usual: Answering = (step, draw, left) => answered(step, draw, left, answer);

  describe(`the operator ${operator.name}`, () => {
    it('makes the same steps and the same child of the same task and replies, and leaves the task as it was', () => {
      for (const key of keys) {
        const first = tell(operator, taskFor(key), usual, key);
        const replies = first.replies.values();
        const again = tell(operator, frozen(taskFor(key)), () => replies.next().value!, key);
        assert.deepEqual(again.steps, first.steps);
        assert.deepEqual(again.proposal, first.proposal);
      }
    });

    it('runs no more programs than its allowance leaves beside its child', () => {
      for (const key of keys) {
        const task = taskFor(key);
        const { ran } = tell(operator, task, usual, key);
        assert.ok(ran <= task.allowance - 1, `${ran} of ${task.allowance}`);
        assert.ok(ran <= operator.runs.most);
      }
    });

    it('proposes files of the same paths with a note of one line, or says why it proposes nothing', () => {
      for (const key of keys) {
        const task = taskFor(key);
        const { proposal } = tell(operator, task, usual, key);
        if ('malformed' in proposal) assert.ok(proposal.malformed.length > 0);
        else {
          assert.deepEqual(Object.keys(proposal.source), Object.keys(task.parents[0]!.source));
          assert.doesNotMatch(proposal.note, /[\r\n]/);
        }
      }
    });

    it('comes to an end where nothing runs, and where no budget is left', () => {
      for (const refuse of ['crashed', 'refused'] as const) {
        tell(
          operator,
          taskFor(refuse),
          (step, draw, left) => failing(step, refuse) ?? usual(step, draw, left),
          refuse,
        );
      }
    });

    if (!operator.model) return;

    it('is malformed, with a reason, where its model says nothing of use', () => {
      for (const text of ['', 'I would rather not.', '<think>```js\nlet a;\n```', '```js\n}{\n```']) {
        const saying: Answering = (step, draw, left) =>
          'ask' in step ? { text, ended: 'stop' } : usual(step, draw, left);
        const { proposal } = tell(operator, taskFor('malformed'), saying, text);
        assert.ok('malformed' in proposal && proposal.malformed.length > 0, JSON.stringify(proposal));
      }
    });

    it('is malformed, with the reason, where its model does not answer', () => {
      const silent: Answering = (step, draw, left) =>
        'ask' in step
          ? { unheard: 'no dollars left for one more call', model: 'm', because: 'dollars' }
          : usual(step, draw, left);
      const { proposal, steps } = tell(operator, taskFor('silent'), silent, 'silent');
      assert.ok('malformed' in proposal && proposal.malformed.length > 0);
      assert.equal(steps.filter((step) => 'ask' in step && step.purpose !== 'lesson').length, 1);
    });

    it('asks no more often for a child than the task allows', () => {
      for (const turns of [1, 2, 4]) {
        const bad: Answering = (step, draw, left) =>
          'ask' in step && step.purpose === 'propose'
            ? { text: 'no', ended: 'stop' }
            : usual(step, draw, left);
        const { steps } = tell(operator, { ...taskFor('turns'), maxTurns: turns }, bad, 'turns');
        const asked = steps.filter((step) => 'ask' in step && step.purpose === 'propose');
        assert.ok(asked.length <= Math.max(turns, casesIn(taskFor('turns'))), `${asked.length} of ${turns}`);
      }
    });
  });
}

/** Tells the story of an operator to its end, and checks that it has one: no step comes after it. */
function tell(operator: Operator, task: Task, answering: Answering, key: string): Story {
  const draw = random('world', key);
  const story = operator.propose(task);
  const [steps, replies]: [Step[], Reply[]] = [[], []];
  let ran = 0;
  let turn = story.next();
  while (!turn.done) {
    assert.ok(steps.length < mostSteps, 'the story has no end');
    const step = turn.value;
    const reply = answering(step, draw, task.allowance - 1 - ran);
    ran += 'run' in step ? step.run.length : 'compare' in step ? step.compare.length : 0;
    steps.push(step);
    replies.push(reply);
    turn = story.next(reply);
  }
  assert.deepEqual(story.next({ passes: true }), { done: true, value: undefined });
  return { steps, replies, proposal: turn.value, ran };
}

function answered(step: Step, draw: Random, left: number, answer?: (step: Step) => string): Reply {
  if ('run' in step) return step.run.map((_, i) => outcome(draw, i < left));
  if ('compare' in step) {
    const residuals = step.compare.map(() => Array.from({ length: 6 }, () => draw.next() - 0.5));
    const rows = residuals.map((row, i) => (i === 0 ? row : row.map((each, k) => each - residuals[0]![k]!)));
    return {
      outcomes: step.compare.map((_, i) => outcome(draw, i < left)),
      products: rows.map((a) => rows.map((b) => a.reduce((sum, each, k) => sum + each * b[k]!, 0))),
    };
  }
  if ('screen' in step) {
    return draw.next() < 0.7
      ? { passes: true }
      : { verdict: 'duplicate', why: 'the same program as trial 3' };
  }
  const text = draw.next() < 0.7 && answer ? answer(step) : 'Let me think.';
  return { text, ended: draw.next() < 0.1 ? 'length' : 'stop' };
}

function outcome(draw: Random, granted: boolean): RunOutcome {
  if (!granted) return { status: 'refused', feedback: 'no evaluations left' };
  if (draw.next() < 0.2) return { status: 'crashed', feedback: 'case a: Error: unlucky' };
  return { status: 'scored', score: draw.next(), cases: [draw.next(), draw.next()] };
}

function failing(step: Step, status: 'crashed' | 'refused'): Reply | undefined {
  const failed = (): RunOutcome => ({ status, feedback: 'no' });
  if ('run' in step) return step.run.map(failed);
  if (!('compare' in step)) return undefined;
  return { outcomes: step.compare.map(failed), products: step.compare.map((_, __, all) => all.map(() => 0)) };
}

/** Questions that an operator is given to measure a model by. */
function casesIn({ provided }: Task): number {
  return provided?.kind === 'cases' ? (provided as CasesProvided).cases.length : 0;
}

/** A task of which nothing can be changed but its draw and its policy. */
function frozen(task: Task): Task {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
    Object.freeze(value);
    for (const each of Object.values(value)) freeze(each);
  };
  const { random: draw, provided, ...rest } = task;
  freeze(rest);
  return task;
}

/** A parent as the contract needs it: scored on a few cases. */
export function parentOf(id: string, text: string, score: number): Elite {
  return {
    id,
    source: { 'program.js': text },
    outcome: {
      status: 'scored',
      score,
      measures: {},
      verdicts: ['a', 'b'].map((each, i) => ({ case: each, score: score + i / 2 - 0.25 })),
      feedback: '',
    },
    parents: [],
    arm: seedArm,
    size: text.length,
  };
}
