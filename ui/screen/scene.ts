import type { Wait } from '../../core/search/model.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { ProgramId } from '../../core/search/program.ts';
import type { Facts } from '../facts/facts.ts';
import type { Glyphs } from './glyphs.ts';
import type { ProgramDetail } from './program-detail.ts';
import type { Row } from './text.ts';
import type { ViewState } from './view.ts';

/** All that a screen is painted from. */
export interface FrameInput {
  readonly facts: Facts;
  readonly known: FrameData;
  readonly standing: RunStatus;
  readonly view: ViewState;
  /** Programs that were opened, by id; a text is why one cannot be read. */
  readonly details: ReadonlyMap<ProgramId, ProgramDetail | 'reading' | { readonly error: string }>;
  /** The trial in each worker's row, in the order of the rows; null for a free one. */
  readonly seats: readonly (number | null)[];
  readonly glyphs: Glyphs;
}

/** The problem's texts and references; empty if the problem cannot be loaded. */
export type FrameData = Pick<Problem, 'show' | 'references' | 'target'>;

/** The status of the run that is not in its journal. */
export interface RunStatus {
  /** A search of this process, or one that is only watched. */
  readonly kind: 'run' | 'watch';
  readonly state: 'running' | 'paused' | 'stopping' | 'ended' | 'interrupted';
  /** Run directory. */
  readonly run: string;
  /** Milliseconds that it has run, over all sessions. */
  readonly elapsed: number;
  /** What calls to models wait for, beside their answers; left out where only the journal is known. */
  readonly waits?: readonly Wait[];
  /** Evaluations a second over the last seconds; null where nothing is known of them. */
  readonly rate: number | null;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** At most `rows` rows of at most `columns` columns: a reading of the scene, and of nothing else. */
export type Pane = (scene: FrameInput, size: Size) => Row[];
