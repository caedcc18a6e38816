import { ConfigError } from '../../core/errors.ts';
import type { ProgramId } from '../../core/program.ts';
import type { Steering } from '../../core/steering.ts';
import type { Facts } from '../facts/facts.ts';
import { unicodeIn } from '../terminal.ts';
import { type Canvas, openCanvas } from './canvas.ts';
import type { Dossier } from './dossier.ts';
import { frame, programExtent } from './frame.ts';
import { drawn, type Glyphs, typed } from './glyphs.ts';
import { type Ground, type Intent, type Key, pressed } from './keys.ts';
import { type Mount, mount } from './mount.ts';
import { seated } from './panes/workers.ts';
import type { Known, Scene, Size, Standing } from './scene.ts';
import type { Colours } from './theme.ts';
import { firstView, type PaneName, type ViewState } from './view.ts';

/** What a screen shows, and what it may do. */
export interface Subject {
  readonly kind: Standing['kind'];
  /** Kept up by whoever brings the events. */
  readonly facts: Facts;
  readonly known: Known;
  /** Run directory. */
  readonly run: string;
  state(): Standing['state'];
  /** Milliseconds that the search has run. */
  elapsed(): number;
  /** Left out where the search is only looked at. */
  readonly steering?: Steering;
  /** All that is known of a program. @throws ConfigError, JournalError where it cannot be read */
  dossier(id: ProgramId): Promise<Dossier>;
  /** The person wants to leave. */
  quit(): void;
  /** There is no screen any more, and it was its own fault. */
  failed(error: Error): void;
}

/** Milliseconds between two frames that no key asks for. */
const frameEvery = 250;
/** Milliseconds over which the rate of evaluations is taken. */
const rateOver = 10_000;
/** Programs that are kept once read. */
const mostKept = 50;

/** A screen that has the terminal, from `open` to `close`. */
export class Screen {
  readonly #subject: Subject;
  readonly #canvas: Canvas;
  readonly #glyphs: Glyphs;
  readonly #dossiers = new Map<ProgramId, Dossier | 'reading' | { readonly error: string }>();
  #mount: Mount | undefined;
  #view: ViewState = firstView;
  #seats: readonly (number | null)[] = [];
  #size: Size;
  #timer: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;
  #paintedAt = -Infinity;
  /** Evaluations at moments of the last seconds, oldest first. */
  #samples: { readonly at: number; readonly evaluations: number }[] = [];

  private constructor(subject: Subject) {
    this.#subject = subject;
    this.#size = sizeOf();
    this.#glyphs = unicodeIn(process.env) ? drawn : typed;
    this.#canvas = openCanvas(process.stdout, coloursIn());
  }

  /** Takes the terminal and paints the first frame. */
  static async open(subject: Subject): Promise<Screen> {
    const screen = new Screen(subject);
    screen.#mount = await mount((key) => screen.#press(key));
    process.stdout.on('resize', screen.#resized);
    screen.#clock = setInterval(() => screen.changed(), 1000);
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
    process.stdout.off('resize', this.#resized);
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

  /** Whatever is wrong with a picture, the search behind it goes on. */
  #safely(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.close();
      this.#subject.failed(error as Error);
    }
  }

  #answer(key: Key): void {
    const { view, intents } = pressed(this.#view, key, this.#ground());
    this.#view = view;
    for (const intent of intents) this.#carryOut(intent);
    this.#read();
  }

  #carryOut(intent: Intent): void {
    const { steering } = this.#subject;
    if (intent.type === 'quit') this.#subject.quit();
    else if (intent.type === 'repaint') this.#canvas.forget();
    else if (intent.type === 'amend' || intent.type === 'note') this.#tell(intent, steering);
    else steering?.[intent.type]();
  }

