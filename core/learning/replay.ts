import { bareTask } from '../prompts/bare.ts';
import { fenced } from '../prompts/fence.ts';
import { asking } from '../prompts/operators.ts';
import type { Language } from '../search/language.ts';
import type { Message, ModelReply } from '../search/model.ts';
import type { Problem } from '../search/problem.ts';
import type { Elite, Source } from '../search/program.ts';
import { applyReply } from '../text/patch/patch.ts';
import { decode, similarity } from '../text/sketch.ts';
import type { Lineages } from './lineages.ts';
import { gainValue } from './rewards/gain.ts';
import { tierRewards } from './rewards/tiers.ts';

/** A question, the answer and its reward. */
export interface Replayed {
  readonly messages: readonly Message[];
  readonly answer: ModelReply;
  readonly reward: number;
}

/** Limits of a replay: steps of a lineage, and recorded edits that replace the model's own. */
export interface Bounds {
  readonly steps: number;
  readonly patches: number;
}

/**
 * Replays a lineage with the model as its author (semi-online, Lu 2025): each step shows the recorded parent and asks for a
 * better program. Where the answer is the recorded child, it stays in the conversation; otherwise the recorded child
 * replaces it, a limited number of times, so that the next step is again about a known program. Nothing is evaluated.
 */
export function* replay(
  line: readonly Elite[],
  { scores }: Lineages,
  problem: Pick<Problem, 'name' | 'brief' | 'language' | 'entry'>,
  language: Language,
  { steps, patches }: Bounds,
): Generator<readonly Message[], Replayed[], ModelReply> {
  const turns: Replayed[] = [];
  let history: readonly Message[] = [];
  let patched = 0;
  for (let step = 0; step + 1 < line.length && step < steps && patched <= patches; step++) {
    const [parent, child] = [line[step]!, line[step + 1]!];
    const question = questionOn(parent, problem, language);
    const messages = step === 0 ? question : [...history, question.at(-1)!];
    const answer = yield messages;
    const { reward, met } = rewardOf(answer, parent, child, scores, language);
    turns.push({ messages, answer, reward });
    if (!met) patched += 1;
    const kept = met ? answer.text : fenced(child.source, language);
    history = [...messages, { role: 'assistant', text: kept }];
  }
  return turns;
}

/** The prompt of the operator `whole` with the program and no other context. */
function questionOn(
  parent: Elite,
  problem: Pick<Problem, 'name' | 'brief' | 'language' | 'entry'>,
  language: Language,
): readonly Message[] {
  const task = {
    ...bareTask(problem, language, [parent]),
    guidance: 'Rewrite the program so that it scores higher.',
  };
  const [operator] = asking('any', ['whole']);
  const { value } = operator!.propose(task).next();
  return 'ask' in value ? value.ask : [];
}

/**
 * The reward of an answer without running it: 1 for the recorded child; for a program that was evaluated before, its gain
 * over the parent relative to the recorded step; for any other, half the fraction of the way from the parent to the recorded
 * child, by similarity of the texts. The last two are ours.
 */
function rewardOf(
  answer: ModelReply,
  parent: Elite,
  child: Elite,
  scores: ReadonlyMap<string, number>,
  language: Language,
): { reward: number; met: boolean } {
  const made = applyReply('whole', parent.source, answer.text, language, answer.ended === 'length');
  if ('malformed' in made) return { reward: tierRewards.unparsable, met: false };
  const [own, wanted, old] = [made.source, child.source, parent.source].map((each) => hashOf(each, language));
  if (own === undefined) return { reward: tierRewards.unparsable, met: false };
  if (own === wanted) return { reward: 1, met: true };
  if (own === old) return { reward: tierRewards.unchanged, met: false };
  const score = scores.get(own);
  const spread = Math.abs(child.outcome.score - parent.outcome.score);
  if (score !== undefined) return { reward: gainValue(score, parent.outcome.score, spread), met: false };
  const before = likeness(parent.source, child.source, language);
  const way = (likeness(made.source, child.source, language) - before) / Math.max(1 - before, 1e-9);
  return { reward: Math.max(0, way) / 2, met: false };
}

function hashOf(source: Source, language: Language): string | undefined {
  const form = language.canonical(source);
  return 'hash' in form ? form.hash : undefined;
}

function likeness(a: Source, b: Source, language: Language): number {
  const [one, other] = [language.sketch(a), language.sketch(b)];
  return one === undefined || other === undefined ? 0 : similarity(decode(one), decode(other));
}
