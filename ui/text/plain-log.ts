import type { Event, Trained } from '../../core/search/event.ts';
import type { Wait } from '../../core/search/model.ts';
import type { Problem } from '../../core/search/problem.ts';
import type { Facts, LogEntry } from '../facts/facts.ts';
import { answersLine } from './answers.ts';
import { output } from './output.ts';
import { type Terminal, unicodeIn } from './terminal.ts';
import type { Page } from './text-curve.ts';
import { waitsIn } from './waits.ts';
import { count, duration, scoreIn } from './words.ts';

/** The log of a search without a full screen: a line per improvement, and a progress line. */
export interface PlainLog {
  /** The problem and the baseline. */
  open(): void;
  /** Called after the facts were updated with the event. */
  event(event: Event): void;
  /** The latest improvements of earlier sessions. */
  past(): void;
  /** Called about once a second; `now`: writes a line in any case. */
  tick(now?: boolean): void;
  /** More lines, fit for the page that they are written on. */
  say(lines: (page: Page) => readonly string[]): void;
}

/** Seconds between progress lines where a line cannot be written over. */
const quietSeconds = 10;
/** Improvements of earlier sessions that are shown. */
const latest = 10;

/** A log of one session; `facts` are those of its search, kept up by the caller; `waits` is asked for each line of progress. */
export function plainLog(
  problem: Pick<Problem, 'name' | 'show'>,
  run: string | null,
  elapsed: () => number,
  facts: Facts,
  { waits = () => [], out = output }: { waits?(): readonly Wait[]; readonly out?: Terminal } = {},
): PlainLog {
  const live = out.isTTY && process.env.TERM !== 'dumb';
  const clear = live ? '\r\u001b[K' : '';
  // Read each time, since a window changes its size.
  const columns = (): number => Math.max(30, out.columns || 80);
  const line = (text: string): unknown => out.write(`${clear}${text}\n`);
  const rise = ({ trial, score, text, milliseconds }: LogEntry): unknown =>
    line(`${count(trial!).padStart(9)}  ${scoreIn(problem, score!)}  ${text}, ${duration(milliseconds)}`);
  let quietSince = elapsed();
  return {
    open() {
      const { seed, islands } = facts.settings;
      line(`${problem.name}: random seed ${seed}, islands ${islands}${run ? `, in ${run}` : ''}`);
      line(`${'baseline'.padStart(9)}  ${scoreIn(problem, facts.baseline.score)}`);
    },
    event(event) {
      if (event.type === 'opened') this.open();
      if (event.type === 'trained' && event.model !== undefined) line(judgement(event));
      if (event.type !== 'settled' || event.verdict !== 'best') return;
      const told = facts.recent.findLast(({ kind, trial }) => kind === 'best' && trial === event.trial);
      if (told) rise(told);
    },
    past() {
      for (const told of facts.recent.filter(({ kind }) => kind === 'best').slice(-latest)) rise(told);
    },
    tick(now = false) {
      if (!now && !live && elapsed() - quietSince < quietSeconds * 1000) return;
      quietSince = elapsed();
      const text = progress(problem, facts, elapsed(), waits());
      // A line that wraps could not be written over.
      if (live) out.write(`${clear}${text.slice(0, columns() - 1)}`);
      else line(text);
    },
    say(lines) {
      const page = { columns: columns(), rows: out.rows, unicode: unicodeIn(process.env) };
      for (const text of lines(page)) line(text);
    },
  };
}

/** How far a search is, in a line. `elapsed`: in milliseconds, over all its sessions. */
function progress(
  problem: Pick<Problem, 'show'>,
  { counts, best, settings, answers }: Facts,
  elapsed: number,
  waits: readonly Wait[],
): string {
  const { evaluations, settled } = counts;
  const rate = count(evaluations / Math.max(elapsed / 1000, 1e-3));
  const share = spent(counts, settings, elapsed);
  return (
    `${share}${money(counts)}${count(evaluations)} evaluations, ${count(settled)} trials, ${rate}/s, ` +
    [`best ${scoreIn(problem, best.score)}, ${duration(elapsed)}`, waitsIn(waits), answersLine(answers)]
      .filter(Boolean)
      .join('; ')
  );
}

/** What models cost so far, as `$0.0312, 14 calls, `; empty where none was asked. */
function money({ dollars, calls }: Facts['counts']): string {
  return calls > 0 ? `$${dollars.toFixed(4)}, ${count(calls)} calls, ` : '';
}

/** The share of the nearest budget that is used, as `37%  `; empty without a budget. */
function spent(counts: Facts['counts'], settings: Facts['settings'], elapsed: number): string {
  const used = { ...counts, minutes: elapsed / 60_000 };
  const budgets = ['evaluations', 'calls', 'tokens', 'dollars', 'minutes'] as const;
  const shares = budgets.map((each) => (settings[each] ? used[each] / settings[each] : 0));
  const most = Math.max(...shares);
  return most > 0 ? `${String(Math.min(100, Math.floor(most * 100))).padStart(3)}%  ` : '';
}

/** The result of a training step outside. */
function judgement({ version, rollouts, heldOut, promoted }: Trained): string {
  const measured = heldOut
    ? `${heldOut.before.toFixed(3)} before, ${heldOut.after.toFixed(3)} now`
    : 'too few answers';
  return `${`v${version}`.padStart(9)}  trained on ${rollouts} answers; held out ${measured}: ${promoted ? 'has its arms' : 'not promoted'}`;
}