  /** What the search does not take is told in the line where it was typed. */
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
      this.#sample();
      this.#canvas.paint(frame(this.#scene(), this.#size));
    });
    this.#paintedAt = performance.now();
  }

  #scene(): Scene {
    const { facts, known, kind, run } = this.#subject;
    const standing: Standing = {
      kind,
      run,
      state: this.#subject.state(),
      elapsed: this.#subject.elapsed(),
      rate: this.#rate(),
    };
    return {
      facts,
      known,
      standing,
      view: this.#view,
      dossiers: this.#dossiers,
      seats: this.#seats,
      glyphs: this.#glyphs,
    };
  }

  #sample(): void {
    const now = performance.now();
    this.#samples.push({ at: now, evaluations: this.#subject.facts.counts.evaluations });
    while (this.#samples.length > 2 && this.#samples[0]!.at < now - rateOver) this.#samples.shift();
  }

  #rate(): number | null {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)];
    if (this.#subject.state() !== 'running' || !first || !last || last.at - first.at < 1000) return null;
    return ((last.evaluations - first.evaluations) / (last.at - first.at)) * 1000;
  }

  #ground(): Ground {
    const { facts, kind } = this.#subject;
    const state = this.#subject.state();
    const { lines, page } = programExtent(this.#scene(), this.#size);
    return {
      state: kind === 'watch' ? 'watching' : state === 'interrupted' ? 'stopping' : state,
      rows: rowsOf(facts, this.#seats),
      programAt: (pane, row) => programAt(facts, this.#seats, pane, row),
      parentOf: (id) => {
        const dossier = this.#dossiers.get(id);
        return typeof dossier === 'object' && 'id' in dossier ? dossier.parents[0] : undefined;
      },
      childOf: (id) => facts.leaders.find(({ parents }) => parents[0] === id)?.id,
      lines,
      page,
    };
  }

  /** Sees to it that the open program, and its parent, are read. */
  #read(): void {
    const id = this.#view.program?.trail.at(-1);
    if (id === undefined) return;
    void this.#fetch(id).then((dossier) => {
      const [parent] = dossier?.parents ?? [];
      if (parent !== undefined) void this.#fetch(parent);
    });
  }

  async #fetch(id: ProgramId): Promise<Dossier | undefined> {
    const known = this.#dossiers.get(id);
    if (known === 'reading') return undefined;
    // What is under way is read anew each time; what is over never changes.
    if (known && 'id' in known && (known.verdict !== null || known.arm === 'seed')) return known;
    if (!known) this.#keep(id, 'reading');
    try {
      const dossier = await this.#subject.dossier(id);
      this.#keep(id, dossier);
      return dossier;
    } catch (error) {
      this.#keep(id, { error: (error as Error).message });
      return undefined;
    } finally {
      this.#paint();
    }
  }

  #keep(id: ProgramId, dossier: Dossier | 'reading' | { readonly error: string }): void {
    this.#dossiers.delete(id);
    this.#dossiers.set(id, dossier);
    if (this.#dossiers.size > mostKept) this.#dossiers.delete(this.#dossiers.keys().next().value!);
  }
}

function sizeOf(): Size {
  return { columns: process.stdout.columns, rows: process.stdout.rows };
}

/** As the terminal says, and NO_COLOR where that is set. */
function coloursIn(): Colours {
  if (process.env.NO_COLOR) return 0;
  const depth = process.stdout.getColorDepth();
  return depth >= 8 ? 256 : depth >= 4 ? 16 : 0;
}

function rowsOf(facts: Facts, seats: readonly unknown[]): Ground['rows'] {
  return {
    curve: 0,
    leaders: facts.leaders.length,
    islands: facts.islands.length,
    arms: facts.arms.length,
    funnel: facts.arms.length + facts.models.length + 1,
    workers: seats.length,
    budgets: 0,
    events: facts.recent.length,
    training: facts.training.length,
  };
}

function programAt(
  facts: Facts,
  seats: readonly (number | null)[],
  pane: PaneName,
  row: number,
): ProgramId | undefined {
  const ofTrial = (trial: number | null | undefined): ProgramId | undefined =>
    trial ? `trial-${trial}` : undefined;
  if (pane === 'leaders') return facts.leaders[row]?.id;
  if (pane === 'islands') return facts.islands[row]?.residents[0]?.id;
  if (pane === 'workers') return ofTrial(seats[row]);
  if (pane === 'events') return ofTrial(facts.recent.at(-1 - row)?.trial);
  return undefined;
}
