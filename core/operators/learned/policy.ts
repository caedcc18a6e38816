import { standAt } from '../../learning/policy/site.ts';
import { mainFile, withMain } from '../../program.ts';
import type { Operator, Proposal, Reply, Step, Task } from '../../roles.ts';
import { type Outline, outline, type Site } from '../builtin/outline.ts';
import { run } from '../steps.ts';
import { type Draft, drafts, flaw, put, sampledOf } from './draw.ts';
import { addTerms, fixedRuns } from './terms.ts';

/** Fewest proposals from which a group can learn. */
const fewest = 8;

/**
 * Draws expressions from the policy, has them run, and proposes the best: what became of all of them is what the policy
 * learns from. Where residuals are given, they are terms of a sum whose weights are fitted by least squares; elsewhere each
 * takes the place of what stands at one site. `proposals`: most that one trial has run.
 */
export function learned(proposals: number): Operator {
  return {
    name: 'policy',
    parents: 1,
    learns: true,
    runs: { least: Math.min(fewest, proposals) + fixedRuns, most: proposals + fixedRuns },
    *propose(task) {
      const program = outline(
        mainFile(task.parents[0]!.source).text,
        task.problem.language,
        task.problem.entry,
      );
      if (typeof program === 'string') return { malformed: program };
      const site = pick(program, task);
      if (!site) return { malformed: 'no expression whose kind is known' };
      const returned = site.under.type === 'ReturnStatement' && site.type === 'number';
      const count = task.allowance - 1 - fixedRuns;
      if (task.comparable && returned) return yield* addTerms(task, program, site, count);
      return yield* tryAt(task, program, site, returned, count + fixedRuns);
    },
  };
}

/** A number or test in its plain place; where terms can be added, mostly what is returned. */
function pick({ sites }: Outline, { comparable, random }: Task): Site | undefined {
  const plain = sites.filter(
    ({ type, role }) => role === 'plain' && (type === 'number' || type === 'boolean'),
  );
  const returned = plain.filter(({ under, type }) => under.type === 'ReturnStatement' && type === 'number');
  const pool = returned.length > 0 && (comparable || random.next() < 0.4) ? returned : plain;
  return pool.length > 0 ? random.pick(pool) : undefined;
}

function* tryAt(
  task: Task,
  program: Outline,
  site: Site,
  returned: boolean,
  count: number,
): Generator<Step, Proposal, Reply> {
  const { policy } = task.policy!;
  const parent = task.parents[0]!;
  const anew = returned && task.random.next() < 0.3;
  const stand = standAt(policy.grammar, program, site, !anew);
  // The rest of the program decides what an expression is worth in it.
  const context = program.text.slice(0, site.start) + program.text.slice(site.end);
  const drawn = drafts(task, policy, program, site, stand, count, context);
  const news = drawn.filter(({ duplicate }) => !duplicate);
  const reply = yield* run(
    news.map(({ expression }) => withMain(parent.source, put(program, site, expression))),
  );
  const scores = reply.map((each) => (each.status === 'scored' ? each.score : undefined));
  const rewards = new Map(news.map((each, i) => [each, scores[i]] as const));
  const sampled = sampledOf(task, stand.place, drawn, rewards);
  const best = news.reduce<Draft | undefined>(
    (a, b) => ((rewards.get(b) ?? -Infinity) > (a ? rewards.get(a)! : parent.outcome.score) ? b : a),
    undefined,
  );
  if (!best) return { malformed: `none of ${news.length} expressions was better`, sampled };
  const text = put(program, site, best.expression);
  const wrong = flaw(program, text, task);
  if (wrong) return { malformed: wrong, sampled };
  const note = `policy ${policy.version}: ${best.expression.text.slice(0, 80)}, the best of ${news.length}`;
  return { source: withMain(parent.source, text), note, sampled };
}
