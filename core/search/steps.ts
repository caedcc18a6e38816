import { armName } from './arm.ts';
import { affordable } from './budget.ts';
import { callModel } from './call-model.ts';
import { comparison, summarize } from './comparison.ts';
import { type Components, operatorOf } from './components.ts';
import { ModelError, SandboxError } from './errors.ts';
import type { Fact } from './event.ts';
import type { Outcome } from './outcome.ts';
import { precheck, similarProgram } from './precheck.ts';
import { briefingOf, type Use } from './problem.ts';
import type { Source } from './program.ts';
import { random } from './random.ts';
import type { Evaluation, Measured, NoReply, Operator, Proposal, Purpose, Reply, Step } from './roles.ts';
import type { Pending, State } from './state.ts';
import type { TrialContext } from './trial-context.ts';
import type { TrialYield } from './trial-pool.ts';

/**
 * Tells the operator's story: each step is performed, recorded, and only then acted on. Replies that `pending` holds
 * are replayed and not asked for again.
 * @throws ModelError, SandboxError; `signal.reason` when aborted.
 */
export async function* runOperator(
  pending: Pending,
  scene: TrialContext,
): AsyncGenerator<TrialYield, Proposal, Fact | undefined> {
  const { trial } = pending;
  const story = startOperator(pending, scene.state, scene.world);
  let left = pending.allowance - 1 - pending.evaluations;
  let turn = story.next();
  for (let step = 0; !turn.done; step++) {
    let reply = pending.replies[step];
    if (!reply) {
      const granted = affordablePrograms(turn.value, left, scene);
      left -= granted;
      reply = yield* perform(turn.value, step, granted, pending, scene);
      // A text is recorded already, as the answer to a call.
      if (!('text' in reply)) yield { type: 'replied', trial, step, reply, evaluations: granted };
    }
    // A model that is being measured may fail: that is what is found out.
    if ('unheard' in reply && pending.audits === undefined) throwIfSilent(reply, scene.state);
    turn = story.next(reply);
  }
  yield { type: 'proposed', trial, ...turn.value };
  return turn.value;
}

function startOperator(
  pending: Pending,
  { settings, guidance: guidances }: State,
  world: Components,
): ReturnType<Operator['propose']> {
  const {
    trial,
    arm,
    parents,
    inspirations,
    attempt,
    attempts,
    lesson,
    notes,
    reflects,
    guidance,
    allowance,
  } = pending;
  const operator = operatorOf(world, arm);
  const learns = operator.learns || pending.audits !== undefined;
  const provided = learns ? world.learner?.provide(trial) : undefined;
  return operator.propose({
    problem: briefingOf(world.problem),
    language: world.language,
    comparable: world.problem.residuals !== undefined,
    samples: world.samples,
    parents,
    inspirations,
    ...(attempt ? { attempt } : {}),
    attempts,
    historySize: settings.historySize,
    lesson,
    notes,
    drawsLesson: reflects,
    ...(guidance > 0 ? { guidance: guidances[guidance]!.text } : {}),
    suggests: settings.promptVariants === 'evolving',
    embeds: settings.embeddingModel !== null,
    asksNoveltyModel: settings.noveltyModel !== null,
    allowance,
    maxProgramSize: settings.maxProgramSize,
    maxPromptTokens: settings.maxPromptTokens,
    maxTurns: settings.maxTurns,
    random: random(settings.seed, trial, armName(arm)),
    ...(provided ? { provided } : {}),
  });
}

/** How many evaluations a step may use. */
function affordablePrograms(step: Step, left: number, { state, world }: TrialContext): number {
  const programs = 'run' in step ? step.run : 'compare' in step ? step.compare : [];
  return affordable(programs.length, left, state, world);
}

async function* perform(
  step: Step,
  number: number,
  granted: number,
  pending: Pending,
  scene: TrialContext,
): AsyncGenerator<TrialYield, Reply, Fact | undefined> {
  const { state, world, signal } = scene;
  if ('run' in step) {
    const work = async (source: Source, job: string) =>
      (await evaluate(source, 'scored', job, world, signal)).outcome;
    return (
      await forEachAffordable(step.run, granted, `${pending.trial}/${number}`, work, (refused) => refused)
    ).map(summarize);
  }
  if ('compare' in step) {
    const work = (source: Source, job: string) =>
      withRetries(() => world.evaluator.measure(source, 'scored', job, signal), world, signal);
    const name = `${pending.trial}/${number}`;
    return comparison(
      await forEachAffordable<Measured>(step.compare, granted, name, work, (outcome) => ({ outcome })),
    );
  }
  if ('screen' in step) {
    const screened = precheck(step.screen, pending, state, world);
    if ('verdict' in screened) return screened;
    const doubted = similarProgram(screened, step.vector, pending, state, world);
    return { passes: true, ...(doubted ? { doubt: doubted } : {}) };
  }
  const { embeddingModel, noveltyModel } = state.settings;
  const others: Partial<Record<Purpose, string | null>> = { embed: embeddingModel, judge: noveltyModel };
  const model = others[step.purpose] ?? operatorOf(world, pending.arm).model!;
  const { purpose, ask: messages, rejected } = step;
  return yield* callModel({ step: number, model, purpose, messages, rejected }, pending, scene);
}

/** Trials in a row without an answer after which nothing more is expected of a model that did answer before. */
const silentTrials = 3;

/** @throws ModelError for a model that no longer answers: the user must look into it, and nothing is lost. */
function throwIfSilent({ because, model, unheard }: NoReply, state: State): void {
  if (because !== 'silent') return;
  const { answers, silence } = state.models.get(model)!;
  if (silence >= (answers > 0 ? silentTrials : 1)) throw new ModelError(unheard);
}

/** What becomes of programs for which there is budget, each run as `name/index`; the rest are refused. */
async function forEachAffordable<T>(
  sources: readonly Source[],
  granted: number,
  name: string,
  work: (source: Source, job: string) => Promise<T>,
  refuse: (outcome: Outcome) => T,
): Promise<readonly T[]> {
  return Promise.all(
    sources.map((source, i) =>
      i < granted
        ? work(source, `${name}/${i}`)
        : refuse({ status: 'refused', feedback: 'no evaluations left' }),
    ),
  );
}

/** Evaluates, and again after a pause when the sandbox and not the program was to blame. @throws SandboxError */
export function evaluate(
  source: Source,
  use: Use,
  job: string,
  world: Pick<Components, 'evaluator' | 'sleep'>,
  signal: AbortSignal,
): Promise<Evaluation> {
  return withRetries(() => world.evaluator.evaluate(source, use, job, signal), world, signal);
}

/** Pauses before another try, in milliseconds: half a minute in all, so that a short outage does not end a search. */
const pauses = [1000, 2000, 4000, 8000, 16_000];

async function withRetries<T>(
  work: () => Promise<T>,
  { sleep }: Pick<Components, 'sleep'>,
  signal: AbortSignal,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      await sleep(pause, signal);
    }
  }
  return work();
}
