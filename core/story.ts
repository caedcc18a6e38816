import { armName } from './arm.ts';
import { affordable } from './budget.ts';
import { comparison, told } from './compare.ts';
import { converse } from './converse.ts';
import { ModelError, SandboxError } from './errors.ts';
import type { Fact } from './event.ts';
import type { News } from './lanes.ts';
import type { Outcome } from './outcome.ts';
import { briefingOf, type Use } from './problem.ts';
import type { Source } from './program.ts';
import { random } from './random.ts';
import type { Evaluation, Measured, Operator, Proposal, Purpose, Reply, Step, Unheard } from './roles.ts';
import type { Scene } from './scene.ts';
import { doubt, screen } from './screen.ts';
import type { Pending, State } from './state.ts';
import { operatorOf, type World } from './world.ts';

/**
 * Tells the operator's story: each step is performed, recorded, and only then acted on. Replies that `pending` holds
 * are told again and not asked for again.
 * @throws ModelError, SandboxError; `signal.reason` when aborted.
 */
export async function* propose(
  pending: Pending,
  scene: Scene,
): AsyncGenerator<News, Proposal, Fact | undefined> {
  const { trial } = pending;
  const story = begin(pending, scene.state, scene.world);
  let left = pending.allowance - 1 - pending.evaluations;
  let turn = story.next();
  for (let step = 0; !turn.done; step++) {
    let reply = pending.replies[step];
    if (!reply) {
      const granted = grant(turn.value, left, scene);
      left -= granted;
      reply = yield* perform(turn.value, step, granted, pending, scene);
      // A text is recorded already, as the answer to a call.
      if (!('text' in reply)) yield { type: 'replied', trial, step, reply, evaluations: granted };
    }
    // A model that is being measured may fail: that is what is found out.
    if ('unheard' in reply && pending.audits === undefined) giveUp(reply, scene.state);
    turn = story.next(reply);
  }
  yield { type: 'proposed', trial, ...turn.value };
  return turn.value;
}

function begin(
  pending: Pending,
  { settings, guidance: guidances }: State,
  world: World,
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
    attemptsShown: settings.attempts,
    lesson,
    notes,
    reflects,
    ...(guidance > 0 ? { guidance: guidances[guidance]!.text } : {}),
    suggests: settings.guidance === 'evolving',
    embeds: settings.embeddings !== null,
    judges: settings.judge !== null,
    allowance,
    sizeLimit: settings.sizeLimit,
    promptLimit: settings.promptTokens,
    turns: settings.turns,
    random: random(settings.seed, trial, armName(arm)),
    ...(provided ? { provided } : {}),
  });
}

/** How many evaluations a step may use. */
function grant(step: Step, left: number, { state, world }: Scene): number {
  const programs = 'run' in step ? step.run : 'compare' in step ? step.compare : [];
  return affordable(programs.length, left, state, world);
}

async function* perform(
  step: Step,
  number: number,
  granted: number,
  pending: Pending,
  scene: Scene,
): AsyncGenerator<News, Reply, Fact | undefined> {
  const { state, world, signal } = scene;
  if ('run' in step) {
    const work = async (source: Source, job: string) =>
      (await evaluate(source, 'scored', job, world, signal)).outcome;
    return (await each(step.run, granted, `${pending.trial}/${number}`, work, (refused) => refused)).map(
      told,
    );
  }
  if ('compare' in step) {
    const work = (source: Source, job: string) =>
      persist(() => world.evaluator.measure(source, 'scored', job, signal), world, signal);
    const name = `${pending.trial}/${number}`;
    return comparison(await each<Measured>(step.compare, granted, name, work, (outcome) => ({ outcome })));
  }
  if ('screen' in step) {
    const screened = screen(step.screen, pending, state, world);
    if ('verdict' in screened) return screened;
    const doubted = doubt(screened, step.vector, pending, state, world);
    return { passes: true, ...(doubted ? { doubt: doubted } : {}) };
  }
  const { embeddings, judge } = state.settings;
  const others: Partial<Record<Purpose, string | null>> = { embed: embeddings, judge };
  const model = others[step.purpose] ?? operatorOf(world, pending.arm).model!;
  const { purpose, ask: messages, rejected } = step;
  return yield* converse({ step: number, model, purpose, messages, rejected }, pending, scene);
}

/** Trials in a row without an answer after which nothing more is expected of a model that did answer before. */
const patience = 3;

/** @throws ModelError for a model that has fallen silent: the person must look into it, and nothing is lost. */
function giveUp({ because, model, unheard }: Unheard, state: State): void {
  if (because !== 'silent') return;
  const { answers, silence } = state.models.get(model)!;
  if (silence >= (answers > 0 ? patience : 1)) throw new ModelError(unheard);
}

/** What becomes of programs for which there is budget, each run as `name/index`; the rest are refused. */
async function each<T>(
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
  world: Pick<World, 'evaluator' | 'rest'>,
  signal: AbortSignal,
): Promise<Evaluation> {
  return persist(() => world.evaluator.evaluate(source, use, job, signal), world, signal);
}

/** Pauses before another try, in milliseconds: half a minute in all, so that a short outage does not end a search. */
const pauses = [1000, 2000, 4000, 8000, 16_000];

async function persist<T>(
  work: () => Promise<T>,
  { rest }: Pick<World, 'rest'>,
  signal: AbortSignal,
): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      await rest(pause, signal);
    }
  }
  return work();
}
