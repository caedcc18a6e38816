import type { Policy } from '../../../learning/policy/policy.ts';
import { grow } from '../../../learning/policy/walk.ts';
import { policyOf } from '../../../learning/provided.ts';
import type { Rollout, SampledGroup } from '../../../learning/sampled.ts';
import { hash } from '../../../search/random.ts';
import type { Task } from '../../../search/roles.ts';
import { sameOutside } from '../../../text/regions.ts';
import { numeralOf } from '../operators/analysis/syntax.ts';
import type { Analysis, Site } from '../operators/analysis/types.ts';
import type { Expression } from '../operators/expression.ts';
import { fresh } from '../operators/reduce.ts';
import { slice } from '../operators/swap.ts';
import type { SiteContext } from './site.ts';
import { write } from './write.ts';

/** An expression that a policy drew, before it has a reward. */
export interface Draft extends Omit<Rollout, 'reward'> {
  readonly expression: Expression;
}

/** Most draws for each wanted proposal, duplicates included. */
const patience = 3;

/**
 * Draws until there are the wanted number of new expressions, or hardly any new ones appear. `context` is the rest of
 * the program, which the reward depends on too: equal expressions in equal contexts are duplicates. `parts`: what of
 * the old expression may be reused.
 */
export function drafts(
  task: Task,
  policy: Policy,
  program: Analysis,
  site: Site,
  { place, locals }: SiteContext,
  count: number,
  context: string,
  parts: readonly Expression[] = [slice(program, site.node)],
): Draft[] {
  const words = {
    old: () => task.random.pick(parts),
    numeral: numeralOf(site.node) ?? 0,
    fresh: fresh(program.names, ['sum', 'x', 'i']),
    local: () => ({ text: task.random.pick(locals), level: 18 }),
  };
  const { met } = policyOf(task);
  const here = new Set(parts.map(({ text }) => keyOf(context, text)));
  const result: Draft[] = [];
  for (let tries = 0, left = count; left > 0 && tries < patience * count; tries++) {
    const draw = policy.sampler(task.random);
    const expression = write(policy.grammar, grow(policy.grammar, place, draw), words);
    const key = keyOf(context, expression.text);
    const duplicate = here.has(key) || met(key);
    here.add(key);
    if (!duplicate) left--;
    result.push({
      actions: draw.actions,
      logProbability: draw.logProbability,
      key,
      expression,
      ...(duplicate ? { duplicate } : {}),
    });
  }
  return result;
}

/** The drawn expressions with their rewards; one that failed, or explained nothing new, gets the worst of the group. */
export function sampledOf(
  task: Task,
  place: SampledGroup['place'],
  drawn: readonly Draft[],
  rewards: ReadonlyMap<Draft, number | undefined>,
): SampledGroup {
  const { policy } = policyOf(task);
  const known = [...rewards.values()].filter((each) => each !== undefined);
  const worst = known.length > 0 ? Math.min(...known) : 0;
  const rollouts = drawn.map((each) => {
    const { expression: _, ...rest } = each;
    return { ...rest, reward: rewards.get(each) ?? worst };
  });
  return { policy: policy.name, version: policy.version, place, rollouts };
}

/** Why a text is no valid child of a program; undefined when it is valid. */
export function flaw(
  program: Analysis,
  text: string,
  { language, maxProgramSize }: Task,
): string | undefined {
  if (text.length > maxProgramSize) return `longer than ${maxProgramSize} characters`;
  if (!sameOutside(program.text, text, language)) return 'changes what is outside the marked regions';
  return language.syntaxError(text);
}

/** The key of an expression in its context: 63 bits, in base 36. */
function keyOf(context: string, text: string): string {
  const [a, b] = hash(`${context}\u0000${text}`);
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}
