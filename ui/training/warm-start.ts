import { openJournal } from '../../core/journal/journal.ts';
import { lock } from '../../core/journal/lock.ts';
import { readManifest } from '../../core/journal/manifest.ts';
import { readJournal } from '../../core/journal/segments.ts';
import { languageNamed } from '../../core/languages/registry.ts';
import { stepAndEpisode } from '../../core/learning/advantages/steps.ts';
import type { Sample } from '../../core/learning/batch.ts';
import { type Lineages, lineagesIn } from '../../core/learning/lineages.ts';
import { recipes } from '../../core/learning/recipes.ts';
import { recordedIn } from '../../core/learning/recorded.ts';
import { type Replayed, replay as replayLine } from '../../core/learning/replay.ts';
import type { TrainedVersion } from '../../core/learning/trainers/training.ts';
import { type CallLimits, nothingSpent, type Spending } from '../../core/search/budget.ts';
import { ConfigError } from '../../core/search/errors.ts';
import type { Event } from '../../core/search/event.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { Elite } from '../../core/search/program.ts';
import type { Settings } from '../../core/search/settings.ts';
import { openModels } from '../run/open-models.ts';
import { problemOfRun } from '../run/run-problem.ts';
import { replay } from '../run/run-state.ts';
import { type HeldTraining, partialSamplesIn } from './held-training.ts';
import { lastRound, newRound, RecordedCalls, type Round, roundName } from './warm-calls.ts';

/** Number of lineages, episodes of each, limits of an episode, and the discount and weight of its steps. */
const plan = { lines: 8, episodes: 8, bounds: { steps: 6, patches: 2 }, gamma: 0.5, weight: 1 };

/** The file beside the queue with the batch of a warm start. */
const fileOf = ({ number }: Round): string => `${roundName(number)}.json`;

/** Whether a batch is of a warm start. */
export function isWarm({ file }: { readonly file?: string }): boolean {
  return file !== undefined && /^warm-\d+\.json$/.test(file);
}

/** The limits of a warm start; empty for the rest of the run's budget. */
export type WarmBudget = Partial<CallLimits>;

/**
 * A warm start for expensive evaluations: the model replays the lineages of a run's best programs, several times each, and is
 * trained on the rewards without any evaluation. Its calls are recorded in the run's journal and count against its budget;
 * an interrupted warm start is continued. `say` takes one line for the user.
 * @throws ConfigError where a search holds the run or there is no budget; ModelError where the model does not answer.
 */
export async function warmStart(
  held: HeldTraining,
  dir: string,
  objective: Settings['training.objective'],
  budget: WarmBudget,
  say: (text: string) => void,
  signal: AbortSignal,
): Promise<TrainedVersion | undefined> {
  await using _lock = await lock(dir);
  await using journal = await openJournal(dir);
  const course = await replay(journal, dir);
  if (!course) throw new ConfigError(`Expected ${dir} to hold a search, got one without a first event`);
  const { problem } = await problemOfRun(dir, readManifest(dir).problem);
  const { round: last, events } = await lastRound(journal.read());
  const begin = (): Promise<Round> => freshRound(held, dir, (last?.number ?? 0) + 1, events, signal);
  const unfinished = last && !held.training.took(fileOf(last)) ? last : undefined;
  const replayRound = async (round: Round): Promise<{ samples: Sample[]; over: boolean }> => {
    const { limits, before } = limitsOf(budget, course.state, round);
    const weights = held.training.weightsOf(round.version);
    const spec = weights ? await held.trainer.serve(weights, signal) : round.model;
    const settings = { embeddingModel: null, noveltyModel: null, dollars: limits.dollars };
    await using open = await openModels({ models: [spec], settings, parked: partialSamplesIn(dir) });
    const calls = new RecordedCalls(round, await open.bring(spec), journal, limits, before, signal);
    await calls.recover();
    const lineages = await lineagesIn(
      first(round.events, journal.read()),
      languageNamed(problem.language),
      plan.lines,
    );
    const { groups, missing } = await replayAll(lineages, problem, roundName(round.number), calls);
    if (missing > 0) say(shortOf(calls, groups, missing));
    const samples = groups.flatMap((group) => samplesOf(group, round.version));
    return { samples, over: missing === 0 && calls.made === 0 };
  };
  let round = unfinished ?? (await begin());
  let { samples, over } = await replayRound(round);
  // The unfinished round was already complete and had no samples.
  if (unfinished && over && samples.length === 0) {
    round = await begin();
    ({ samples } = await replayRound(round));
  }
  if (samples.length === 0) return undefined;
  const { advantages: _, ...recipe } = recipes[objective];
  return held.training.learn({ objective, ...recipe, samples }, fileOf(round), signal);
}

