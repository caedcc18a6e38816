import { ConfigError } from '../../core/search/errors.ts';
import type { Wait } from '../../core/search/model.ts';
import type { ProgramId } from '../../core/search/program.ts';
import type { Steering } from '../../core/search/steering.ts';
import type { Facts } from '../facts/facts.ts';
import { output } from '../text/output.ts';
import { unicodeIn } from '../text/terminal.ts';
import { type Canvas, openCanvas } from './canvas.ts';
import { frame } from './frame.ts';
import { drawn, type Glyphs, typed } from './glyphs.ts';
import { keyContextOf } from './key-context.ts';
import { handleKey, type Intent, type Key } from './keys.ts';
import { type Mount, mount } from './mount.ts';
import { seated } from './panes/workers.ts';
import { openProgramCache, type ProgramCache } from './program-cache.ts';
import type { ProgramDetail } from './program-detail.ts';
import { openRateMeter } from './rate-meter.ts';
import type { FrameData, FrameInput, RunStatus, Size } from './scene.ts';
import type { Colours } from './theme.ts';
import { firstView, type ViewState } from './view.ts';

/** What a screen shows, and what it may do. */
export interface Subject {
  readonly kind: RunStatus['kind'];
  /** Kept up to date by the caller. */
  readonly facts: Facts;
  readonly known: FrameData;
  /** Run directory. */
  readonly run: string;
  state(): RunStatus['state'];
  /** Milliseconds that the search has run. */
  elapsed(): number;
  /** What its model calls are waiting for. Left out where the search is only watched. */
  waits?(): readonly Wait[];
  /** Left out where the search is only watched. */
  readonly steering?: Steering;
  /** All that is known of a program. @throws ConfigError, JournalError where it cannot be read */
  detail(id: ProgramId): Promise<ProgramDetail>;
  /** The user wants to leave. */
  quit(): void;
  /** The screen failed and is closed. */
  failed(error: Error): void;
}

/** Milliseconds between two frames that no key asks for. */
const frameEvery = 250;

/** A screen that has the terminal, from `open` to `close`. */
export class Screen {
  readonly #subject: Subject;
  readonly #canvas: Canvas;
  readonly #glyphs: Glyphs;
  readonly #programs: ProgramCache;
  readonly #pace = openRateMeter();
  #mount: Mount | undefined;
  #view: ViewState = firstView;
  #seats: readonly (number | null)[] = [];
  #size: Size;
  #timer: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;
  #paintedAt = -Infinity;

  private constructor(subject: Subject) {
    this.#subject = subject;
    this.#programs = openProgramCache(subject.detail, () => this.#paint());
    this.#size = sizeOf();
    this.#glyphs = unicodeIn(process.env) ? drawn : typed;
    this.#canvas = openCanvas(output, coloursIn());
  }

  /** Takes the terminal and paints the first frame. */
  static async open(subject: Subject): Promise<Screen> {
    const screen = new Screen(subject);
    screen.#mount = await mount((key) => screen.#press(key));
    output.stream.on('resize', screen.#resized);
    screen.#clock = setInterval(() => {
      screen.#read();
      screen.changed();
    }, 1000);
    screen.#paint();
    return screen;
  }

  /** The facts changed: they are painted soon, many changes in one frame. */
  changed(): void {
    if (this.#timer || !this.#mount) return;
    const wait = Math.max(0, this.#paintedAt + frameEvery - performance.now());
    this.#timer = setTimeout(() => this.#paint(), wait);
  }

  /** Gives the terminal back. */
  close(): void {
    clearInterval(this.#clock);
    clearTimeout(this.#timer);
    output.stream.off('resize', this.#resized);
    this.#mount?.unmount();
    this.#mount = undefined;
  }

  readonly #resized = (): void => {
    this.#size = sizeOf();
    this.#canvas.forget();
    this.#paint();
  };

  #press(key: Key): void {
    this.#safely(() => this.#answer(key));
    this.#paint();
  }

  /** An error of the screen must not stop the search. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.close();
      this.#subject.failed(error as Error);
    }
  }

  #answer(key: Key): void {
    const { view, intents } = handleKey(this.#view, key, keyContextOf(this.#scene(), this.#size));
    this.#view = view;
    for (const intent of intents) this.#carryOut(intent);
    this.#read();
  }

  /** Fetches the open program, if it is not read yet or still running. */
  #read(): void {
    const open = this.#view.program?.trail.at(-1);
    if (open !== undefined) this.#programs.fetch(open);
  }

  #carryOut(intent: Intent): void {
    const { steering } = this.#subject;
    if (intent.type === 'quit') this.#subject.quit();
    else if (intent.type === 'repaint') this.#canvas.forget();
    else if (intent.type === 'amend' || intent.type === 'note') this.#tell(intent, steering);
    else steering?.[intent.type]();
  }

  /** Steers the search; a refusal is shown in the line where it was typed. */
  #tell(intent: Extract<Intent, { text: string }>, steering: Steering | undefined): void {
    const of = intent.type === 'amend' ? 'budget' : 'note';
    try {
      if (intent.type === 'amend') steering?.amend(intent.budgets);
      else steering?.note(intent.text);
      this.#view = { ...this.#view, message: `${of === 'budget' ? 'Budget' : 'Note'}: ${intent.text}` };
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      this.#view = { ...this.#view, prompt: { of, text: intent.text, error: error.message } };
    }
  }

  #paint(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#mount) return;
    this.#safely(() => {
      this.#seats = seated(this.#seats, this.#subject.facts.pending);
      this.#pace.sample(performance.now(), this.#subject.facts.counts.evaluations);
      this.#canvas.paint(frame(this.#scene(), this.#size));
    });
    this.#paintedAt = performance.now();
  }

  #scene(): FrameInput {
    const { facts, known, kind, run } = this.#subject;
    const state = this.#subject.state();
    const standing: RunStatus = {
      kind,
      run,
      state,
      elapsed: this.#subject.elapsed(),
      waits: this.#subject.waits?.() ?? [],
      rate: state === 'running' ? this.#pace.rate() : null,
    };
    return {
      facts,
      known,
      standing,
      view: this.#view,
      details: this.#programs.details,
      seats: this.#seats,
      glyphs: this.#glyphs,
    };
  }
}

function sizeOf(): Size {
  return { columns: output.columns ?? 80, rows: output.rows ?? 24 };
}

/** As the terminal says, and NO_COLOR where that is set. */
function coloursIn(): Colours {
  if (process.env.NO_COLOR) return 0;
  const depth = output.stream.getColorDepth();
  return depth >= 8 ? 256 : depth >= 4 ? 16 : 0;
}
