import { type Manifest, readManifest } from '../../core/journal/manifest.ts';
import { readJournal } from '../../core/journal/segments.ts';
import { armName } from '../../core/search/arm.ts';
import { ConfigError } from '../../core/search/errors.ts';
import { finalProgram } from '../../core/search/final.ts';
import { applyEvent } from '../../core/search/fold.ts';
import { type Measures, objectivesAmong } from '../../core/search/objectives.ts';
import type { ProgramId, Source } from '../../core/search/program.ts';
import { initialState, type State } from '../../core/search/state.ts';
import { openEvaluator } from './compose.ts';
import { problemOfRun } from './run-problem.ts';
import { heldOut } from './summarize.ts';

/** One step from a seed to a program. */
interface Ancestor {
  readonly id: ProgramId;
  /** `seed`, or the arm that made it. */
  readonly arm: string;
  readonly score: number;
  readonly parents: readonly ProgramId[];
  /** What was changed, as its operator put it. */
  readonly note: string;
}

/** The best program of a run. A contract with scripts. */
export interface Best {
  readonly score: number;
  readonly test: number | null;
  /** Values of the objectives, in the search; left out of a problem with its score alone. */
  readonly objectives?: Measures;
  readonly id: ProgramId;
  readonly files: Source;
  /** First parents from the seed to the program itself. */
  readonly lineage: readonly Ancestor[];
}

/** Reads the best program of a run from its journal, also while it runs; computes its test score if that was not done. */
export async function bestOf(dir: string): Promise<Best> {
  const manifest = readManifest(dir);
  const ancestors = new Map<ProgramId, Ancestor>();
  let state: State | undefined;
  for await (const event of readJournal(dir)) {
    if (event.type === 'opened') {
      state = initialState(event);
      for (const { id, outcome } of event.seeds) {
        if (outcome.status === 'scored') {
          ancestors.set(id, { id, arm: 'seed', score: outcome.score, parents: [], note: '' });
        }
      }
      continue;
    }
    if (!state) break;
    if (event.type === 'settled') remember(ancestors, event.trial, state);
    applyEvent(state, event);
  }
  if (!state) throw new ConfigError(`Expected a run with scored seeds in ${dir}, got one that has not begun`);
  const { id, source, outcome } = finalProgram(state);
  const known = manifest.best?.id === id ? manifest.best.test : null;
  return {
    score: outcome.score,
    test: known ?? (await testNow(dir, manifest.problem, source)),
    ...(state.problem.objectives ? { objectives: objectivesAmong(state.problem, outcome.measures) } : {}),
    id,
    files: source,
    lineage: lineageOf(id, ancestors),
  };
}

function remember(ancestors: Map<ProgramId, Ancestor>, trial: number, state: State): void {
  const { proposal, outcome, arm, parents } = state.pending.get(trial)!;
  if (outcome?.status !== 'scored' || !proposal || 'malformed' in proposal) return;
  const id = `trial-${trial}`;
  const from = parents.map((parent) => parent.id);
  ancestors.set(id, { id, arm: armName(arm), score: outcome.score, parents: from, note: proposal.note });
}

function lineageOf(id: ProgramId, ancestors: ReadonlyMap<ProgramId, Ancestor>): Ancestor[] {
  const line: Ancestor[] = [];
  for (let next = ancestors.get(id); next; next = ancestors.get(next.parents[0] ?? '')) line.unshift(next);
  return line;
}

async function testNow(dir: string, kept: Manifest['problem'], source: Source): Promise<number | null> {
  const { problem } = await problemOfRun(dir, kept);
  await using evaluator = await openEvaluator(problem, 1);
  return await heldOut(problem, evaluator, 'best', source);
}
