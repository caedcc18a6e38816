import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyse } from '../../../../../core/languages/javascript/operators/analysis/analyse.ts';
import { grammarFor } from '../../../../../core/languages/javascript/policy/grammar-for.ts';
import { learned } from '../../../../../core/languages/javascript/policy/operator.ts';
import { addends } from '../../../../../core/languages/javascript/policy/terms.ts';
import { logProbabilityOf } from '../../../../../core/learning/policy/odds.ts';
import type { Policy } from '../../../../../core/learning/policy/policy.ts';
import { blankTable, tableDistribution } from '../../../../../core/learning/policy/table.ts';
import { tabular } from '../../../../../core/learning/policy/tabular.ts';
import type { PolicyProvided } from '../../../../../core/learning/provided.ts';
import type { SampledGroup } from '../../../../../core/learning/sampled.ts';
import { seedArm } from '../../../../../core/search/arm.ts';
import { comparison, summarize } from '../../../../../core/search/comparison.ts';
import type { Problem } from '../../../../../core/search/problem.ts';
import { type Elite, mainFile, type Source } from '../../../../../core/search/program.ts';
import { random } from '../../../../../core/search/random.ts';
import type { Proposal, Reply } from '../../../../../core/search/roles.ts';
import { findProblem } from '../../../../../ui/run/find-problem.ts';
import { direct } from '../../../../support/in-process-evaluator.ts';
import { taskOf } from '../../../prompts/task.ts';

/** Tells the operator's story with programs that are really run, on problems whose programs are harmless. */
async function story(
  problem: Problem,
  parent: Source,
  key: string,
  met: ReadonlySet<string> = new Set(),
): Promise<{ proposal: Proposal; ran: number; parent: Elite; policy: Policy; sampled: SampledGroup }> {
  const evaluator = direct(problem);
  const policy = tabular.policy(grammarFor(problem), undefined, 0, 1);
  const { outcome } = await evaluator.evaluate(parent, 'scored', 'parent');
  assert.ok(outcome.status === 'scored');
  const elite: Elite = { id: 'seed-1', source: parent, outcome, parents: [], arm: seedArm, size: 1 };
  const provided: PolicyProvided = { kind: 'policy', policy, met: (each) => met.has(each) };
  const told_ = learned(24, problem.residuals !== undefined).propose(
    taskOf({
      problem,
      comparable: problem.residuals !== undefined,
      parents: [elite],
      allowance: 24 + 7 + 1,
      random: random(key),
      provided,
    }),
  );
  let ran = 0;
  let turn = told_.next();
  while (!turn.done) {
    const step = turn.value;
    const sources = 'run' in step ? step.run : 'compare' in step ? step.compare : [];
    ran += sources.length;
    const measured = await Promise.all(sources.map((each) => evaluator.measure(each, 'scored', 'run')));
    const reply: Reply =
      'run' in step ? measured.map(({ outcome: its }) => summarize(its)) : comparison(measured);
    turn = told_.next(reply);
  }
  const sampled = turn.value.sampled as SampledGroup;
  return { proposal: turn.value, sampled, ran, parent: elite, policy };
}

test('what is drawn is recorded with its probability, and with the reward that it earned', async () => {
  const { problem } = await findProblem('symbolic-regression-lorentz-force');
  const { sampled, policy, ran } = await story(problem, problem.seeds[0]!, 'recorded');
  const { rollouts, place, version } = sampled;
  assert.equal(version, 0);
  const odds = tableDistribution(blankTable(policy.grammar));
  for (const { actions, logProbability, reward } of rollouts) {
    assert.ok(Math.abs(logProbabilityOf(odds, { place, actions }) - logProbability) < 1e-9);
    assert.ok(reward! >= 0 && reward! <= 1, `${reward}`);
  }
  assert.ok(new Set(rollouts.map(({ reward }) => reward)).size > 10);
  assert.equal(ran, rollouts.filter(({ duplicate }) => !duplicate).length + 2);
});

test('a child of terms is no worse than its parent, and its terms are found again in it', async () => {
  const { problem } = await findProblem('symbolic-regression-lorentz-force');
  const evaluator = direct(problem);
  let source = problem.seeds[0]!;
  let score = -12;
  for (let i = 0; i < 6; i++) {
    const { proposal } = await story(problem, source, `terms ${i}`);
    if ('malformed' in proposal) continue;
    const { outcome } = await evaluator.evaluate(proposal.source, 'scored', 'child');
    assert.ok(
      outcome.status === 'scored' && outcome.score >= score - 0.02,
      JSON.stringify(outcome).slice(0, 200),
    );
    ({ score } = outcome);
    ({ source } = proposal);
    const program = analyse(mainFile(source).text, 'javascript', 'f');
    assert.ok(typeof program !== 'string');
    const site = program.sites.find(({ under }) => under.type === 'ReturnStatement')!;
    const terms = addends(program, site.node);
    assert.ok(terms.length >= 1 && terms.length <= 5);
    for (const { text } of terms)
      assert.doesNotMatch(text, /^-?\d+(\.\d+)?(e-?\d+)? \* /, mainFile(source).text);
  }
  assert.ok(score > 0.3, `${score}`);
});

test('what an earlier trial drew is not run again', async () => {
  const { problem } = await findProblem('symbolic-regression-lens');
  const first = await story(problem, problem.seeds[0]!, 'twice');
  const keys = first.sampled.rollouts.map(({ key }) => key);
  const again = await story(problem, problem.seeds[0]!, 'twice', new Set(keys));
  const { rollouts } = again.sampled;
  assert.ok(rollouts.slice(0, keys.length).every(({ duplicate }) => duplicate));
  assert.ok(again.ran > 10 && rollouts.some(({ duplicate }) => !duplicate));
});

for (const name of ['bin-packing-or3', 'tsp-construct-50']) {
  test(`on ${name}, where nothing can be compared, one expression takes the place of another, and most programs run`, async () => {
    const { problem } = await findProblem(name);
    const evaluator = direct(problem);
    const trials = name === 'tsp-construct-50' ? 12 : 30;
    let [made, ran] = [0, 0];
    for (let i = 0; i < trials; i++) {
      const {
        proposal,
        sampled,
        parent,
        ran: runs,
      } = await story(problem, problem.seeds[0]!, `${name} ${i}`);
      assert.equal(runs, 0);
      const { rollouts } = sampled;
      assert.ok(rollouts.length >= 1 && rollouts.every(({ reward }) => reward === undefined));
      if ('malformed' in proposal) continue;
      made++;
      assert.notDeepEqual(proposal.source, parent.source);
      const { outcome } = await evaluator.evaluate(proposal.source, 'scored', 'child');
      if (outcome.status === 'scored') ran++;
    }
    assert.ok(made > 0.8 * trials && ran > 0.5 * made, `${made} made, ${ran} ran`);
  });
}
