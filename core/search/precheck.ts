import { type Components, operatorOf } from './components.ts';
import { type Elite, type Source, sizeOf } from './program.ts';
import type { Passes, Rejection } from './roles.ts';
import type { Pending, State } from './state.ts';
import { decodeVector } from './vector.ts';

/** What a child that passes the screen is known by. */
export interface Fingerprint {
  readonly canonical: string;
  /** Left out where near-duplicates are not looked for. */
  readonly sketch?: string;
}

/**
 * Rejects what need not be evaluated: what cannot be run, what changed more than it may, and the duplicate of a
 * program met before. A child of a model is rejected as a near-duplicate too: a model can be asked for another, while a
 * built-in operator may well mean the trifle by which its child differs.
 */
export function precheck(
  source: Source,
  pending: Pending,
  state: State,
  world: Components,
): Fingerprint | Rejection {
  if (sizeOf(source) > state.settings.maxProgramSize) {
    return malformed(`longer than ${state.settings.maxProgramSize} characters`);
  }
  const kept = world.language.keepsFixed(pending.parents[0]!.source, source);
  if (kept !== true) return malformed(kept);
  const form = world.language.canonical(source);
  if ('error' in form) return malformed(form.error);
  if (state.settings.novelty === 'off') return { canonical: form.hash };
  const strict = state.settings.order === 'strict';
  const horizon = strict ? pending.settledAtStart : Number.POSITIVE_INFINITY;
  if (world.isDuplicate(state.seen, form.hash, horizon)) {
    return { verdict: 'duplicate', why: `the same program as ${nameOf(state.seen.get(form.hash)!)}` };
  }
  const rival = strict ? undefined : runningDuplicate(form.hash, pending, state);
  if (rival)
    return { verdict: 'duplicate', why: `the same program as ${nameOf(rival.trial)}, which is running` };
  const sketch = world.nearDuplicates?.sketch(source);
  if (sketch === undefined) return { canonical: form.hash };
  const near = operatorOf(world, pending.arm).model
    ? world.nearDuplicates!.find(state.sketches, sketch, horizon)
    : undefined;
  if (near !== undefined) return { verdict: 'duplicate', why: `says nearly the same as ${nameOf(near)}` };
  return { canonical: form.hash, sketch };
}

/** From which likeness on a judge is asked whether a child is new. */
const doubtful = 0.8;

/**
 * What a child that passes the screen is much like: by its embedding, or, where a judge may be asked, by its sketch.
 * The rival to be shown beside it is the most alike of the programs that live.
 */
export function similarProgram(
  { sketch }: Fingerprint,
  vector: string | undefined,
  pending: Pending,
  state: State,
  world: Components,
): Passes['doubt'] {
  const { similarityThreshold, noveltyModel, order } = state.settings;
  const horizon = order === 'strict' ? pending.settledAtStart : Number.POSITIVE_INFINITY;
  const alive = state.islands.flatMap(({ elites }) => elites.map(({ elite }) => elite));
  const alike = (elite: Elite): number =>
    sketch && elite.sketch ? world.nearDuplicates!.alike(sketch, elite.sketch) : 0;
  const rival = alive.reduce((a, b) => (alike(b) > alike(a) ? b : a), pending.parents[0]!);
  if (vector !== undefined) {
    const found = world.closest(state.vectors, decodeVector(vector), horizon);
    if (found && found.cosine >= similarityThreshold) {
      return {
        why: `much like ${nameOf(found.trial)} (cosine ${found.cosine.toFixed(4)})`,
        rival: rival.source,
      };
    }
  } else if (noveltyModel !== null && alike(rival) >= doubtful) {
    return { why: `much like ${rival.id}`, rival: rival.source };
  }
  return undefined;
}

/** Another running trial with the same child, begun sooner or farther on. */
function runningDuplicate(hash: string, { trial }: Pending, { pending }: State): Pending | undefined {
  for (const each of pending.values()) {
    if (each.trial !== trial && each.canonical === hash) return each;
  }
  return undefined;
}

function malformed(why: string): Rejection {
  return { verdict: 'malformed', why };
}

function nameOf(trial: number): string {
  return trial === 0 ? 'a seed' : `trial ${trial}`;
}
