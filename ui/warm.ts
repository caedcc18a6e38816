import type { Settings } from '../core/config.ts';
import { ModelError } from '../core/errors.ts';
import { readManifest } from '../core/journal/manifest.ts';
import { readJournal } from '../core/journal/segments.ts';
import { languageNamed } from '../core/languages/registry.ts';
import { stepAndEpisode } from '../core/learning/advantages/steps.ts';
import type { Sample } from '../core/learning/batch.ts';
import { type Lineages, lineagesIn } from '../core/learning/lineages.ts';
import { recipes } from '../core/learning/recipes.ts';
import { recordedIn } from '../core/learning/recorded.ts';
import { type Replayed, replay } from '../core/learning/replay.ts';
import type { Made } from '../core/learning/trainers/training.ts';
import type { Message, Model, Said } from '../core/model.ts';
import type { Problem } from '../core/problem.ts';
import type { Elite } from '../core/program.ts';
import { openModels } from './models.ts';
import { problemOfRun } from './run-problem.ts';
import type { HeldTraining } from './training.ts';

/** Lineages that are replayed, how often each, how far, and how steps are weighed. */
const plan = { lines: 8, episodes: 8, bounds: { steps: 6, patches: 2 }, gamma: 0.5, weight: 1 };

/**
 * A warm start where evaluations are dear: the model replays the lineages of the best programs of a run, several times
 * each, and is trained on how it did, before anything is run.
 * @throws ModelError where the model does not answer.
 */
export async function warmUp(
  held: HeldTraining,
  dir: string,
  objective: Settings['learning.objective'],
  signal: AbortSignal,
): Promise<Made | undefined> {
  const { problem: kept, settings } = readManifest(dir);
  const { problem } = await problemOfRun(dir, kept);
  const lineages = await lineagesIn(readJournal(dir), languageNamed(problem.language), plan.lines);
  const { judgements } = await recordedIn(readJournal(dir));
  const version = held.training.start(judgements);
  const weights = held.training.weightsOf(version);
  const spec = weights ? await held.trainer.serve(weights, signal) : held.model;
  await using open = await openModels({ models: [spec], settings: { ...settings, dollars: null } });
  const model = await open.bring(spec);
  const groups = await Promise.all(
    lineages.lines.map((line) =>
      Promise.all(
        Array.from({ length: plan.episodes }, () => episode(line, lineages, problem, model, signal)),
      ),
    ),
  );
  const samples = groups.flatMap((group, line) => samplesOf(group, line, version));
  const { advantages: _, ...recipe } = recipes[objective];
  return held.training.learn({ objective, ...recipe, samples }, signal);
}

async function episode(
  line: readonly Elite[],
  lineages: Lineages,
  problem: Problem,
  model: Model,
  signal: AbortSignal,
): Promise<readonly Replayed[]> {
  const story = replay(line, lineages, problem, plan.bounds);
  let turn = story.next();
  while (!turn.done) turn = story.next(await said(model, turn.value, signal));
  return turn.value;
}

async function said(model: Model, messages: readonly Message[], signal: AbortSignal): Promise<Said> {
  for (let attempt = 1; ; attempt++) {
    using _slot = await model.slot(signal);
    const answer = await model.ask(messages, signal);
    if ('text' in answer) return answer;
    if (attempt === 5 || answer.kind === 'wrong') throw new ModelError(answer.fault);
  }
}

/** What the episodes of one lineage are to teach: each step against the same step of the others, and as a whole. */
function samplesOf(group: readonly (readonly Replayed[])[], line: number, version: number): Sample[] {
  const advantages = stepAndEpisode(
    group.map((turns) => turns.map(({ reward }) => reward)),
    plan,
  );
  return group.flatMap((turns, i) =>
    turns.flatMap(({ messages, answer, reward }, step): Sample[] => {
      const advantage = advantages[i]![step]!;
      const { text, drawn } = answer;
      if (advantage === 0) return [];
      const key = `${line}/${i}/${step}`;
      return [{ key, messages, text, ...(drawn ? { drawn } : {}), version, reward, advantage }];
    }),
  );
}
