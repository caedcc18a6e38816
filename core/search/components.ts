import { type Arm, armName, armOf } from './arm.ts';
import type { Language } from './language.ts';
import type { Learner } from './learner.ts';
import type { Model } from './model.ts';
import type { Problem } from './problem.ts';
import type { Source } from './program.ts';
import type {
  Archive,
  Bandit,
  Evaluator,
  Inspire,
  Migrate,
  Operator,
  SketchedProgram,
  Task,
} from './roles.ts';
import type { EmbeddedProgram } from './vector.ts';

/** Everything a search needs from outside, chosen once when it is composed. */
export interface Components {
  readonly problem: Problem;
  /** What its programs are written in. */
  readonly language: Language;
  /** Operators by the name of their arm; those of models that are trained meanwhile come in as they are made. */
  readonly operators: Map<string, Operator>;
  /** Models by spec. */
  readonly models: ReadonlyMap<string, Model>;
  readonly evaluator: Evaluator;
  /** Left out where nothing learns. */
  readonly learner?: Learner;
  /** Arguments with which a seed was called on the shown cases. */
  readonly samples: Task['samples'];
  readonly archive: Archive;
  readonly migrate: Migrate;
  readonly bandit: Bandit;
  readonly inspire: Inspire;
  /** Whether a canonical form was settled by a trial numbered `horizon` or lower. */
  isDuplicate(seen: ReadonlyMap<string, number>, canonical: string, horizon: number): boolean;
  /** Finds near-duplicates; left out where they are not rejected. */
  readonly nearDuplicates?: NearDuplicates;
  /** Finds similar programs by their embeddings. */
  readonly closest: FindClosest;
  /** Resolves after that many milliseconds. `what`: what this waits for, as the user sees it. @throws `signal.reason` when aborted. */
  sleep(milliseconds: number, signal: AbortSignal, what?: string): Promise<void>;
  /** Milliseconds that this search has run, over all its sessions; pauses left out. */
  elapsed(): number;
  /** Stops that clock until it is disposed of. */
  stopClock(): Disposable;
}

/** Operators by the name of the arm that each is. */
export function byArm(operators: readonly Operator[]): Map<string, Operator> {
  return new Map(operators.map((operator) => [armName(armOf(operator)), operator]));
}

/** The operator that an arm of the search is. */
export function operatorOf({ operators }: Pick<Components, 'operators'>, arm: Arm): Operator {
  return operators.get(armName(arm))!;
}

/** The program, of a trial numbered `horizon` or lower, whose embedding is closest, and the cosine between them. */
type FindClosest = (
  all: readonly EmbeddedProgram[],
  vector: Float32Array,
  horizon: number,
) => { readonly trial: number; readonly cosine: number } | undefined;

/** Tells programs that say nearly the same. */
export interface NearDuplicates {
  /** What a program is known by; undefined where there is no telling. */
  sketch(source: Source): string | undefined;
  /** The trial, numbered `horizon` or lower, whose program says nearly the same. */
  find(all: readonly SketchedProgram[], sketch: string, horizon: number): number | undefined;
  /** How alike two programs are, from 0 to 1. */
  alike(a: string, b: string): number;
}
