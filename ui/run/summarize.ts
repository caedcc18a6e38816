import type { Components } from '../../core/search/components.ts';
import { finalProgram } from '../../core/search/final.ts';
import { casesFor, type Problem } from '../../core/search/problem.ts';
import type { Elite, ProgramId, Source } from '../../core/search/program.ts';
import type { Evaluator } from '../../core/search/roles.ts';
import type { State } from '../../core/search/state.ts';
import { type AnswerFacts, answersOf } from '../facts/answers.ts';
import { type Summary, scoreOf } from './summary.ts';

/** The summary of a session. An interrupted one does not wait for the test score. */
export async function summarize(
  world: Components,
  state: State,
  run: string | null,
  interrupted: boolean,
  answers?: AnswerFacts,
): Promise<Summary> {
  const { baseline, settings } = state;
  const tested = async ({ id, source, outcome }: Elite): Promise<Summary['best']> => ({
    id,
    score: outcome.score,
    test: interrupted ? null : await heldOut(world.problem, world.evaluator, id, source),
  });
  const seconds = world.elapsed() / 1000;
  return {
    type: 'summary',
    run,
    problem: world.problem.name,
    seed: settings.seed,
    evaluations: state.evaluations,
    best: await tested(finalProgram(state)),
    baseline: await tested(baseline),
    dollars: state.spending.dollars,
    tokens: state.spending.tokens,
    calls: state.spending.calls,
    seconds,
    because: interrupted ? 'interrupted' : state.closed!,
    ...(interrupted && casesFor(world.problem, 'held-out').length > 0 ? { untested: 'interrupted' } : {}),
    ...(answers && state.spending.calls > 0 ? { answers: answersOf(answers) } : {}),
  };
}

/** Score on the held-out cases; null when there are none or the program fails on one. */
export async function heldOut(
  problem: Problem,
  evaluator: Evaluator,
  id: ProgramId,
  source: Source,
): Promise<number | null> {
  if (!problem.cases.some((each) => each.use === 'held-out')) return null;
  return scoreOf((await evaluator.evaluate(source, 'held-out', `${id}/held-out`)).outcome);
}
