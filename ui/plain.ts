import type { Event } from '../core/event.ts';
import type { Problem } from '../core/problem.ts';
import { mainFile } from '../core/program.ts';
import type { State } from '../core/state.ts';
import type { Summary } from './summary.ts';
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
  out: { readonly isTTY?: boolean; write(text: string): unknown } = process.stdout,
): PlainLog {
  const clear = out.isTTY ? '\r\u001b[K' : '';
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
      if (!out.isTTY && elapsed() - quietSince < quietSeconds * 1000) return;
      quietSince = elapsed();
      const text = progress(problem, state, elapsed());
      if (out.isTTY) out.write(`${clear}${text}`);
      else line(text);
    },
    end(summary, state) {
      for (const text of conclusion(problem, summary, state)) line(text);
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

const endings: Record<Summary['because'], string> = {
  evaluations: 'all evaluations are used',
  calls: 'no call to a model is left',
  tokens: 'the tokens left are too few for one more call',
  dollars: 'the dollars left are too few for one more call',
  minutes: 'the time is up',
  target: 'the target is reached',
  exhausted: 'nothing new to evaluate turns up',
  interrupted: 'interrupted',
};

function conclusion(problem: Problem, summary: Summary, state: State): string[] {
  const { best, baseline, run, because } = summary;
  const heldOut = problem.cases.filter((each) => each.use === 'held-out').length;
  const of = (score: number | null): string => (score === null ? 'failed' : scoreIn(problem, score));
  const rows: [label: string, text: string][] = [
    ['In the search', `${of(best.score)} by ${best.id} (seed: ${of(baseline.score)})`],
  ];
  if (heldOut > 0 && because !== 'interrupted') {
    const cases = `${heldOut} held-out case${heldOut > 1 ? 's' : ''}`;
    rows.push(['On the test', `${of(best.test)} over ${cases} (seed: ${of(baseline.test)})`]);
  }
  for (const { name, score, source } of problem.references ?? []) {
    rows.push([name, `${scoreIn(problem, score)}  ${source}`]);
  }
  if (summary.calls > 0) {
    rows.push([
      'Models',
      `${count(summary.calls)} calls, ${count(summary.tokens)} tokens, $${summary.dollars.toFixed(4)}`,
    ]);
  }
  if (run) {
    const budget =
      because === 'interrupted' ? '' : ' with a larger budget, as --evaluations N or --minutes N';
    rows.push(['The program', `${run}/best/${mainFile(state.best.source).path}`]);
    rows.push(['To go on', `atoll resume ${run}${budget}`]);
  }
  const width = Math.max(...rows.map(([label]) => label.length));
  const used = `after ${count(summary.evaluations)} evaluations in ${duration(summary.seconds * 1000)}`;
  return [
    '',
    `Ended: ${endings[because]}, ${used}.`,
    ...rows.map(([label, text]) => `${label.padEnd(width)}  ${text}`),
  ];
}
