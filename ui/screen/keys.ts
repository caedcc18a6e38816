import type { Budgets } from '../../core/search/amendments.ts';
import type { ProgramId } from '../../core/search/program.ts';
import { typing } from './prompt.ts';
import { axes, focused, type PaneName, panes, type Tab, tabs, type ViewState } from './view.ts';

/** A key by name, `up` or `ctrl-c`, or what was typed: one character, or more that came in one go. */
export type Key =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'tab'
  | 'backtab'
  | 'enter'
  | 'escape'
  | 'pageup'
  | 'pagedown'
  | 'home'
  | 'end'
  | 'backspace'
  | 'ctrl-c'
  | 'ctrl-l'
  | { readonly typed: string };

/** What a key asks of the world. */
export type Intent =
  | { readonly type: 'pause' | 'go' | 'stop' | 'quit' | 'repaint' }
  | { readonly type: 'amend'; readonly budgets: Budgets; readonly text: string }
  | { readonly type: 'note'; readonly text: string };

/** What a key is read against: the facts as far as they matter to keys. */
export interface KeyContext {
  /** `ended`: nothing can be steered or lost any more; `watching`: read only. */
  readonly state: 'running' | 'paused' | 'stopping' | 'ended' | 'watching';
  /** Rows of each pane that can be chosen. */
  readonly rows: Readonly<Record<PaneName, number>>;
  /** The program in the chosen row of a pane, if there is one. */
  programAt(pane: PaneName, row: number): ProgramId | undefined;
  /** The first parent of a program, as far as is known. */
  parentOf(id: ProgramId): ProgramId | undefined;
  /** The best known child of a program. */
  childOf(id: ProgramId): ProgramId | undefined;
  /** Lines that the open program has in its tab, and how many of them are seen at a time. */
  readonly lines: number;
  readonly page: number;
}

export interface KeyResult {
  readonly view: ViewState;
  readonly intents: readonly Intent[];
}

/** The view after a key, and what the key asks of the world. */
export function handleKey(view: ViewState, key: Key, ground: KeyContext): KeyResult {
  const quiet = { ...view, message: null };
  if (key === 'ctrl-c') return { view: quiet, intents: [{ type: 'quit' }] };
  if (key === 'ctrl-l') return { view: quiet, intents: [{ type: 'repaint' }] };
  if (view.prompt) return typing(quiet, key, view.prompt);
  if (typeof key === 'object' && [...key.typed].length > 1) return each(quiet, key.typed, ground);
  const name = typeof key === 'object' ? key.typed : key;
  if (view.asking) return answer(quiet, name, view.asking);
  if (view.help) return { view: { ...quiet, help: false }, intents: [] };
  const shared = always(quiet, name, ground);
  if (shared) return shared;
  const next = view.program ? inProgram(quiet, name, ground) : inPanes(quiet, name, ground);
  return { view: next, intents: [] };
}

/** Keys that came in one go, one after the other. */
function each(view: ViewState, typed: string, ground: KeyContext): KeyResult {
  let all: KeyResult = { view, intents: [] };
  for (const character of typed) {
    const key = /[\r\n]/.test(character) ? 'enter' : { typed: character };
    const next = handleKey(all.view, key, ground);
    all = { view: next.view, intents: [...all.intents, ...next.intents] };
  }
  return all;
}

function answer(view: ViewState, name: string, asking: 'quit' | 'stop'): KeyResult {
  const closed = { ...view, asking: null };
  if (asking === 'quit' && name === 's') return { view: closed, intents: [{ type: 'stop' }] };
  const yes = name === 'y' || name === 'enter' || name === (asking === 'quit' ? 'q' : 's');
  return { view: closed, intents: yes ? [{ type: asking }] : [] };
}

