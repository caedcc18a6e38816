import type { Source } from '../search/program.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../search/roles.ts';
import { ask, run } from '../search/step.ts';
import { mostCases } from './external-training.ts';
import { answered } from './promotion.ts';
import { casesOf } from './provided.ts';

/**
 * Measures a model: asks it the questions held out from its training and runs its answers. The best answer is the child.
 */
export function audit(model: string): Operator {
  return {
    name: 'audit',
    model,
    parents: 1,
    runs: { least: 1, most: mostCases },
    propose: measuring,
  };
}

function* measuring(task: Task): Generator<Step, Proposal, Reply> {
  const made: Source[] = [];
  for (const each of casesOf(task)) {
    const reply = yield* ask(each.messages, 'propose');
    if ('unheard' in reply) break;
    const source = answered(each, reply, task.language);
    if (source) made.push(source);
  }
  if (made.length === 0) return { malformed: 'no answer to a held-out question could be run' };
  const outcomes = yield* run(made.slice(0, task.allowance - 1));
  const scores = outcomes.map((outcome) => (outcome.status === 'scored' ? outcome.score : -Infinity));
  const best = Math.max(...scores);
  if (best === -Infinity) return { malformed: 'no answer to a held-out question was scored' };
  return { source: made[scores.indexOf(best)]!, note: 'the best answer to a held-out question' };
}
