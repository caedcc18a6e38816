import type { Exchange } from './account.ts';
import { groupsOf } from './groups.ts';
import { type Choosing, exampleOf, type Kind, type RenderedTrial, viewOf } from './kind.ts';
import type { TrialSummary } from './mark.ts';
import type { Plan } from './plan.ts';
import { publicArm, publicSpec } from './private.ts';
import { chat } from './views.ts';

/** Maximum number of answers to one prompt. */
const most = 64;

const shared = {
  takes: 'have an answer',
  compares: false,
  accepts: ({ exchange, source }) => exchange !== undefined || source !== undefined,
  plans: groups,
} satisfies Partial<Kind>;

/**
 * Prompts with their answers and rewards, for TRL's GRPOTrainer, which samples new answers and passes every other column to
 * the reward function.
 */
export const grpo: Kind = {
  name: 'grpo',
  what: 'prompts with the rewards of the answers so far: TRL GRPOTrainer',
  ...shared,
  rows(plan, rendered) {
    const { prompt, form, base } = viewOf(rendered[0]!, plan);
    const { origin } = rendered[0]!.record;
    const row = {
      prompt,
      problem: origin.problem.name,
      problem_hash: origin.hash,
      form,
      base: JSON.stringify(base),
      base_score: rendered[0]!.summary.before,
      spread: rendered.at(-1)!.record.spread,
      rollouts: rendered.map((each) => rolloutOf(each, plan)),
    };
    return [exampleOf(row, plan, rendered)];
  },
};

/** The same as rows of verl; the data of its reward function is JSON text, since verl passes one value. */
export const verl: Kind = {
  name: 'verl',
  what: 'the same as rows of verl',
  ...shared,
  rows(plan, rendered, { split, index }) {
    const { prompt, form, base, key } = viewOf(rendered[0]!, plan);
    const { origin } = rendered[0]!.record;
    const { name, language, entry } = origin.problem;
    const truth = {
      problem: name,
      hash: origin.hash,
      language,
      entry,
      form,
      base,
      base_score: rendered[0]!.summary.before,
      spread: rendered.at(-1)!.record.spread,
    };
    const rollouts = JSON.stringify(rendered.map((each) => rolloutOf(each, plan)));
    const row = {
      data_source: `atoll/${name}`,
      prompt,
      ability: 'code',
      reward_model: { style: 'rule', ground_truth: JSON.stringify(truth) },
      extra_info: { split, index, group: key, rollouts },
    };
    return [exampleOf(row, plan, rendered)];
  },
};

/** Groups with different rewards; equal rewards give no gradient (dynamic sampling, Yu 2025). */
function groups(summaries: readonly TrialSummary[], { into }: Choosing): Plan[] {
  const all = groupsOf(summaries);
  const several = into.keep(
    all,
    'alone',
    'examples',
    'a prompt with one answer',
    (group) => group.summaries.length > 1,
  );
  const apart = into.keep(
    several,
    'no difference',
    'examples',
    'a prompt whose answers all got the same reward',
    (group) => spread(group.summaries) > 0,
  );
  return apart.map(({ textKind, summaries: members }) => ({
    summaries: some(members),
    textKind,
    priority: spread(members),
  }));
}

function spread(summaries: readonly TrialSummary[]): number {
  const rewards = summaries.map(({ reward }) => reward);
  return Math.max(...rewards) - Math.min(...rewards);
}

/** A sample of a large group, evenly over its rewards, including the best and the worst. */
function some(summaries: readonly TrialSummary[]): readonly TrialSummary[] {
  if (summaries.length <= most) return summaries;
  const ranked = summaries.toSorted((a, b) => a.reward - b.reward || a.at - b.at);
  const picked = Array.from(
    { length: most },
    (_, i) => ranked[Math.round((i * (ranked.length - 1)) / (most - 1))]!,
  );
  return picked.sort((a, b) => a.at - b.at);
}

/** The trained weights that a spec names, as in `tinker:BASE#weights=NAME`; null for a base model. */
function weightsOf(spec: string): string | null {
  return /[#,]weights=([^,]+)/.exec(spec)?.[1] ?? null;
}

function rolloutOf(rendered: RenderedTrial, plan: Plan): object {
  const { summary, record } = rendered;
  const asked = summary.keys.verbatim === undefined ? undefined : record.exchange;
  const said = plan.textKind === 'verbatim' ? asked : undefined;
  return {
    id: summary.id,
    completion: viewOf(rendered, plan).completion,
    reward: summary.reward,
    rung: summary.tier,
    score: summary.score ?? null,
    policy: said ? publicSpec(said.model) : publicArm(record.arm),
    version: said ? weightsOf(said.model) : null,
    ...said?.drawn,
    ...(!said && asked?.drawn ? { own: ownWords(asked) } : {}),
  };
}

/** The verbatim answer where the group has a synthetic prompt: importance weights need the sampled tokens. */
function ownWords({ model, messages, text, drawn }: Exchange): object {
  return {
    prompt: chat(messages),
    completion: text,
    policy: publicSpec(model),
    version: weightsOf(model),
    ...drawn,
  };
}