/** Keys that do the same everywhere; undefined for others. */
function always(view: ViewState, name: string, { state }: KeyContext): KeyResult | undefined {
  const just = (change: Partial<ViewState>): KeyResult => ({ view: { ...view, ...change }, intents: [] });
  if (name === '?') return just({ help: true });
  if (name === 'q') {
    if (state === 'watching' || state === 'ended') return { view, intents: [{ type: 'quit' }] };
    return just({ asking: 'quit' });
  }
  if (!['p', 's', 'b', 'n'].includes(name)) return undefined;
  if (state === 'watching') {
    return just({ message: 'Read only: a search is steered in the terminal that runs it' });
  }
  if (state === 'ended') return just({ message: 'The search has ended' });
  if (state === 'stopping' && name !== 'b') return just({ message: 'The search is already stopping' });
  if (name === 'p') return { view, intents: [{ type: state === 'paused' ? 'go' : 'pause' }] };
  if (name === 's') return just({ asking: 'stop' });
  return just({ prompt: { of: name === 'b' ? 'budget' : 'note', text: '', error: null } });
}

function inPanes(view: ViewState, name: string, ground: KeyContext): ViewState {
  const pane = focused(view);
  const go = (step: number): ViewState => {
    const at = view.focus === 'summary' ? 0 : panes.indexOf(view.focus) + 1;
    const next = (at + step + panes.length + 1) % (panes.length + 1);
    return { ...view, focus: next === 0 ? 'summary' : panes[next - 1]! };
  };
  const choose = (row: number): ViewState => ({
    ...view,
    chosen: { ...view.chosen, [pane]: within(row, ground.rows[pane]) },
  });
  const row = view.chosen[pane];
  if (/^[1-9]$/.test(name)) return { ...view, focus: panes[Number(name) - 1]! };
  switch (name) {
    case '0':
      return { ...view, focus: 'summary', zoomed: false };
    case 'tab':
    case 'right':
    case 'l':
      return go(1);
    case 'backtab':
    case 'left':
    case 'h':
      return go(-1);
    case 'x':
      return { ...view, against: axes[(axes.indexOf(view.against) + 1) % axes.length]! };
    case 'y':
      return { ...view, scale: view.scale === 'linear' ? 'logarithmic' : 'linear' };
    case 'z':
      return { ...view, zoomed: !view.zoomed };
    case 'escape':
      return { ...view, zoomed: false };
    case 'enter': {
      const program = ground.programAt(pane, row);
      if (program === undefined) return { ...view, zoomed: !view.zoomed };
      return { ...view, program: { trail: [program], tab: 'source', scroll: 0 } };
    }
    default:
      return choose(moved(row, name, 10, ground.rows[pane] - 1));
  }
}

function inProgram(view: ViewState, name: string, ground: KeyContext): ViewState {
  const { trail, tab, scroll } = view.program!;
  const show = (change: Partial<NonNullable<ViewState['program']>>): ViewState => ({
    ...view,
    program: { ...view.program!, ...change },
  });
  const turn = (to: Tab): ViewState => show({ tab: to, scroll: 0 });
  if (/^[1-5]$/.test(name)) return turn(tabs[Number(name) - 1]!);
  const step = name === 'tab' ? 1 : name === 'backtab' ? tabs.length - 1 : 0;
  if (step > 0) return turn(tabs[(tabs.indexOf(tab) + step) % tabs.length]!);
  if (name === 'escape') return { ...view, program: null };
  const id = trail.at(-1)!;
  if (name === 'left' || name === 'h') {
    const parent = ground.parentOf(id);
    return parent === undefined ? view : show({ trail: [...trail, parent], scroll: 0 });
  }
  if (name === 'right' || name === 'l') {
    if (trail.length > 1) return show({ trail: trail.slice(0, -1), scroll: 0 });
    const child = ground.childOf(id);
    return child === undefined ? view : show({ trail: [child], scroll: 0 });
  }
  const last = Math.max(0, ground.lines - ground.page);
  return show({ scroll: within(moved(scroll, name, Math.max(1, ground.page - 1), last), last + 1) });
}

/** A place after a key that moves up and down. */
function moved(at: number, name: string, page: number, last: number): number {
  switch (name) {
    case 'up':
    case 'k':
      return at - 1;
    case 'down':
    case 'j':
      return at + 1;
    case 'pageup':
      return at - page;
    case 'pagedown':
    case ' ':
      return at + page;
    case 'home':
    case 'g':
      return 0;
    case 'end':
    case 'G':
      return last;
    default:
      return at;
  }
}

function within(at: number, count: number): number {
  return Math.max(0, Math.min(at, count - 1));
}
