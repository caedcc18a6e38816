import type { Exchange } from './account.ts';
import { groupsOf } from './groups.ts';
import { type Choosing, type Kind, made, type RenderedTrial, viewOf } from './kind.ts';
import type { TrialSummary } from './mark.ts';
import type { Plan } from './plan.ts';
import { publicArm, publicSpec } from './private.ts';
import { chat } from './views.ts';

/** Most answers to one prompt. */
const most = 64;

const shared = {
  takes: 'have an answer',
  compares: false,
  accepts: ({ asked, source }) => asked !== undefined || source !== undefined,
  plans: groups,
} satisfies Partial<Kind>;

/**
 * Prompts with what was answered to them and the rewards, for TRL's GRPOTrainer: it samples anew, and hands every other
 * column to the reward function.
 */
export const grpo: Kind = {
  name: 'grpo',
  what: 'prompts with the rewards of the answers so far: TRL GRPOTrainer',
  ...shared,
  rows(plan, told) {
    const { prompt, form, base } = viewOf(told[0]!, plan);
    const { origin } = told[0]!.account;
    const row = {
      prompt,
      problem: origin.problem.name,
      problem_hash: origin.hash,
      form,
      base: JSON.stringify(base),
      base_score: told[0]!.mark.before,
      spread: told.at(-1)!.account.spread,
      rollouts: told.map((each) => rolloutOf(each, plan)),
    };
    return [made(row, plan, told)];
  },
};

/** The same in verl's shape of rows; what its reward function needs is JSON text, since it passes one value on. */
export const verl: Kind = {
  name: 'verl',
  what: 'the same as rows of verl',
  ...shared,
  rows(plan, told, { split, index }) {
    const { prompt, form, base, key } = viewOf(told[0]!, plan);
    const { origin } = told[0]!.account;
    const { name, language, entry } = origin.problem;
    const truth = {
      problem: name,
      hash: origin.hash,
      language,
      entry,
      form,
      base,
      base_score: told[0]!.mark.before,
      spread: told.at(-1)!.account.spread,
    };
    const rollouts = JSON.stringify(told.map((each) => rolloutOf(each, plan)));
    const row = {
      data_source: `atoll/${name}`,
      prompt,
      ability: 'code',
      reward_model: { style: 'rule', ground_truth: JSON.stringify(truth) },
      extra_info: { split, index, group: key, rollouts },
    };
    return [made(row, plan, told)];
  },
};

/** Groups whose rewards are not all the same, which would teach nothing (dynamic sampling, Yu 2025). */
function groups(marks: readonly TrialSummary[], { into }: Choosing): Plan[] {
  const all = groupsOf(marks);
  const several = into.keep(
    all,
    'alone',
    'examples',
    'a prompt with one answer',
    (group) => group.marks.length > 1,
  );
  const apart = into.keep(
    several,
    'no difference',
    'examples',
    'a prompt whose answers all got the same reward',
    (group) => spread(group.marks) > 0,
  );
  return apart.map(({ told, marks: members }) => ({ marks: some(members), told, worth: spread(members) }));
}

function spread(marks: readonly TrialSummary[]): number {
  const rewards = marks.map(({ reward }) => reward);
  return Math.max(...rewards) - Math.min(...rewards);
}

/** Of a large group those that stand for it: evenly over its rewards, the best and the worst among them. */
function some(marks: readonly TrialSummary[]): readonly TrialSummary[] {
  if (marks.length <= most) return marks;
  const ranked = marks.toSorted((a, b) => a.reward - b.reward || a.at - b.at);
  const picked = Array.from(
    { length: most },
    (_, i) => ranked[Math.round((i * (ranked.length - 1)) / (most - 1))]!,
  );
  return picked.sort((a, b) => a.at - b.at);
}

/** The trained weights that a spec names, as in `tinker:BASE#weights=NAME`; null for a model as it was. */
function weightsOf(spec: string): string | null {
  return /[#,]weights=([^,]+)/.exec(spec)?.[1] ?? null;
}

function rolloutOf(told: RenderedTrial, plan: Plan): object {
  const { mark, account } = told;
  const asked = mark.keys.asked === undefined ? undefined : account.asked;
  const said = plan.told === 'asked' ? asked : undefined;
  return {
    id: mark.id,
    completion: viewOf(told, plan).completion,
    reward: mark.reward,
    rung: mark.rung,
    score: mark.score ?? null,
    policy: said ? publicSpec(said.model) : publicArm(account.arm),
    version: said ? weightsOf(said.model) : null,
    ...said?.drawn,
    ...(!said && asked?.drawn ? { own: ownWords(asked) } : {}),
  };
}

/** What was drawn where the prompt of the group is not the one that was sent: importance weights need the very tokens. */
function ownWords({ model, messages, text, drawn }: Exchange): object {
  return {
    prompt: chat(messages),
    completion: text,
    policy: publicSpec(model),
    version: weightsOf(model),
    ...drawn,
  };
}
