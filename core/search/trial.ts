import { type Island, medianOf } from './archive.ts';
import { type Components, operatorOf } from './components.ts';
import type { Fact, Settled } from './event.ts';
import { isFinalist } from './final.ts';
import { gainOf } from './gain.ts';
import type { TrialVerdict } from './outcome.ts';
import { type Fingerprint, precheck } from './precheck.ts';
import type { Elite } from './program.ts';
import { beats, standingAmong } from './ranking.ts';
import type { Rejection } from './roles.ts';
import { childOf, type Pending, type State } from './state.ts';
import { evaluate, runOperator } from './steps.ts';
import type { TrialContext } from './trial-context.ts';
import type { TrialYield } from './trial-pool.ts';

/**
 * The way of one trial from begun to evaluated: asks the world, and yields each fact as it becomes one. A trial
 * that was cut short goes on from the last fact that `pending` holds.
 * @throws ModelError; SandboxError when the sandbox fails six times over; `signal.reason` when aborted.
 */
export async function* runTrial(
  pending: Pending,
  scene: TrialContext,
): AsyncGenerator<TrialYield, Rejection | undefined, Fact | undefined> {
  const { trial } = pending;
  const { world, state, signal } = scene;
  const proposal = pending.proposal ?? (yield* runOperator(pending, scene));
  if ('malformed' in proposal) return { verdict: 'malformed', why: proposal.malformed };
  const { source, duplicate } = proposal;
  if (duplicate !== undefined) return { verdict: 'duplicate', why: duplicate };
  if (pending.canonical === undefined) {
    let screened: Fingerprint | Rejection | undefined;
    // Screened and recorded in one tick, so that of two equal children in running trials one is rejected.
    const passed = yield () => {
      screened = precheck(source, pending, state, world);
      return 'verdict' in screened ? undefined : { type: 'passed', trial, ...screened };
    };
    if (!passed) return screened as Rejection;
  }
  if (!pending.outcome) {
    const start = world.elapsed();
    const { outcome, usage } = await evaluate(source, 'scored', `${trial}/child`, world, signal);
    const milliseconds = Math.round(world.elapsed() - start);
    yield { type: 'evaluated', trial, outcome, milliseconds, ...(usage ? { usage } : {}) };
  }
  return undefined;
}

/** The decision at a trial's end, on the state as it is at that moment. */
export function settleTrial(
  trial: number,
  rejection: Rejection | undefined,
  state: State,
  world: Components,
): Settled {
  const pending = state.pending.get(trial)!;
  const settled = (verdict: TrialVerdict, rest: Partial<Settled> = {}): Settled => ({
    type: 'settled',
    trial,
    verdict,
    admission: { admitted: false },
    gain: 0,
    evaluations: pending.evaluations,
    elapsed: Math.round(world.elapsed()),
    ...rest,
  });
  if (rejection) return settled(rejection.verdict, { why: rejection.why });
  const duplicate = state.settings.novelty === 'off' ? undefined : state.seen.get(pending.canonical!);
  if (duplicate !== undefined) return settled('duplicate', { why: `the same program as trial ${duplicate}` });
  const child = childOf(pending);
  const asks = operatorOf(world, pending.arm).model !== undefined;
  if (!child) return settled('failed', asks ? { retry: 'failed' } : {});
  const island = state.islands[pending.island]!;
  const admission = world.archive.admit(island, child);
  const verdict = standingAmong(child, pending.parents, state.best);
  return settled(verdict, {
    admission,
    // A child that the archive rejects as a behavioural duplicate earns no gain.
    gain: admission.admitted ? gainOf(child, pending.parents, island, state.best) : 0,
    ...(isFinalist(child, state, world.problem) ? { finalist: true } : {}),
    ...(asks && verdict === 'scored' && isNearMiss(child, island) ? { retry: 'missed' } : {}),
  });
}

/** Whether a child that is no better than its parent is still among the better half of its island. */
function isNearMiss(child: Elite, island: Island): boolean {
  return !beats(medianOf(island)!, child);
}
