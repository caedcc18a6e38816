import { entropic, leaveOneOut } from '../../../core/learning/advantages/entropic.ts';
import { gae } from '../../../core/learning/advantages/gae.ts';
import {
  centred,
  duplicatePenalty,
  leaveOneOutMean,
  standardised,
} from '../../../core/learning/advantages/group.ts';
import { effectOf, lineCredit, linesToTry, withLines } from '../../../core/learning/advantages/lines.ts';
import { stepAndEpisode } from '../../../core/learning/advantages/steps.ts';
import { type Branch, treeAdvantages } from '../../../core/learning/advantages/tree.ts';
import { cispo } from '../../../core/learning/objectives/cispo.ts';
import { clips } from '../../../core/learning/objectives/clipped.ts';
import { dapo } from '../../../core/learning/objectives/dapo.ts';
import { dpo, type Preference } from '../../../core/learning/objectives/dpo.ts';
import { drGrpo } from '../../../core/learning/objectives/dr-grpo.ts';
import { grpo } from '../../../core/learning/objectives/grpo.ts';
import { gspo } from '../../../core/learning/objectives/gspo.ts';
import { importance } from '../../../core/learning/objectives/importance.ts';
import { mismatch } from '../../../core/learning/objectives/mismatch.ts';
import { mix, schedule } from '../../../core/learning/objectives/mix.ts';
import type { Loss, Sequence } from '../../../core/learning/objectives/objective.ts';
import { ppo } from '../../../core/learning/objectives/ppo.ts';
import { reinforce } from '../../../core/learning/objectives/reinforce.ts';
import { sft } from '../../../core/learning/objectives/sft.ts';
import { moreRollouts } from '../../../core/learning/sampling/allocate.ts';
import { dynamic } from '../../../core/learning/sampling/dynamic.ts';
import { lookahead, lookaheadShare } from '../../../core/learning/sampling/lookahead.ts';
import { resample } from '../../../core/learning/sampling/resample.ts';
import type { Random } from '../../../core/search/random.ts';
import { floorOf, halves } from '../../../ui/export/preferences/halves.ts';
import { mutual, mutualPairs, type Pair } from '../../../ui/export/preferences/mutual.ts';
import { type Bigram, bigram, entropiesOf, logprobsOf, oddsAfter, sample } from './bigram.ts';
import {
  type Answer,
  adam,
  answer,
  length,
  lessonOf,
  mask,
  rightOf,
  scoreOf,
  size,
  type Teacher,
} from './toy-policy.ts';

const group = 16;
/** All answers alike. */
export const start = bigram(size);
/** That many answers of a policy. */
export const answersOf = (policy: Bigram, draws: Random, count = group) =>
  Array.from({ length: count }, () => answer(policy, draws));

/** Whether an answer is one of those before it in the batch. */
const again = (answers: readonly Answer[]) => {
  const seen = new Set<string>();
  return answers.map(({ tokens }) => seen.size === seen.add(tokens.join()).size);
};

/** Samples, advantages of their scores, objective. */
const plain =
  (advantages: (scores: number[]) => number[], objective: (batch: readonly Sequence[]) => Loss): Teacher =>
  (policy, draws) => {
    const answers = answersOf(policy, draws);
    return lessonOf(answers, policy, advantages(answers.map(scoreOf)), objective);
  };

const referred = (batch: readonly Sequence[]) =>
  batch.map((each) => ({ ...each, reference: each.logprobs.map(() => Math.log(1 / size)) }));

const preferring =
  (pairing: (answers: readonly Answer[]) => readonly Pair[], options: Preference): Teacher =>
  (policy, draws) => {
    const answers = answersOf(policy, draws);
    const pairs = pairing(answers);
    const reference = answers.map(({ tokens }) => logprobsOf(start, tokens));
    return {
      answers,
      loss(logprobs) {
        const side = (i: number) => ({ logprobs: logprobs[i]!, reference: reference[i]!, mask });
        const its = dpo(
          pairs.map(([w, l]) => ({ chosen: side(w), rejected: side(l) })),
          options,
        );
        const gradient = logprobs.map((row) => row.map(() => 0));
        pairs.forEach((pair, k) => {
          pair.forEach((i, which) => {
            const row = which === 0 ? its.gradient.chosen[k]! : its.gradient.rejected[k]!;
            gradient[i] = gradient[i]!.map((each, t) => each + row[t]!);
          });
        });
        return { loss: its.loss, gradient };
      },
    };
  };

const byHalves = (answers: readonly Answer[]) => {
  const scores = answers.map(scoreOf);
  // What has nothing right has failed.
  return halves(
    scores.map((score) => (score > 0 ? score : undefined)),
    floorOf(scores, 0.3),
  );
};

