import { mainFile } from '../../../search/program.ts';
import type { Random } from '../../../search/random.ts';
import type { Operator } from '../../../search/roles.ts';
import { applyEdits } from '../../../text/edit.ts';
import { analyse } from './analysis/analyse.ts';
import type { Analysis, Numeral } from './analysis/types.ts';
import { literal, wrap } from './expression.ts';
import { fewestRuns, fit } from './fit.ts';

const most = 40;

/** Fits the numbers of a program by running it with other values. `evaluations`: most runs it may use. */
export function tune(evaluations: number): Operator {
  return {
    name: 'tune',
    parents: 1,
    runs: { least: Math.min(fewestRuns, evaluations), most: evaluations },
    *propose(task) {
      const { text } = mainFile(task.parents[0]!.source);
      const program = analyse(text, task.problem.language, task.problem.entry);
      if (typeof program === 'string') return { malformed: program };
      const numerals = choose(program, task.random);
      if (numerals.length === 0) return { malformed: 'no constants to tune' };
      const family = {
        size: numerals.length,
        write: (point: readonly number[]) => written(program, numerals, point),
      };
      return yield* fit(
        task,
        family,
        Math.min(evaluations, task.allowance - 1),
        `tuning ${numerals.length} constants`,
      );
    },
  };
}

/** The numbers to fit: not integers that count or index; at most 40, drawn again each time. */
function choose(program: Analysis, random: Random): Numeral[] {
  const free = program.numerals.filter((each) => !each.whole && !each.idle);
  while (free.length > most) free.splice(random.int(free.length), 1);
  return free;
}

/** Each number is scaled by its own size, at least 0.1. */
function written(program: Analysis, numerals: readonly Numeral[], point: readonly number[]): string {
  const edits = numerals.map(({ site, value }, i) => {
    const moved = value + Math.max(Math.abs(value), 0.1) * point[i]!;
    return { start: site.start, end: site.end, text: wrap(literal(moved, 8), site.slot) };
  });
  return applyEdits(program.text, edits);
}
