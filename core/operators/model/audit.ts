import { answered } from '../../learning/judgement.ts';
import type { Source } from '../../program.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../../roles.ts';
import { ask, run } from '../steps.ts';

/**
 * Puts to a model the questions that were kept from its training, and runs what it answers: what comes of that tells
 * whether it has become better. Its best answer is its child.
 */
export function audit(model: string, questions: number): Operator {
  return {
    name: `audit@${model}`,
    model,
    parents: 1,
    runs: { least: 1, most: questions },
    propose: measuring,
  };
}

function* measuring(task: Task): Generator<Step, Proposal, Reply> {
  const made: Source[] = [];
  for (const each of task.cases) {
    const heard = yield* ask(each.messages, 'propose');
    if ('unheard' in heard) break;
    const source = answered(each, heard, task.problem.language);
    if (source) made.push(source);
  }
  if (made.length === 0) return { malformed: 'no answer to a held-out question could be run' };
  const outcomes = yield* run(made.slice(0, task.allowance - 1));
  const scores = outcomes.map((outcome) => (outcome.status === 'scored' ? outcome.score : -Infinity));
  const best = Math.max(...scores);
  if (best === -Infinity) return { malformed: 'no answer to a held-out question was scored' };
  return { source: made[scores.indexOf(best)]!, note: 'the best answer to a held-out question' };
}
