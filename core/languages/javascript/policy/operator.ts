import { policyOf } from '../../../learning/provided.ts';
import type { SampledGroup } from '../../../learning/sampled.ts';
import { mainFile, withMain } from '../../../search/program.ts';
import type { Operator, Proposal, Task } from '../../../search/roles.ts';
import { analyse } from '../operators/analysis/analyse.ts';
import { isResult } from '../operators/analysis/syntax.ts';
import type { Analysis, Site } from '../operators/analysis/types.ts';
import { put } from '../operators/edits.ts';
import { drafts, flaw } from './draw.ts';
import { siteContextOf } from './site.ts';
import { addTerms, fixedRuns } from './terms.ts';

/** Fewest proposals from which a group can learn. */
const fewest = 8;

/**
 * Draws expressions from a policy that is trained on their rewards. `proposals`: most that one trial runs where the
 * problem is `comparable`: there they are terms of a sum, compared side by side; elsewhere one expression replaces a
 * site and makes the child.
 */
export function learned(proposals: number, comparable: boolean): Operator {
  const least = Math.min(fewest, proposals) + fixedRuns;
  return {
    name: 'policy',
    parents: 1,
    learns: true,
    runs: comparable ? { least, most: proposals + fixedRuns } : { least: 0, most: 0 },
    *propose(task) {
      const { language, entry } = task.problem;
      const program = analyse(mainFile(task.parents[0]!.source).text, language, entry);
      if (typeof program === 'string') return { malformed: program };
      const site = pick(program, task);
      if (!site) return { malformed: 'no expression whose kind is known' };
      if (task.comparable && isResult(site)) {
        return yield* addTerms(task, program, site, task.allowance - 1 - fixedRuns);
      }
      return replaced(task, program, site);
    },
  };
}

/** Draws a numeric or boolean site in a plain role; where terms can be added, a returned number. */
function pick({ sites }: Analysis, { comparable, random }: Task): Site | undefined {
  const plain = sites.filter(
    ({ type, role }) => role === 'plain' && (type === 'number' || type === 'boolean'),
  );
  const results = plain.filter(isResult);
  const pool = results.length > 0 && (comparable || random.next() < 0.25) ? results : plain;
  return pool.length > 0 ? random.pick(pool) : undefined;
}

/** A child with a site replaced by an expression. */
function replaced(task: Task, program: Analysis, site: Site): Proposal {
  const { policy } = policyOf(task);
  const fresh = isResult(site) && task.random.next() < 0.3;
  const siteContext = siteContextOf(policy.grammar, program, site, !fresh);
  // The reward of an expression depends on the rest of the program.
  const context = program.text.slice(0, site.start) + program.text.slice(site.end);
  const drawn = drafts(task, policy, program, site, siteContext, 1, context);
  const rollouts = drawn.map(({ expression: _, ...rest }) => rest);
  const sampled: SampledGroup = {
    policy: policy.name,
    version: policy.version,
    place: siteContext.place,
    rollouts,
  };
  const last = drawn.at(-1)!;
  if (last.duplicate) return { malformed: 'drew nothing that was not drawn before', sampled };
  const text = put(program, site, last.expression);
  const wrong = flaw(program, text, task);
  if (wrong) return { malformed: wrong, sampled };
  const note = `policy ${policy.version}: ${last.expression.text.slice(0, 100)}`;
  return { source: withMain(task.parents[0]!.source, text), note, sampled };
}