/** A round with the newest weights that were not refused. */
async function freshRound(
  { training, trainer, model }: HeldTraining,
  dir: string,
  number: number,
  events: number,
  signal: AbortSignal,
): Promise<Round> {
  const { decisions } = await recordedIn(readJournal(dir));
  const version = training.start(decisions);
  const weights = training.weightsOf(version);
  return newRound(number, events, weights ? await trainer.serve(weights, signal) : model, version);
}

/** The limits of a round, and the spending that counts against them besides its own calls. */
function limitsOf(
  budget: WarmBudget,
  { settings, spending }: { readonly settings: Settings; readonly spending: Spending },
  round: Round,
): { readonly limits: CallLimits; readonly before: Spending } {
  const given = Object.keys(budget).length > 0;
  const { calls = null, tokens = null, dollars = null } = given ? budget : settings;
  if (calls === null && tokens === null && dollars === null)
    throw new ConfigError(
      'Expected --calls, --tokens or --dollars with --warm on a run without such a budget, got none',
    );
  const before = {
    calls: spending.calls - round.spending.calls,
    tokens: spending.tokens - round.spending.tokens,
    dollars: spending.dollars - round.spending.dollars,
  };
  return { limits: { calls, tokens, dollars }, before: given ? nothingSpent : before };
}

/** An episode of a lineage: its turns and the keys of their prompts. */
interface Episode {
  readonly keys: readonly string[];
  readonly turns: readonly Replayed[];
}

/** Replays the lines one by one, so that a short budget is spent on complete groups; `missing`: incomplete episodes. */
async function replayAll(
  lineages: Lineages,
  problem: Problem,
  name: string,
  calls: RecordedCalls,
): Promise<{ readonly groups: readonly (readonly Episode[])[]; readonly missing: number }> {
  const groups: Episode[][] = [];
  for (const [line, elites] of lineages.lines.entries()) {
    const ended = await Promise.allSettled(
      Array.from({ length: plan.episodes }, (_, i) =>
        episode(elites, lineages, problem, `${name}/${line}.${i}`, calls),
      ),
    );
    // Calls in flight are paid for, so they are recorded before a failure ends the replay.
    const failed = ended.find((each) => each.status === 'rejected');
    if (failed) throw failed.reason;
    groups.push(ended.flatMap((each) => (each.status === 'fulfilled' && each.value ? [each.value] : [])));
  }
  const all = lineages.lines.length * plan.episodes;
  return { groups, missing: all - groups.flat().length };
}

/** Undefined where the budget is too small. */
async function episode(
  line: readonly Elite[],
  lineages: Lineages,
  problem: Problem,
  name: string,
  calls: RecordedCalls,
): Promise<Episode | undefined> {
  const conversation = replayLine(line, lineages, problem, languageNamed(problem.language), plan.bounds);
  const keys: string[] = [];
  let turn = conversation.next();
  while (!turn.done) {
    const key = `${name}.${keys.length}`;
    keys.push(key);
    const answer = await calls.ask(key, turn.value);
    if (!answer) return undefined;
    turn = conversation.next(answer);
  }
  return { keys, turns: turn.value };
}

/** The samples of one lineage's episodes: advantages compare each step with the same step of the others, and whole episodes. */
function samplesOf(group: readonly Episode[], version: number): Sample[] {
  const advantages = stepAndEpisode(
    group.map(({ turns }) => turns.map(({ reward }) => reward)),
    plan,
  );
  return group.flatMap(({ keys, turns }, i) =>
    turns.flatMap(({ messages, answer, reward }, step): Sample[] => {
      const advantage = advantages[i]![step]!;
      const { text, drawn } = answer;
      if (advantage === 0) return [];
      return [{ key: keys[step]!, messages, text, ...(drawn ? { drawn } : {}), version, reward, advantage }];
    }),
  );
}

function shortOf(
  { short, made }: RecordedCalls,
  groups: readonly (readonly Episode[])[],
  missing: number,
): string {
  const done = groups.flat().length;
  return `the budget of ${short} is too small for one more call: ${done} of ${done + missing} replays are complete, ${made} calls were made`;
}

/** The first `count` events. */
async function* first(count: number, events: AsyncIterable<Event>): AsyncGenerator<Event> {
  let left = count;
  for await (const event of events) {
    if (left-- === 0) return;
    yield event;
  }
}
