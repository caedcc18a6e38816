import type { Event } from '../core/event.ts';
import type { Problem } from '../core/problem.ts';
import type { State } from '../core/state.ts';
import type { Climb } from './climb.ts';
import { ending } from './ending.ts';
import type { Summary } from './summary.ts';
import { type Terminal, unicodeIn } from './terminal.ts';
import { count, duration, scoreIn } from './words.ts';

/** What a person without a full screen sees: a line per improvement, and one that says how far it is. */
export interface PlainLog {
  event(event: Event, state: State): void;
  /** Called about once a second. */
  tick(state: State): void;
  end(summary: Summary, state: State): void;
}

/** Seconds between progress lines where a line cannot be written over. */
const quietSeconds = 10;

export function plainLog(
  problem: Problem,
  run: string | null,
  elapsed: () => number,
  climb: Climb,
  out: Terminal = process.stdout,
): PlainLog {
  const live = out.isTTY && process.env.TERM !== 'dumb';
  const clear = live ? '\r\u001b[K' : '';
  // Asked anew each time, as a window changes its size.
  const columns = (): number => Math.max(30, out.columns || 80);
  const line = (text: string): unknown => out.write(`${clear}${text}\n`);
  let quietSince = elapsed();
  return {
    event(event, state) {
      if (event.type === 'opened') {
        line(
          `${problem.name}: seed ${state.settings.seed}, islands ${state.settings.islands}${run ? `, in ${run}` : ''}`,
        );
        line(`${'seed'.padStart(9)}  ${scoreIn(problem, state.baseline.outcome.score)}`);
      } else if (event.type === 'settled' && event.verdict === 'best') {
        const { best } = state;
        const score = scoreIn(problem, best.outcome.score);
        line(
          `${count(event.trial).padStart(9)}  ${score}  ${best.arm} of ${best.parents.join(' and ')}, ${duration(elapsed())}`,
        );
      }
    },
    tick(state) {
      if (!live && elapsed() - quietSince < quietSeconds * 1000) return;
      quietSince = elapsed();
      const text = progress(problem, state, elapsed());
      // A line that wraps could not be written over.
      if (live) out.write(`${clear}${text.slice(0, columns() - 1)}`);
      else line(text);
    },
    end(summary, state) {
      const page = { columns: columns(), rows: out.rows, unicode: unicodeIn(process.env) };
      for (const text of ending(problem, summary, state, climb.heights, page)) line(text);
    },
  };
}

function progress(problem: Problem, state: State, elapsed: number): string {
  const { evaluations, settled, best } = state;
  const rate = count(evaluations / Math.max(elapsed / 1000, 1e-3));
  const share = spent(state, elapsed);
  return (
    `${share}${money(state.purse)}${count(evaluations)} evaluations, ${count(settled)} trials, ${rate}/s, ` +
    `best ${scoreIn(problem, best.outcome.score)}, ${duration(elapsed)}`
  );
}

/** What models cost so far, as `$0.0312, 14 calls, `; empty where none was asked. */
function money({ dollars, calls }: State['purse']): string {
  return calls > 0 ? `$${dollars.toFixed(4)}, ${count(calls)} calls, ` : '';
}

/** The share of the nearest budget that is used, as `37%  `; empty without a budget. */
function spent({ settings, evaluations, purse }: State, elapsed: number): string {
  const used = { ...purse, evaluations, minutes: elapsed / 60_000 };
  const budgets = ['evaluations', 'calls', 'tokens', 'dollars', 'minutes'] as const;
  const shares = budgets.map((each) => (settings[each] ? used[each] / settings[each] : 0));
  const most = Math.max(...shares);
  return most > 0 ? `${String(Math.min(100, Math.floor(most * 100))).padStart(3)}%  ` : '';
}