/** Answers as programs, their places as cases. */
const byTrust = (answers: readonly Answer[]) => {
  const { programs } = mutual(answers.map(rightOf));
  return mutualPairs(
    programs.map((trust) => ({ trust, milliseconds: 1 })),
    0.3,
    2,
  ).correctness;
};

/** A way to learn from one's own answers by each idea. */
export const teachers: Record<string, Teacher> = {
  'the entropic advantage with the lazy penalty': (policy, draws) => {
    const answers = answersOf(policy, draws);
    const rewards = duplicatePenalty(answers.map(scoreOf), again(answers));
    return lessonOf(answers, policy, entropic(rewards, { divergence: 1, cap: 0.25 }), reinforce);
  },
  'the entropic advantage of TTT-Discover': plain(
    (scores) => leaveOneOut(scores, { divergence: Math.LN2, cap: 5 }),
    importance,
  ),
  GRPO: plain(standardised, (batch) => grpo(referred(batch), { kl: 0.01 })),
  'Dr. GRPO': plain(centred, (batch) => drGrpo(batch, length)),
  RLOO: plain(leaveOneOutMean, importance),
  GSPO: plain(standardised, (batch) => gspo(batch, clips.even)),
  CISPO: plain(standardised, (batch) => cispo(batch)),
  'DAPO with dynamic sampling': (policy, draws) => {
    const story = dynamic<readonly Answer[]>(2, 4, (answers) => answers.map(scoreOf));
    let turn = story.next();
    while (!turn.done) {
      const wanted = turn.value as number;
      turn = story.next(Array.from({ length: wanted }, () => answersOf(policy, draws, 4)));
    }
    const groups = turn.value as readonly (readonly Answer[])[];
    const advantages = groups.flatMap((each) => standardised(each.map(scoreOf)));
    return lessonOf(groups.flat(), policy, advantages, dapo);
  },
  'IcePop, the sampler being off': (policy, draws) => {
    const off: Bigram = { size, logits: policy.logits.map((each) => each + 0.4 * draws.normal()) };
    const answers = answersOf(off, draws);
    const weights = answers.map(
      ({ tokens }) => mismatch(logprobsOf(policy, tokens), logprobsOf(off, tokens), mask).weights,
    );
    return lessonOf(answers, policy, standardised(answers.map(scoreOf)), (batch) =>
      grpo(referred(batch.map((each, i) => ({ ...each, weights: weights[i]! }))), { kl: 0 }),
    );
  },
  'advantages of steps and episodes': (policy, draws) => {
    const answers = answersOf(policy, draws);
    const rewards = answers.map((each) => rightOf(each).map(Number));
    return lessonOf(answers, policy, stepAndEpisode(rewards, { gamma: 0.5, weight: 1 }), dapo);
  },
  'credit of lines': (policy, draws) => {
    const answers = answersOf(policy, draws);
    const lineOf = mask.map((_, t) => Math.floor(t / 3));
    const advantages = standardised(answers.map(scoreOf));
    const credited = answers.map((each, i) => {
      const effects = [0, 1, 2].map(() => [] as ReturnType<typeof effectOf>[]);
      for (const line of linesToTry(3, 2, draws)) {
        const tokens = each.tokens.map((token, t) =>
          lineOf[t] === line && mask[t] ? draws.int(size) : token,
        );
        effects[line]!.push(effectOf(scoreOf(each), scoreOf({ tokens, mask })));
      }
      return withLines(advantages[i]!, lineCredit(effects), lineOf, 0.3);
    });
    return lessonOf(answers, policy, credited, dapo);
  },
  'tree rollouts': (policy, draws) => {
    // Three ways from the root, three from each of those, three from each of those.
    const ends = [3, 6, length];
    const texts = new Map<Branch, Answer & { own: boolean[] }>();
    const grow = (tokens: readonly number[], depth: number): Branch[] =>
      ends[depth] === undefined
        ? []
        : [0, 1, 2].map(() => {
            const after = sample(policy, ends[depth]!, draws, tokens);
            const logprob = logprobsOf(policy, after)
              .slice(tokens.length)
              .reduce((sum, each) => sum + each, 0);
            const children = grow(after, depth + 1);
            const branch: Branch =
              children.length > 0
                ? { logprob, children }
                : { logprob, children, reward: scoreOf({ tokens: after, mask: mask.map(() => true) }) };
            texts.set(branch, { tokens: after, mask, own: after.map((_, t) => t >= tokens.length) });
            return branch;
          });
    const nodes = treeAdvantages({ logprob: 0, children: grow([], 0) }, { width: true }).filter(
      ({ kept }) => kept,
    );
    const answers = nodes.map(({ branch }) => texts.get(branch)!);
    return lessonOf(
      answers,
      policy,
      nodes.map(({ advantage }) => advantage),
      dapo,
      answers.map(({ own }) => own),
    );
  },
  'resampling of the correct': (policy, draws) => {
    const all = answersOf(policy, draws, 2 * group);
    const good = all.map((each) => (scoreOf(each) > 0.25 ? 1 : -1));
    const kept = resample(
      all.map(({ tokens }, i) => ({ reward: good[i]!, penalty: 1 - new Set(tokens).size / size })),
      { keep: group },
      draws,
    );
    return lessonOf(
      kept.map((i) => all[i]!),
      policy,
      standardised(kept.map((i) => good[i]!)),
      dapo,
    );
  },
  'rollouts by difficulty': (policy, draws) => {
    // A prompt for each first token; an answer does well if it has three right.
    const groups = Array.from({ length: size }, (_, first) => {
      const tried = Array.from({ length: 8 }, () => answer(policy, draws, [first]));
      const good = (each: Answer) => (scoreOf(each) >= 3 / 7 ? 1 : 0);
      const accuracy = tried.filter(good).length / 8;
      const more = moreRollouts(accuracy, 8, 'hard', 24);
      const answers = [...tried, ...Array.from({ length: more }, () => answer(policy, draws, [first]))];
      return { answers, advantages: centred(answers.map(good)) };
    });
    const answers = groups.flatMap((each) => each.answers);
    const own = mask.map((each, t) => each && t > 0);
    return lessonOf(
      answers,
      policy,
      groups.flatMap((each) => each.advantages),
      (batch) => drGrpo(batch, length),
      answers.map(() => own),
    );
  },
  'looking ahead': (policy, draws, step) => {
    const next = (prefix: readonly number[]) => oddsAfter(policy, prefix.at(-1) ?? size);
    const width = Math.round(group * lookaheadShare(step));
    const ahead = lookahead(next, { width, length, looks: [3], absolute: 0.1 }, draws).trajectories.map(
      (tokens) => ({
        tokens,
        mask: mask.map(() => true),
      }),
    );
    const answers = [...ahead, ...answersOf(policy, draws, group - width)];
    return lessonOf(answers, policy, standardised(answers.map(scoreOf)), dapo);
  },
  'DPO by halves': preferring(byHalves, { beta: 0.4 }),
  'DPO by Jensen and Shannon': preferring(byHalves, { beta: 0.4, divergence: 'js' }),
  'DPO by the forward divergence': preferring(byHalves, { beta: 0.4, divergence: 'forward-kl' }),
  'DPO with the likelihood of the chosen': preferring(byHalves, { beta: 0.4, rpo: 0.5 }),
  'DPO by mutual scores': preferring(byTrust, { beta: 0.4 }),
  'SFT on the best, then RL': (() => {
    let best: Answer[] = [];
    return (policy, draws, step) => {
      const answers = answersOf(policy, draws);
      best = [...best, ...answers].sort((a, b) => scoreOf(b) - scoreOf(a)).slice(0, group);
      const rl = lessonOf(answers, policy, standardised(answers.map(scoreOf)), dapo);
      const elite = best;
      return {
        answers: [...elite, ...answers],
        loss(logprobs, at) {
          const imitation = sft(elite.map((each, i) => ({ logprobs: logprobs[i]!, mask: each.mask })));
          const its = mix(imitation, rl.loss(logprobs.slice(elite.length), at), schedule(step, 1, 0, 40));
          return { loss: its.loss, gradient: [...its.gradient.sft, ...its.gradient.rl] };
        },
      };
    };
  })(),
  'PPO with a critic': (() => {
    const critic = new Float64Array(length);
    const descend = adam(length, 0.02);
    return (policy, draws) => {
      const answers = answersOf(policy, draws);
      const old = answers.map(({ tokens }) => logprobsOf(policy, tokens));
      const oldValues = [...critic];
      const estimates = answers.map((each) =>
        gae(rightOf(each).map(Number), oldValues, mask, { gamma: 0.9, lambda: 0.9 }),
      );
      return {
        answers,
        loss(logprobs, at) {
          const { loss, gradient } = ppo(
            answers.map(({ tokens }, i) => ({
              logprobs: logprobs[i]!,
              old: old[i]!,
              ...estimates[i]!,
              mask,
              values: [...critic],
              oldValues,
              entropies: entropiesOf(at, tokens),
            })),
          );
          const slopes = new Float64Array(length);
          for (const row of gradient.values) for (const [t, slope] of row.entries()) slopes[t]! += slope;
          descend(critic, slopes);
          return { loss, gradient: gradient.logprobs };
        },
      };
    };
  })(),
};
