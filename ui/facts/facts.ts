import type { Arm } from '../../core/search/arm.ts';
import type { Because, Opened, Trained } from '../../core/search/event.ts';
import type { Measures } from '../../core/search/objectives.ts';
import type { TrialVerdict } from '../../core/search/outcome.ts';
import type { ProgramId } from '../../core/search/program.ts';
import type { Tally } from '../../core/search/roles.ts';
import type { Settings } from '../../core/search/settings.ts';
import type { AnswerFacts } from './answers.ts';

/**
 * What a screen or a report knows of a search: a fold of its journal alone, so that every view shows the same.
 * Plain JSON of bounded size, however long the search. Only `applyToFacts` changes it.
 */
export interface Facts {
  problem: Opened['problem'];
  /** As they are now, amendments among them. */
  settings: Settings;
  readonly counts: Counts;
  /** The best seed. */
  baseline: Entry;
  /** The best on the search cases. */
  best: Entry;
  /** The selected program; null where the problem has no validation cases and the best is returned. */
  chosen: FinalFacts | null;
  /** The program that awaits its run on the validation cases. */
  finalist: Entry | null;
  /** How the best score rose: at most 500 points, the best seed first, the latest rise last. */
  readonly curve: Point[];
  /** The best 50 programs so far, best first; of those with the same score the smallest, then the oldest. */
  readonly leaders: Entry[];
  /** By number. */
  readonly islands: readonly IslandFacts[];
  /** Programs that migrated, the last 20, newest last. */
  readonly migrations: MigrationMove[];
  /** In the order in which the search names them; those of models that were trained meanwhile come last. */
  readonly arms: ArmFacts[];
  /** Those that may be asked, in the order of the search. */
  readonly models: ModelFacts[];
  /** What became of what models answered. */
  readonly answers: AnswerFacts;
  /** Running trials, oldest first. */
  readonly pending: RunningTrial[];
  /** Calls outside trials that are not over. */
  readonly prompts: { readonly key: string; readonly model: string }[];
  /** Log entries: the last 100, newest last. */
  readonly recent: LogEntry[];
  /** Notes of the user to the models: the last 10, newest last. */
  readonly notes: string[];
  /** The last 50 trainings, newest last. */
  readonly training: Training[];
  /** Why the search ended; null while it runs, and for one that was interrupted. */
  closed: Because | null;
}

/** Sums over all sessions. */
interface Counts {
  /** Trials begun. */
  begun: number;
  settled: number;
  /** Used by seeds and settled trials. */
  evaluations: number;
  /** Made to models, failed calls and calls in flight included. */
  calls: number;
  /** Of calls that are over. */
  tokens: number;
  /** Of calls that are over. */
  dollars: number;
  /** How long the search had run when the last trial settled, pauses left out; 0 in journals that do not say. */
  milliseconds: number;
  /** Migrations. */
  rounds: number;
}

/** A program that was scored, but for its text (`core/journal/lookup.ts` finds that). */
export interface Entry {
  readonly id: ProgramId;
  /** The trial that made it; 0 for a seed. */
  readonly trial: number;
  readonly score: number;
  /** Of a problem that states objectives, their values; empty else. */
  readonly objectives: Measures;
  /** In characters, over all its files. */
  readonly size: number;
  /** Where it was born; null for a seed, which starts on all. */
  readonly island: number | null;
  /** Who made it; `seedArm` for a seed. */
  readonly arm: Arm;
  readonly parents: readonly ProgramId[];
  /** Evaluations used once it had settled. */
  readonly evaluations: number;
}

/** A program with what it is worth on the validation cases; null: it failed on one. */
export interface FinalFacts {
  readonly entry: Entry;
  readonly validation: number | null;
}

/** The best score once so much was used. */
export interface Point {
  readonly evaluations: number;
  readonly dollars: number;
  readonly milliseconds: number;
  readonly score: number;
  /** The trial that reached it; 0 for a seed. */
  readonly trial: number;
}

/** Who lives on an island. */
interface IslandFacts {
  /** Best first. */
  residents: readonly Entry[];
  /** Children admitted since the start. */
  admitted: number;
  /** Programs from other islands that were admitted. */
  arrivals: number;
}

/** A program that went from one island to another. */
export interface MigrationMove {
  readonly round: number;
  readonly from: number;
  readonly to: number;
  readonly program: ProgramId;
  readonly admitted: boolean;
}

/** How an arm has done. */
export interface ArmFacts {
  readonly arm: Arm;
  /** Settled trials. */
  pulls: number;
  /** Sum of gains, each in [0, 1]. */
  gain: number;
  evaluations: number;
  dollars: number;
  /** That models and evaluations took. */
  seconds: number;
  /** The bandit's record: the same sums, discounted, and the number of running trials. */
  discounted: Tally;
  /** Its share of the recent (discounted) pulls, in [0, 1]. */
  share: number;
  readonly funnel: Funnel;
  /** How its trials ended. */
  readonly verdicts: Record<TrialVerdict, number>;
}

/** How far the proposals of settled trials came: each count holds the next. */
export interface Funnel {
  proposed: number;
  /** Something that can be run. */
  parsed: number;
  /** Passed the screen: no duplicate of an earlier program. */
  novel: number;
  evaluated: number;
  /** Scored, and no duplicate of a program that settled in the meantime. */
  valid: number;
  /** Better than its best parent. */
  improved: number;
  /** Better than every program so far. */
  best: number;
}

/** How a model has done. */
export interface ModelFacts {
  readonly model: string;
  calls: number;
  answers: number;
  faults: number;
  tokens: number;
  dollars: number;
  /** That its answers took. */
  milliseconds: number;
}

/** A running trial. In strict order its events are recorded when its turn comes, so its stage lags behind. */
export interface RunningTrial {
  readonly trial: number;
  readonly island: number;
  readonly arm: Arm;
  readonly parents: readonly ProgramId[];
  stage: 'proposing' | 'asking' | 'screening' | 'evaluating' | 'settling';
  /** The model that it asks, or asked last; null for none. */
  model: string | null;
  /** `counts.milliseconds` when it began. */
  readonly began: number;
  /** Made to models. */
  calls: number;
  evaluations: number;
  dollars: number;
  /** That calls and evaluations took. */
  milliseconds: number;
  /** What it proposed; null before. */
  child: ProposedChild | null;
}

/** A child on its way. */
interface ProposedChild {
  readonly size: number;
  /** Whether it passed the screen. */
  readonly passed: boolean;
  /** Whether it was run on all cases. */
  readonly evaluated: boolean;
  /** Once it was evaluated; null before, and for one that failed. */
  readonly score: number | null;
  /** As those of an entry; empty before. */
  readonly objectives: Measures;
}

/** An entry of the log. `text` is one line, which may quote a model or the user. */
export interface LogEntry {
  readonly kind: 'best' | 'migrated' | 'fault' | 'amended' | 'noted' | 'trained' | 'closed';
  /** The trial it is about; null for none. */
  readonly trial: number | null;
  /** `counts` at that moment. */
  readonly evaluations: number;
  readonly milliseconds: number;
  readonly text: string;
  /** Of a new best. */
  readonly score: number | null;
}

/** A training, and the trials that had settled by then. */
type Training = Omit<Trained, 'type' | 'checkpoint'> & { readonly settled: number };
