import type { ProgramId } from '../../core/search/program.ts';

/** Panes in the order of their numbers, from 1. */
export const panes = [
  'curve',
  'leaders',
  'islands',
  'arms',
  'funnel',
  'workers',
  'budgets',
  'events',
  'training',
] as const;

export type PaneName = (typeof panes)[number];

/** What a program is looked at by, in the order of their numbers, from 1. */
export const tabs = ['source', 'diff', 'cases', 'feedback', 'transcript'] as const;

export type Tab = (typeof tabs)[number];

/** What the curve is drawn against, in the order in which a key goes through them. */
export const axes = ['evaluations', 'dollars', 'time'] as const;

/** The state of the view: pane, selection, open program. Plain data; only `handleKey` makes the next one. */
export interface ViewState {
  /** The pane that has the keys; `summary` is a page of its own where there is little room, and the leaders elsewhere. */
  readonly focus: PaneName | 'summary';
  /** Whether that pane has the whole screen. */
  readonly zoomed: boolean;
  /** The row chosen in each pane, from 0. */
  readonly chosen: Readonly<Record<PaneName, number>>;
  readonly against: (typeof axes)[number];
  readonly scale: 'logarithmic' | 'linear';
  readonly program: ProgramState | null;
  readonly prompt: Prompt | null;
  /** A question that waits for yes or no. */
  readonly asking: 'quit' | 'stop' | null;
  readonly help: boolean;
  /** Said in the last line until the next key. */
  readonly message: string | null;
}

/** A program that is open. */
interface ProgramState {
  /** The last one is looked at; those before it are the descendants from which the user came. Not empty. */
  readonly trail: readonly ProgramId[];
  readonly tab: Tab;
  /** Lines above the first that is shown. */
  readonly scroll: number;
}

/** A line that is being typed. */
export interface Prompt {
  readonly of: 'budget' | 'note';
  readonly text: string;
  /** What was wrong with it when it was last sent. */
  readonly error: string | null;
}

export const firstView: ViewState = {
  focus: 'summary',
  zoomed: false,
  chosen: {
    curve: 0,
    leaders: 0,
    islands: 0,
    arms: 0,
    funnel: 0,
    workers: 0,
    budgets: 0,
    events: 0,
    training: 0,
  },
  against: 'evaluations',
  scale: 'logarithmic',
  program: null,
  prompt: null,
  asking: null,
  help: false,
  message: null,
};

/** The pane that has the keys; the summary's are those of the leaders. */
export function focused({ focus }: Pick<ViewState, 'focus'>): PaneName {
  return focus === 'summary' ? 'leaders' : focus;
}
