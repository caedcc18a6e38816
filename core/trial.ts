import { canonical } from './code/canonical.ts';
import { sameOutside } from './code/regions.ts';
import { ending } from './due.ts';
import { SandboxError } from './errors.ts';
import type { Fact, Settled, TrialVerdict } from './event.ts';
import type { Outcome } from './outcome.ts';
import { mainFile, type Source, sizeOf } from './program.ts';
import { random } from './random.ts';
import type { Operator, Proposal, Reply, RunOutcome, Step } from './roles.ts';
import { gainOf } from './selection/gain.ts';
import { childOf, type Pending, type State } from './state.ts';
import type { World } from './world.ts';

/** Why a child was turned away before it was evaluated. */
export interface Rejection {
  readonly verdict: 'malformed' | 'twin';
  readonly why: string;
}

/**
 * The way of one trial from begun to evaluated: asks the world, and yields each fact as it becomes one. A trial
 * that was cut short goes on from the last fact that `pending` holds.
 * @throws SandboxError when the sandbox fails three times over; `signal.reason` when aborted.
 */
export async function* walk(
  pending: Pending,
  state: State,
  world: World,
  signal: AbortSignal,
): AsyncGenerator<Fact, Rejection | undefined> {
  const { trial } = pending;
  const proposal = pending.proposal ?? (yield* propose(pending, state, world, signal));
  if ('malformed' in proposal) return { verdict: 'malformed', why: proposal.malformed };
  const { source } = proposal;
  if (pending.canonical === undefined) {
    const screened = screen(source, pending, state, world);
    if (typeof screened !== 'string') return screened;
    yield { type: 'passed', trial, canonical: screened };
  }
  if (!pending.outcome) {
    const start = world.elapsed();
    const outcome = await evaluate(source, world, signal);
    const milliseconds = Math.round(world.elapsed() - start);
    yield { type: 'evaluated', trial, outcome, milliseconds };
  }
  return undefined;
}

/** Tells the operator's story: each step is performed, recorded, and only then acted on. */
async function* propose(
  pending: Pending,
  state: State,
  world: World,
  signal: AbortSignal,
): AsyncGenerator<Fact, Proposal> {
  const { trial, allowance } = pending;
  const story = tell(pending, state, world);
  let left = allowance - 1 - pending.evaluations;
  let turn = story.next();
  let step = 0;
  for (; !turn.done; step++) {
    let reply = pending.replies[step];
    if (!reply) {
      const granted =
        ending(state, world) === 'minutes' ? 0 : Math.max(0, Math.min(left, turn.value.run.length));
      reply = await perform(turn.value, granted, world, signal);
      left -= granted;
      yield { type: 'replied', trial, step, reply, evaluations: granted };
    }
    turn = story.next(reply);
  }
  yield { type: 'proposed', trial, ...turn.value };
  return turn.value;
}

function tell(pending: Pending, state: State, world: World): ReturnType<Operator['propose']> {
  const { seed, sizeLimit } = state.settings;
  return world.operators.get(pending.arm)!.propose({
    problem: world.problem,
    parents: pending.parents,
    allowance: pending.allowance,
    sizeLimit,
    random: random(seed, pending.trial, pending.arm),
  });
}

async function perform(step: Step, granted: number, world: World, signal: AbortSignal): Promise<Reply> {
  return Promise.all(
    step.run.map(async (source, i): Promise<RunOutcome> => {
      if (i >= granted) return { status: 'refused', feedback: 'no evaluations left' };
      const outcome = await evaluate(source, world, signal);
      if (outcome.status !== 'scored') return outcome;
      const cases = outcome.verdicts.map((verdict) => ('score' in verdict ? verdict.score : Number.NaN));
      return { status: 'scored', score: outcome.score, cases };
    }),
  );
}

/** Evaluates, and again when the sandbox and not the program was to blame. */
async function evaluate(source: Source, world: World, signal: AbortSignal): Promise<Outcome> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await world.evaluator.evaluate(source, 'scored', signal);
    } catch (error) {
      if (!(error instanceof SandboxError) || attempt === 3) throw error;
    }
  }
}

/** Turns away what need not be evaluated; otherwise the hash of the child's canonical form. */
function screen(source: Source, pending: Pending, state: State, world: World): string | Rejection {
  const parent = mainFile(pending.parents[0]!.source);
  const child = mainFile(source);
  if (sizeOf(source) > state.settings.sizeLimit) {
    return { verdict: 'malformed', why: `longer than ${state.settings.sizeLimit} characters` };
  }
  if (child.path !== parent.path || !sameOutside(parent.text, child.text)) {
    return { verdict: 'malformed', why: 'changed what stands outside the marked regions' };
  }
  const form = canonical(source, world.problem.language);
  if ('error' in form) return { verdict: 'malformed', why: form.error };
  const horizon = state.settings.order === 'strict' ? pending.horizon : Number.POSITIVE_INFINITY;
  if (world.twin(state.seen, form.hash, horizon)) {
    return { verdict: 'twin', why: `the same program as trial ${state.seen.get(form.hash)}` };
  }
  return form.hash;
}

/** The decision at a trial's end, on the state as it is at that moment. */
export function conclude(
  trial: number,
  rejection: Rejection | undefined,
  state: State,
  world: World,
): Settled {
  const pending = state.pending.get(trial)!;
  const settled = (verdict: TrialVerdict, rest: Partial<Settled> = {}): Settled => ({
    type: 'settled',
    trial,
    verdict,
    admission: { admitted: false },
    gain: 0,
    evaluations: pending.evaluations,
    ...rest,
  });
  if (rejection) return settled(rejection.verdict, { why: rejection.why });
  const twin = state.seen.get(pending.canonical!);
  if (twin !== undefined) return settled('twin', { why: `the same program as trial ${twin}` });
  const child = childOf(pending);
  if (!child) return settled('failed');
  const island = state.islands[pending.island]!;
  const admission = world.archive.admit(island, child);
  const { score } = child.outcome;
  const parent = Math.max(...pending.parents.map((each) => each.outcome.score));
  const verdict = score > state.best.outcome.score ? 'best' : score > parent ? 'improved' : 'scored';
  return settled(verdict, { admission, gain: gainOf(child, pending.parents, island, state.best) });
}
